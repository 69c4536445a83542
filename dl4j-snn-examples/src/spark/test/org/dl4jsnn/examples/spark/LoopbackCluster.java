package org.dl4jsnn.examples.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A standalone Spark cluster of processes on this machine, started from the tests' class path. */
final class LoopbackCluster implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path home;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  /**
   * Starts a master and workers of one core each.
   *
   * @param home a folder for their files
   */
  LoopbackCluster(Path home, int workers) throws IOException, InterruptedException {
    this.home = home;
    // Spark looks for its jars here, but they are on the class path.
    Files.createDirectories(home.resolve("jars"));
    port = freePort();
    try {
      String[] address = {"--host", HOST, "--webui-port", "0"};
      start(
          "master",
          "org.apache.spark.deploy.master.Master",
          address,
          "--port",
          String.valueOf(port));
      awaitMaster();
      for (int i = 0; i < workers; i++) {
        String work = home.resolve("worker" + i).toString();
        start(
            "worker" + i,
            "org.apache.spark.deploy.worker.Worker",
            address,
            "--cores",
            "1",
            "--memory",
            "2g",
            "--work-dir",
            work,
            master());
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The address for a driver. */
  String master() {
    return "spark://" + HOST + ":" + port;
  }

  /** Kills a worker and the processes it started. */
  void killWorker(int number) {
    kill(processes.get(1 + number));
  }

  @Override
  public void close() {
    processes.forEach(LoopbackCluster::kill);
  }

  private static void kill(Process process) {
    // The executors, which would run a little longer.
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  private void start(String name, String main, String[] address, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SparkContexts.access());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(address));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    builder.environment().put("SPARK_LOCAL_IP", HOST);
    // The settings of executors besides the jars.
    builder.environment().put("SPARK_DIST_CLASSPATH", System.getProperty("java.class.path"));
    processes.add(
        builder
            .redirectErrorStream(true)
            .redirectOutput(home.resolve(name + ".log").toFile())
            .start());
  }

  private void awaitMaster() throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(HOST, port));
        return;
      } catch (IOException e) {
        if (Instant.now().isAfter(end) || !processes.get(0).isAlive()) {
          throw new IllegalStateException("The master must listen at " + master(), e);
        }
        Thread.sleep(100);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    }
  }
}
