package org.dl4jsnn.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.kernel.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times training and inference of LeNet5 on real digits, by itself or beside another program. */
@Command(
    name = "benchmark",
    description = "Time training and inference; prints one JSON line.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class BenchmarkExample implements Callable<Integer> {

  private static final double LEARNING_RATE = 8.5e-4;

  @Option(names = "--steps", description = "Time steps T.")
  private int steps = 100;

  @Option(names = "--batch", description = "Digits of a minibatch.")
  private int batch = 64;

  @Option(names = "--threads", description = "Threads.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--batches", description = "Minibatches that count, in each round.")
  private int batches = 6;

  @Option(names = "--warmup", description = "Minibatches before, which do not count.")
  private int warmup = 40;

  @Option(
      names = "--compare",
      description =
          "A command that prints a JSON line of its own, such as the PyTorch baseline in the folder"
              + " baseline; run in turn with our minibatches, and the ratios printed.")
  private String compare;

  @Option(names = "--rounds", description = "How often to take turns.")
  private int rounds = 3;

  @Spec private CommandSpec spec;

  private final List<Double> trainSeconds = new ArrayList<>();
  private final List<Double> inferenceSeconds = new ArrayList<>();
  private final List<Double> backwardSeconds = new ArrayList<>();
  private DataSetIterator digits;

  @Override
  public Integer call() throws InterruptedException {
    return Threads.run(threads, this::run);
  }

  private int run() throws IOException, InterruptedException {
    digits = MnistFiles.embedded().training().inOrder(batch);
    measure(newNetwork(), warmup);
    clear();
    // Fresh weights, so that the rates are those of the start of training, as in the baseline.
    MultiLayerNetwork network = newNetwork();
    List<Map<?, ?>> others = new ArrayList<>();
    for (int round = 0; round < (compare == null ? 1 : rounds); round++) {
      if (compare != null) {
        others.add(runOther());
      }
      measure(network, batches);
    }
    print(new ObjectMapper().writeValueAsString(result(network)));
    if (compare != null) {
      printRatio("train_samples_per_s", batch / median(trainSeconds), others);
      printRatio("inference_samples_per_s", batch / median(inferenceSeconds), others);
    }
    return 0;
  }

  private MultiLayerNetwork newNetwork() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            LeNet5.configuration(steps, 1, 1, new FixedSchedule(LEARNING_RATE), 1));
    network.init();
    return network;
  }

  private void clear() {
    trainSeconds.clear();
    inferenceSeconds.clear();
    backwardSeconds.clear();
    digits.reset();
  }

  private void measure(MultiLayerNetwork network, int count) {
    BackwardClock clock = new BackwardClock();
    network.setListeners(clock);
    for (int i = 0; i < count; i++) {
      if (!digits.hasNext()) {
        digits.reset();
      }
      DataSet minibatch = digits.next();
      long start = System.nanoTime();
      network.fit(minibatch);
      long trained = System.nanoTime();
      network.output(minibatch.getFeatures());
      long inferred = System.nanoTime();
      trainSeconds.add((trained - start) * 1e-9);
      inferenceSeconds.add((inferred - trained) * 1e-9);
      backwardSeconds.add(clock.seconds());
    }
  }

  private Map<String, Object> result(MultiLayerNetwork network) throws IOException {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("network", "lenet5");
    result.put("steps", steps);
    result.put("batch", batch);
    result.put("threads", threads);
    result.put("engine", "event");
    result.put("kernel", Kernels.chosen().name());
    result.put("java", Runtime.version().feature());
    result.put("train_samples_per_s", rounded(batch / median(trainSeconds)));
    result.put("inference_samples_per_s", rounded(batch / median(inferenceSeconds)));
    result.put("backward_ms", rounded(1000 * median(backwardSeconds)));
    result.put("peak_mb", peakMegabytes());
    digits.reset();
    List<Double> rates = new ArrayList<>();
    List<INDArray> activations = network.feedForward(digits.next().getFeatures(), false);
    for (INDArray activation : activations.subList(2, activations.size() - 1)) {
      rates.add(Math.round(1e4 * activation.meanNumber().doubleValue()) / 1e4);
    }
    result.put("mean_rates", rates);
    return result;
  }

  /** The peak of resident memory, where the operating system tells it; otherwise null. */
  private static Long peakMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return null;
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(null);
    }
  }

  private Map<?, ?> runOther() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(compare.trim().split("\\s+"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes()).trim();
    if (process.waitFor() != 0) {
      throw new UserError("The command to compare with failed: " + compare);
    }
    String json = output.substring(output.lastIndexOf('\n') + 1);
    print(json);
    return new ObjectMapper().readValue(json, Map.class);
  }

  private void printRatio(String figure, double ours, List<Map<?, ?>> others) {
    List<Double> theirs =
        others.stream().map(other -> ((Number) other.get(figure)).doubleValue()).toList();
    print(
        String.format(
            Locale.ROOT,
            "%s: %.1f, theirs %.1f (%s), ratio %.1f",
            figure,
            ours,
            median(theirs),
            Arrays.toString(theirs.toArray()),
            ours / median(theirs)));
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double rounded(double value) {
    return Math.round(100 * value) / 100.0;
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
