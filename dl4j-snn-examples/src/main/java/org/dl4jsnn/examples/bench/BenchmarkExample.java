package org.dl4jsnn.examples.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.dl4jsnn.examples.support.BlasKernel;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Output.JsonOption;
import org.dl4jsnn.examples.support.Threads;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.simulate.Engines;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times training and inference of a network, alone or against another program. */
@Command(
    name = "benchmark",
    description =
        "Time training and inference; prints one JSON line per network and T, and a table for "
            + "several or for a comparison.",
    showDefaultValues = true)
public final class BenchmarkExample extends ExampleCommand {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM";
  private static final int KILOBYTES_OF_A_MEGABYTE = 1024;

  @Option(
      names = "--network",
      split = ",",
      description =
          "${COMPLETION-CANDIDATES}, or several (lenet5,vgg7): LeNet5 or a fully connected network (784-1000-10) on the first digits of MNIST, VGG7 on generated colour"
              + " images, or VGG7 on generated event counts.")
  private List<TimedNetwork.BenchmarkNetwork> networks =
      List.of(TimedNetwork.BenchmarkNetwork.LENET5);

  @Option(
      names = "--steps",
      split = ",",
      defaultValue = "100",
      description = "Time steps T; several (25,100,400) are timed in turn.")
  private List<Integer> steps = List.of(100);

  @Option(
      names = "--batch",
      description = "Samples per minibatch. Default: 100 for VGG7, 50 for MLP, 64 for the others.")
  private Integer batch;

  @Option(
      names = "--threads",
      split = ",",
      showDefaultValue = Visibility.NEVER,
      description = "Threads; several (1,2) are timed in turn. Default: one per processor.")
  private List<Integer> threads = List.of(Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--brightness",
      description = "Factor on the features: below 1 for fewer input spikes.")
  private double brightness = 1;

  @Option(
      names = "--batches",
      description = "Timed minibatches per turn. Default: 10 for LeNet5, 40 for MLP, 4 for VGG7.")
  private Integer batches;

  @Option(
      names = "--warmup",
      description = "Untimed warm-up minibatches. Default: 200 for LeNet5 and MLP, 15 for VGG7.")
  private Integer warmup;

  @Option(
      names = "--engine",
      description = "event, dense, or auto: chosen for every layer by the density of its spikes.")
  private String engine = "auto";

  @Option(
      names = "--kernel",
      description = "vector (Java's Vector API) or plain; default: vector if available.")
  private String kernel;

  @Option(names = "--rule", description = "How spiking layers learn: ${COMPLETION-CANDIDATES}.")
  private TimedNetwork.GradientRule rule = TimedNetwork.GradientRule.ASF;

  @Option(
      names = "--surrogate",
      description =
          "Surrogate of --rule spatio-temporal, as wide as the threshold: ${COMPLETION-CANDIDATES}."
              + " Default: that of the rule.")
  private TimedNetwork.TimedSurrogate surrogate;

  @Option(
      names = "--compare",
      description =
          "A command that prints a JSON line, such as the PyTorch baseline in the folder baseline; "
              + "it runs alternately with our minibatches, and ratios are printed. {network}, "
              + "{steps}, {batch} and {threads} in it are replaced by the timed values.")
  private String compare;

  @Option(
      names = "--rounds",
      description = "The number of turns, if there is more than one thing to time.")
  private int rounds = 3;

  @Mixin private JsonOption json;

  @Override
  public void checkOptions() {
    steps.forEach(value -> OptionRules.atLeast("--steps", value, 1));
    threads.forEach(value -> OptionRules.atLeast("--threads", value, 1));
    OptionRules.atLeast("--batch", batch, 1);
    OptionRules.atLeast("--batches", batches, 1);
    OptionRules.atLeast("--warmup", warmup, 1);
    OptionRules.atLeast("--rounds", rounds, 1);
    OptionRules.positive("--brightness", brightness);
    boolean isInTime = rule == TimedNetwork.GradientRule.SPATIO_TEMPORAL;
    OptionRules.apart("--surrogate", surrogate, !isInTime, "without --rule spatio-temporal");
    if (compare != null) {
      requireOneComparison();
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkOptions();
    chooseEngineAndKernel();
    if (compare != null) {
      return Threads.run(threads.get(0), this::compareAll);
    }
    List<TimedNetwork> timed = new ArrayList<>();
    for (TimedNetwork.BenchmarkNetwork network : networks) {
      for (int t : steps) {
        for (int n : threads) {
          timed.add(newTimed(network, t, n));
        }
      }
    }
    if (threads.size() > 1) {
      return time(
          timed, (one, work) -> Threads.run(one.settings.threads(), Executors.callable(work)));
    }
    // In a single thread, since ND4J keeps threads and memory for each calling thread.
    return Threads.run(threads.get(0), () -> time(timed, (one, work) -> work.run()));
  }

  private static int given(Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }

  private TimedNetwork newTimed(TimedNetwork.BenchmarkNetwork network, int t, int threadCount) {
    return new TimedNetwork(
        new TimedNetwork.Settings(
            network, t, threadCount, given(batch, network.batch), brightness, rule, surrogate));
  }

  private void requireOneComparison() {
    if (threads.size() > 1) {
      throw new UserError("--compare must be used with a single number of --threads");
    }
    if (networks.size() > 1 && !compare.contains("{network}")) {
      throw new UserError("--compare must contain {network} if there are several");
    }
    if (steps.size() > 1 && !compare.contains("{steps}")) {
      throw new UserError("--compare must contain {steps} if there are several");
    }
  }

  /** Alternates with the other program, for each network and T. */
  private int compareAll() throws IOException, InterruptedException {
    BenchmarkTable table = new BenchmarkTable(true);
    for (TimedNetwork.BenchmarkNetwork network : networks) {
      for (int t : steps) {
        compare(network, t, table);
      }
    }
    output().print("%s", table);
    return 0;
  }

  private void compare(TimedNetwork.BenchmarkNetwork network, int t, BenchmarkTable table)
      throws IOException, InterruptedException {
    TimedNetwork timed = newTimed(network, t, threads.get(0));
    BenchmarkTable.OtherProgram other =
        new BenchmarkTable.OtherProgram(
            compare
                .replace("{network}", network.toString())
                .replace("{steps}", String.valueOf(t))
                .replace("{batch}", String.valueOf(timed.settings.batch()))
                .replace("{threads}", String.valueOf(timed.settings.threads())));
    timed.warmUp(given(warmup, network.warmup));
    for (int turn = 0; turn < rounds; turn++) {
      output().print("%s", other.run());
      timed.turn(given(batches, network.batches));
    }
    print(timed, networks.size() * steps.size() == 1);
    Output output = output();
    other
        .otherThreads(timed.settings.threads())
        .ifPresent(
            threadsOfOther ->
                output.warning(
                    "Warning: the other program used %d threads, this one %d. Give it the option for"
                        + " {threads}, or choose --threads",
                    threadsOfOther, timed.settings.threads()));
    output.print("%s", other.compare("train_samples_per_s", timed.trainSamplesPerSecond()));
    if (other.prints("inference_samples_per_s")) {
      output.print(
          "%s", other.compare("inference_samples_per_s", timed.inferenceSamplesPerSecond()));
    }
    table.add(timed, other);
    timed.close();
  }

  /** Where a network's work is done. */
  @FunctionalInterface
  private interface Place {
    void perform(TimedNetwork network, Runnable work) throws InterruptedException;
  }

  private int time(List<TimedNetwork> timed, Place place) throws IOException, InterruptedException {
    for (TimedNetwork one : timed) {
      place.perform(one, () -> one.warmUp(given(warmup, one.settings.network().warmup)));
    }
    int turns = timed.size() == 1 ? 1 : rounds;
    for (int turn = 0; turn < turns; turn++) {
      for (TimedNetwork one : timed) {
        place.perform(one, () -> one.turn(given(batches, one.settings.network().batches)));
      }
    }
    BenchmarkTable table = new BenchmarkTable(false);
    for (TimedNetwork one : timed) {
      print(one, timed.size() == 1);
      table.add(one, null);
    }
    if (timed.size() > 1 && !output().isQuiet()) {
      print(table.toString());
    }
    return 0;
  }

  private void chooseEngineAndKernel() {
    try {
      if (!engine.equals("auto")) {
        Engines.named(engine, DataType.FLOAT);
      }
      System.setProperty(Engines.PROPERTY, engine);
      if (kernel != null) {
        Kernels.named(kernel);
        System.setProperty(Kernels.PROPERTY, kernel);
      }
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private void print(TimedNetwork timed, boolean alone) throws IOException {
    Map<String, Object> figures = timed.figures();
    // These cover the whole process and say nothing about one network among several.
    figures.put("peak_mb", alone ? peakMegabytes() : null);
    figures.put("first_batch_s", alone ? timed.firstBatchSeconds() : null);
    figures.put("engine", engine);
    figures.put("kernel", Kernels.chosen().description());
    figures.put("blas", BlasKernel.name());
    figures.put("java", Runtime.version().feature());
    print(new ObjectMapper().writeValueAsString(figures));
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** In megabytes; null if unknown. */
  private static Long peakMegabytes() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return null;
    }
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / KILOBYTES_OF_A_MEGABYTE)
          .findFirst()
          .orElse(null);
    }
  }
}
