package org.dl4jsnn.examples.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A kernel that runs in a separate process. */
final class Kernel implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Kernel.class);
  private static final int ATTEMPTS = 3;
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(2);
  private static final Duration LAST_ANSWER = Duration.ofSeconds(20);
  private static final Duration CELL = Duration.ofMinutes(5);
  private static final Duration MOMENT = Duration.ofMillis(500);

  private final Process process;
  private final Wire wire;

  /** What a cell did: its number of execution and its outputs. */
  record Executed(int count, ArrayNode outputs) {}

  /** The kernel has ended before it listened. */
  private static final class EndedException extends IOException {

    private static final long serialVersionUID = 1L;

    EndedException(int exit) {
      super("The kernel has ended with code " + exit);
    }

    /** Whether its log, which is added later, says so. */
    boolean hasLostItsPort() {
      return Arrays.stream(getSuppressed())
          .anyMatch(log -> log.getMessage().contains("Address already in use"));
    }
  }

  private Kernel(Process process, Wire wire) {
    this.process = process;
    this.wire = wire;
  }

  /**
   * Starts a kernel. Tries again with other ports, since another program may take one of them
   * before the kernel does.
   *
   * @param options further ones of its Java
   * @param folder where its notebooks are
   * @param scratch for its connection file and its log
   * @throws IOException if it does not answer
   */
  static Kernel start(
      NotebooksExample.JupyterKernelSpec specification,
      List<String> options,
      Path folder,
      Path scratch)
      throws IOException, InterruptedException {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        return startOnce(specification, options, folder, scratch);
      } catch (EndedException e) {
        if (!e.hasLostItsPort()) {
          throw e;
        }
        LOG.warn("Starting the kernel again", e);
      }
    }
    return startOnce(specification, options, folder, scratch);
  }

  private static Kernel startOnce(
      NotebooksExample.JupyterKernelSpec specification,
      List<String> options,
      Path folder,
      Path scratch)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile(scratch, "connection", ".json");
    Wire.Connection connection = Wire.Connection.free();
    connection.writeTo(file);
    Path log = Files.createTempFile(scratch, "kernel", ".log");
    List<String> command = new ArrayList<>(specification.command(file.toString()));
    command.addAll(1, options);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(specification.environment());
    Process process = builder.start();
    try {
      return ready(process, connection);
    } catch (IOException | InterruptedException e) {
      process.destroyForcibly();
      e.addSuppressed(new IOException("The kernel's log:\n" + Files.readString(log)));
      throw e;
    }
  }

  private static Kernel ready(Process process, Wire.Connection connection)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (!connection.isOpen()) {
      if (!process.isAlive()) {
        throw new EndedException(process.exitValue());
      }
      if (System.nanoTime() > end) {
        throw new IOException("The kernel does not listen after " + START);
      }
      Thread.sleep(POLL.toMillis());
    }
    Kernel kernel = new Kernel(process, new Wire(connection));
    try {
      kernel.awaitReady(end);
      return kernel;
    } catch (IOException e) {
      kernel.wire.close();
      throw e;
    }
  }

  /** Asks until there is an answer, as Jupyter does, then for a heartbeat. */
  private void awaitReady(long end) throws IOException {
    String request;
    do {
      if (System.nanoTime() > end) {
        throw new IOException("The kernel does not answer after " + START);
      }
      request = wire.request("kernel_info_request", Notebook.JSON.createObjectNode());
    } while (wire.answer(request, FIRST_ANSWER) == null || !awaitIdle(request));
    while (!wire.beats(FIRST_ANSWER)) {
      if (System.nanoTime() > end) {
        throw new IOException("The kernel has no heartbeat after " + START);
      }
    }
  }

  private boolean awaitIdle(String request) throws IOException {
    Wire.Message message = wire.published(FIRST_ANSWER);
    while (message != null && !(message.isIdle() && message.parent().equals(request))) {
      message = wire.published(FIRST_ANSWER);
    }
    return message != null;
  }

  /** Runs a cell to its end. */
  Executed execute(String code) throws IOException {
    ObjectNode content = Notebook.JSON.createObjectNode();
    content.put("code", code).put("silent", false).put("store_history", true);
    content.putObject("user_expressions");
    content.put("allow_stdin", false).put("stop_on_error", true);
    String request = wire.request("execute_request", content);
    CellOutputs outputs = new CellOutputs();
    long end = System.nanoTime() + CELL.toNanos();
    boolean idle = false;
    while (!idle) {
      Wire.Message message = wire.published(MOMENT);
      if (message == null && (!process.isAlive() || System.nanoTime() > end)) {
        throw new IOException(
            process.isAlive() ? "the cell runs for more than " + CELL : "the kernel has ended");
      }
      if (message != null && message.parent().equals(request)) {
        outputs.add(message);
        idle = message.isIdle();
      }
    }
    Wire.Message answer = wire.answer(request, LAST_ANSWER);
    if (answer == null) {
      throw new IOException("the cell has ended, but the kernel does not say how");
    }
    return new Executed(answer.content().at("/execution_count").asInt(), outputs.finished());
  }

  @Override
  public void close() {
    try {
      wire.shutDown();
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } finally {
      wire.close();
    }
  }
}
