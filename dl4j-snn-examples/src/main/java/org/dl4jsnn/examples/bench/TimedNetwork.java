package org.dl4jsnn.examples.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.asf.RateBackprop;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.support.Median;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.monitor.ActivePairs;
import org.dl4jsnn.zoo.SequenceNetwork;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.FixedSchedule;

/** One network with one number of steps and threads, and the times of its minibatches. */
final class TimedNetwork {

  private static final double MILLIS = 1000;
  private static final double NANO = 1e-9;

  final Settings settings;
  private final DataSetIterator data;
  private final List<Double> trainSeconds = new ArrayList<>();
  private final List<Double> inferenceSeconds = new ArrayList<>();
  private final List<Double> backwardSeconds = new ArrayList<>();
  private MultiLayerNetwork network;

  private double firstBatch;

  /** What is timed: the network, T, threads, samples per minibatch, a factor on the features. */
  record Settings(
      BenchmarkNetwork network,
      int steps,
      int threads,
      int batch,
      double brightness,
      GradientRule rule,
      TimedSurrogate surrogate) {

    private BackpropRule backprop() {
      return rule == GradientRule.SPATIO_TEMPORAL && surrogate != null
          ? new SpatioTemporalBackprop(surrogate.oneThreshold).withWidthInThresholds()
          : rule.rule;
    }
  }

  TimedNetwork(Settings settings) {
    this.settings = settings;
    int batch = settings.batch();
    this.data = settings.network().data(settings.steps(), batch);
    int most = data.next().numExamples();
    if (most < batch) {
      throw new UserError(
          "--batch must be at most " + most + " for " + settings.network() + ", got " + batch);
    }
    data.reset();
  }

  void warmUp(int minibatches) {
    renew();
    run(1);
    firstBatch = trainSeconds.get(0);
    run(minibatches - 1);
    trainSeconds.clear();
    inferenceSeconds.clear();
    backwardSeconds.clear();
  }

  /**
   * Times minibatches. Resets the weights, so the firing rates are those at the start of training,
   * and runs a first minibatch untimed: it allocates the updater's state. The baseline leaves its
   * first one out, too.
   */
  void turn(int minibatches) {
    renew();
    run(1);
    for (List<Double> seconds : List.of(trainSeconds, inferenceSeconds, backwardSeconds)) {
      seconds.remove(seconds.size() - 1);
    }
    run(minibatches);
  }

  private void renew() {
    if (network != null) {
      close();
    }
    network = settings.network().network(settings.steps());
    if (settings.rule() != GradientRule.ASF) {
      MultiLayerNetwork published = network;
      network = BackpropRules.swap(published, settings.backprop());
      published.close();
    }
    data.reset();
  }

  /**
   * Trains with some minibatches, and then runs inference on as many. Not in turn: inference frees
   * memory that the next minibatch would have to get again.
   */
  private void run(int minibatches) {
    BackwardClock clock = new BackwardClock();
    network.setListeners(clock);
    for (int i = 0; i < minibatches; i++) {
      DataSet minibatch = next();
      trainSeconds.add(seconds(() -> network.fit(minibatch)));
      backwardSeconds.add(clock.seconds);
    }
    for (int i = 0; i < minibatches; i++) {
      INDArray features = next().getFeatures();
      inferenceSeconds.add(seconds(() -> network.output(features)));
    }
  }

  private static double seconds(Runnable timed) {
    long start = System.nanoTime();
    timed.run();
    return (System.nanoTime() - start) * NANO;
  }

  /** Frees the network's memory. */
  void close() {
    network.close();
  }

  private DataSet next() {
    if (!data.hasNext()) {
      data.reset();
    }
    DataSet minibatch = data.next();
    if (minibatch.numExamples() < settings.batch()) {
      // The last one of an epoch.
      data.reset();
      minibatch = data.next();
    }
    if (settings.brightness() == 1) {
      return minibatch;
    }
    return new DataSet(minibatch.getFeatures().mul(settings.brightness()), minibatch.getLabels());
  }

  double trainSamplesPerSecond() {
    return settings.batch() / Median.of(trainSeconds);
  }

  double inferenceSamplesPerSecond() {
    return settings.batch() / Median.of(inferenceSeconds);
  }

  double backwardMillis() {
    return MILLIS * Median.of(backwardSeconds);
  }

  /** Seconds of the very first minibatch, including everything that Java loads for it. */
  double firstBatchSeconds() {
    return rounded(firstBatch);
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("network", settings.network().toString());
    figures.put("steps", settings.steps());
    figures.put("batch", settings.batch());
    figures.put("threads", settings.threads());
    figures.put("brightness", settings.brightness());
    figures.put("rule", settings.rule().toString());
    figures.put("surrogate", Objects.toString(settings.surrogate(), null));
    figures.put("train_samples_per_s", rounded(trainSamplesPerSecond()));
    figures.put("inference_samples_per_s", rounded(inferenceSamplesPerSecond()));
    figures.put("backward_ms", rounded(backwardMillis()));
    figures.put("mean_rates", meanRates());
    List<ActivePairs> pairs = activePairs();
    if (!pairs.isEmpty()) {
      figures.put("by_events", pairs.stream().map(ActivePairs::byEvents).toList());
      figures.put("active_pairs", pairs.stream().map(one -> rounded(one.share(), 1e4)).toList());
    }
    return figures;
  }

  private List<ActivePairs> activePairs() {
    data.reset();
    return ActivePairs.of(network, next().getFeatures());
  }

  private List<Double> meanRates() {
    data.reset();
    List<Double> rates = new ArrayList<>();
    List<INDArray> activations = network.feedForward(next().getFeatures(), false);
    // The first is the features, the second the encoding, the last the read-out.
    for (INDArray activation : activations.subList(2, activations.size() - 1)) {
      rates.add(rounded(activation.meanNumber().doubleValue(), 1e4));
    }
    return rates;
  }

  private static double rounded(double value) {
    return rounded(value, 100);
  }

  private static double rounded(double value, double parts) {
    return Math.round(parts * value) / parts;
  }

  /** Times the backward pass of the last minibatch. */
  private static final class BackwardClock extends BaseTrainingListener {

    private long start;
    private double seconds;

    @Override
    public void onForwardPass(Model model, List<INDArray> activations) {
      start = System.nanoTime();
    }

    @Override
    public void onBackwardPass(Model model) {
      seconds = (System.nanoTime() - start) * 1e-9;
    }
  }

  /** The compared gradient rules. */
  enum GradientRule {
    /** Accumulated spiking flow, as published. */
    ASF(new AsfBackprop()),
    /** Rate-based, as published. */
    RATE(new RateBackprop()),
    /** Through layers and time, with the default surrogate. */
    SPATIO_TEMPORAL(new SpatioTemporalBackprop());

    private final BackpropRule rule;

    GradientRule(BackpropRule rule) {
      this.rule = rule;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Surrogates as wide as the threshold. */
  enum TimedSurrogate {
    ARCTAN(Surrogate.arctan(1)),
    RECTANGULAR(Surrogate.rectangular(1)),
    TRIANGULAR(Surrogate.triangular(1));

    private final Surrogate oneThreshold;

    TimedSurrogate(Surrogate oneThreshold) {
      this.oneThreshold = oneThreshold;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The timed networks at the start of their training, with training data. */
  enum BenchmarkNetwork {
    /** On the first digits of MNIST. */
    LENET5(64, 10, 200, SpikingNetworks::lenet5, BenchmarkNetwork::digits),
    /** Fully connected, 784-1000-10, on the first digits of MNIST. */
    MLP(50, 40, 200, () -> SpikingNetworks.mlp(1000), BenchmarkNetwork::digits),
    /** On generated pixels with the mean and deviation of normalised CIFAR-10. */
    VGG7(100, 4, 15, () -> SpikingNetworks.vgg7().threshold(1), BenchmarkNetwork::pixels),
    /** On generated event counts with one pixel in ten nonzero. */
    DVS(64, 4, 15, SpikingNetworks::vgg7Dvs, BenchmarkNetwork::counts);

    private static final Adam UPDATER = new Adam(new FixedSchedule(8.5e-4));
    private static final long SEED = 1;
    private static final double PIXEL_DEVIATION = 0.45;

    /** Defaults: samples per minibatch, timed minibatches and warm-up minibatches. */
    final int batch;

    final int batches;
    final int warmup;
    private final Supplier<SequenceNetwork<?>> network;
    private final Data data;

    private interface Data {
      DataSetIterator of(int steps, int batch);
    }

    BenchmarkNetwork(
        int batch, int batches, int warmup, Supplier<SequenceNetwork<?>> network, Data data) {
      this.batch = batch;
      this.batches = batches;
      this.warmup = warmup;
      this.network = network;
      this.data = data;
    }

    MultiLayerNetwork network(int steps) {
      return network.get().steps(steps).updater(UPDATER).seed(SEED).init();
    }

    /** Minibatches to train on repeatedly. */
    DataSetIterator data(int steps, int batch) {
      return data.of(steps, batch);
    }

    private static DataSetIterator digits(int steps, int batch) {
      return MnistFiles.embedded().training().inOrder(batch);
    }

    private static DataSetIterator pixels(int steps, int batch) {
      INDArray pixels = Nd4j.create(batch, 3, 32, 32);
      Random random = new Random(SEED);
      for (long i = 0; i < pixels.length(); i++) {
        pixels.putScalar(i, PIXEL_DEVIATION * random.nextGaussian());
      }
      return minibatch(pixels);
    }

    private static DataSetIterator counts(int steps, int batch) {
      INDArray counts = Nd4j.create(batch, 2, steps, 42, 42);
      Random random = new Random(SEED);
      for (long i = 0; i < counts.length(); i++) {
        if (random.nextInt(10) == 0) {
          counts.putScalar(i, 1 + random.nextInt(3));
        }
      }
      return minibatch(counts);
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static DataSetIterator minibatch(INDArray features) {
      INDArray labels = Nd4j.create(features.size(0), Digits.CLASSES);
      for (long i = 0; i < features.size(0); i++) {
        labels.putScalar(i, i % Digits.CLASSES, 1);
      }
      return new ExistingDataSetIterator(List.of(new DataSet(features, labels)));
    }
  }
}
