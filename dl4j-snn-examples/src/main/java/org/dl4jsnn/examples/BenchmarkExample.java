package org.dl4jsnn.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.kernel.Kernels;
import org.dl4jsnn.simulate.Engines;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times training and inference of a network, by itself or beside another program. */
@Command(
    name = "benchmark",
    description = "Time training and inference; prints one JSON line.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class BenchmarkExample implements Callable<Integer> {

  private static final double MILLIS = 1000;
  private static final double NANO = 1e-9;

  @Option(
      names = "--network",
      description =
          "${COMPLETION-CANDIDATES}: LeNet5 on the first digits of MNIST, VGG7 on generated colour"
              + " pictures, or VGG7 on generated event counts.")
  private BenchmarkNetwork network = BenchmarkNetwork.LENET5;

  @Option(names = "--steps", description = "Time steps T.")
  private int steps = 100;

  @Option(names = "--batch", description = "Samples of a minibatch.")
  private int batch = 64;

  @Option(names = "--threads", description = "Threads.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--batches", description = "Minibatches that count, in each round.")
  private int batches = 6;

  @Option(names = "--warmup", description = "Minibatches before, which do not count.")
  private int warmup = 40;

  @Option(
      names = "--engine",
      description = "event, dense, or auto: chosen for every layer by the density of its spikes.")
  private String engine = "auto";

  @Option(
      names = "--kernel",
      description = "vector (Java's Vector API) or plain; default: vector where it is there.")
  private String kernel;

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
  private DataSetIterator data;

  @Override
  public Integer call() throws InterruptedException {
    System.setProperty(Engines.PROPERTY, engine);
    if (kernel != null) {
      System.setProperty(Kernels.PROPERTY, kernel);
    }
    return Threads.run(threads, this::run);
  }

  private int run() throws IOException, InterruptedException {
    data = network.data(steps, batch);
    MultiLayerNetwork warming = network.network(steps);
    measure(warming, 1);
    double firstBatch = trainSeconds.get(0);
    measure(warming, warmup - 1);
    clear();
    MultiLayerNetwork measured = warming;
    OtherProgram other = compare == null ? null : new OtherProgram(compare);
    for (int round = 0; round < (other == null ? 1 : rounds); round++) {
      if (other != null) {
        print(other.run());
      }
      // Fresh weights, so that the rates are those of the start of training, as in the baseline.
      measured = network.network(steps);
      measure(measured, batches);
    }
    Map<String, Object> result = result(measured);
    result.put("first_batch_s", rounded(firstBatch));
    print(new ObjectMapper().writeValueAsString(result));
    if (other != null) {
      print(other.compare("train_samples_per_s", batch / Median.of(trainSeconds)));
      print(other.compare("inference_samples_per_s", batch / Median.of(inferenceSeconds)));
    }
    return 0;
  }

  private void clear() {
    trainSeconds.clear();
    inferenceSeconds.clear();
    backwardSeconds.clear();
    data.reset();
  }

  private void measure(MultiLayerNetwork measured, int count) {
    BackwardClock clock = new BackwardClock();
    measured.setListeners(clock);
    for (int i = 0; i < count; i++) {
      if (!data.hasNext()) {
        data.reset();
      }
      DataSet minibatch = data.next();
      long start = System.nanoTime();
      measured.fit(minibatch);
      long trained = System.nanoTime();
      measured.output(minibatch.getFeatures());
      long inferred = System.nanoTime();
      trainSeconds.add((trained - start) * NANO);
      inferenceSeconds.add((inferred - trained) * NANO);
      backwardSeconds.add(clock.seconds());
    }
  }

  private Map<String, Object> result(MultiLayerNetwork measured) throws IOException {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("network", network.toString());
    result.put("steps", steps);
    result.put("batch", batch);
    result.put("threads", threads);
    result.put("engine", engine);
    result.put("kernel", Kernels.chosen().name());
    result.put("java", Runtime.version().feature());
    result.put("train_samples_per_s", rounded(batch / Median.of(trainSeconds)));
    result.put("inference_samples_per_s", rounded(batch / Median.of(inferenceSeconds)));
    result.put("backward_ms", rounded(MILLIS * Median.of(backwardSeconds)));
    result.put("peak_mb", PeakMemory.megabytes());
    data.reset();
    List<Double> rates = new ArrayList<>();
    List<INDArray> activations = measured.feedForward(data.next().getFeatures(), false);
    for (INDArray activation : activations.subList(2, activations.size() - 1)) {
      rates.add(Math.round(1e4 * activation.meanNumber().doubleValue()) / 1e4);
    }
    result.put("mean_rates", rates);
    return result;
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
