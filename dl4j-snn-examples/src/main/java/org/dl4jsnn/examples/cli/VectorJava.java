package org.dl4jsnn.examples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dl4jsnn.examples.support.Progress;
import org.dl4jsnn.examples.support.UserError;

/** Runs a program in a second Java with the Vector API and enough memory for networks. */
final class VectorJava {

  private static final String MODULE = "jdk.incubator.vector";

  /** More options, set by the user of the first Java. */
  private static final String OPTIONS_PROPERTY = "snn.options";

  private static final List<String> OPTIONS_VARIABLES = List.of("JAVA_OPTS", "SNN_OPTS");

  /**
   * Enough for LeNet5 and VGG7 at 100 steps; with a larger heap, Java would fill it before
   * collecting.
   */
  private static final String HEAP = "-Xmx2g";

  private static final Pattern HEAP_OPTION = Pattern.compile("-Xmx(\\d+)([kKmMgG]?)");
  private static final long LEAST_MEGABYTES = 256;

  /** Otherwise the UI's server logs past Logback, which filters out unfixable messages. */
  private static final String VERTX_LOG =
      "-Dvertx.logger-delegate-factory-class-name=io.vertx.core.logging.SLF4JLogDelegateFactory";

  private static final int FIRST_WITH_UNSAFE_WARNING = 23;
  private static final int KILLED = 137;
  private static final int SECONDS_TO_COPY = 2;

  private VectorJava() {}

  /** What the end of this program and the copying of errors know of each other. */
  private static final class End {

    private final CountDownLatch copied = new CountDownLatch(1);
    private volatile boolean isAsked;
  }

  /** Whether the Vector API is already available. */
  static boolean isThisOne() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /** Runs a main class to its end; returns its exit code. */
  static int run(Class<?> program, String[] arguments) {
    List<String> options = options();
    End end = new End();
    try {
      Process process = start(program, options, arguments, end);
      ErrorsOfJava errors = new ErrorsOfJava(process.getErrorStream());
      try {
        // Not closed, because this program's errors follow.
        errors.copyTo(new FileOutputStream(FileDescriptor.err));
      } finally {
        end.copied.countDown();
      }
      int exit = process.waitFor();
      if (exit != 0 && !errors.hasStarted() && !end.isAsked) {
        throw UserError.of(
            "Java did not start with %s: %s. Possible cause: SNN_OPTS or JAVA_OPTS has an option"
                + " that Java does not know, or a heap too large for this machine",
            String.join(" ", options), errors.beforeStart());
      }
      if (exit == KILLED) {
        throw new UserError(
            "The program was killed. Possible cause: the machine ran out of memory; choose a"
                + " smaller heap (SNN_OPTS), --batch or --steps");
      }
      return exit;
    } catch (IOException e) {
      throw new UserError("Cannot start Java: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("Interrupted while the program ran", e);
    }
  }

  private static Process start(Class<?> program, List<String> options, String[] arguments, End end)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", MODULE, "--enable-native-access=ALL-UNNAMED"));
    if (Runtime.version().feature() >= FIRST_WITH_UNSAFE_WARNING) {
      // Deeplearning4j and Netty use it; this project cannot change that.
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add(VERTX_LOG);
    command.add(Progress.terminalOption());
    command.addAll(options);
    command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    command.add(program.getName());
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.redirectError(ProcessBuilder.Redirect.PIPE);
    Map<String, String> environment = builder.environment();
    // Otherwise the threads of ND4J and OpenBLAS spin for milliseconds after every operation, on
    // cores that the simulation needs.
    environment.putIfAbsent("GOMP_SPINCOUNT", "3000");
    environment.putIfAbsent("OPENBLAS_THREAD_TIMEOUT", "4");
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, end), "end of the program"));
    return process;
  }

  /** Whether the user has given options for Java in the environment. */
  static boolean hasOptions() {
    return OPTIONS_VARIABLES.stream()
        .anyMatch(name -> !System.getenv().getOrDefault(name, "").isBlank());
  }

  private static Stream<String> given() {
    return Stream.concat(
            Stream.of(System.getProperty(OPTIONS_PROPERTY, "")),
            OPTIONS_VARIABLES.stream().map(name -> System.getenv().getOrDefault(name, "")))
        .flatMap(text -> Arrays.stream(text.strip().split("\\s+")))
        .filter(option -> !option.isEmpty());
  }

  /** The last of contradicting options wins. */
  private static List<String> options() {
    List<String> options = new ArrayList<>(List.of(HEAP));
    given().forEach(options::add);
    options.forEach(VectorJava::requireHeap);
    return options;
  }

  /** With less, Java could not even report an error. */
  private static void requireHeap(String option) {
    Matcher heap = HEAP_OPTION.matcher(option);
    if (!heap.matches()) {
      return;
    }
    double bytes =
        Double.parseDouble(heap.group(1))
            * switch (heap.group(2).toLowerCase(Locale.ROOT)) {
              case "k" -> 1L << 10;
              case "m" -> 1L << 20;
              case "g" -> 1L << 30;
              default -> 1;
            };
    if (bytes < LEAST_MEGABYTES * (1L << 20)) {
      throw UserError.of(
          "The heap must be at least %d MB, got %s. Possible cause: SNN_OPTS, JAVA_OPTS or -Dheap"
              + " uses another unit; m is megabytes and g gigabytes",
          LEAST_MEGABYTES, option);
    }
  }

  /**
   * Passes a signal on and waits, since a training saves before it ends. Ctrl-C reaches both
   * programs anyway; this signal is of another kind, so a training does not take it for a second
   * Ctrl-C.
   */
  private static void end(Process process, End end) {
    end.isAsked = true;
    if (process.isAlive() && process.supportsNormalTermination()) {
      // Process.destroy() would close the stream of its errors, which still says what it saves.
      process.toHandle().destroy();
    }
    try {
      process.waitFor();
      end.copied.await(SECONDS_TO_COPY, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
