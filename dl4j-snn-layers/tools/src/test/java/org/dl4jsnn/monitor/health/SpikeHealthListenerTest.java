package org.dl4jsnn.monitor.health;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.monitor.SynapticOperations;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

class SpikeHealthListenerTest {

  private final List<EpochHealth> reports = new ArrayList<>();

  private SpikeHealthListener.Builder everyMinibatch() {
    return new SpikeHealthListener.Builder().interval(1).samples(3).reportTo(reports::add);
  }

  @Test
  void shouldReportExactlyWhatIsKnown() {
    MultiLayerNetwork network = halfRates(new Sgd(0), true);
    network.setListeners(everyMinibatch().build());
    network.fit(minibatches(3), 2);

    assertEquals(List.of(1, 2), reports.stream().map(EpochHealth::epoch).toList());
    assertEquals(List.of(3, 6), reports.stream().map(EpochHealth::iteration).toList());
    EpochHealth last = reports.get(1);
    assertEquals(3, last.looks());
    assertEquals(
        List.of("lower", "upper"), last.layers().stream().map(LayerHealth::layer).toList());
    assertEquals(
        new LayerHealth.Rates(
            0.5, 0.25, 0.25, 1, List.of(0.25, 0.0, 0.0, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0, 0.25)),
        last.layers().get(0).rates());
    assertEquals(
        new LayerHealth.Rates(
            0.5, 0, 0, 0.5, List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)),
        last.layers().get(1).rates());
    // A constant current meets one input and four neurons; then 16 spikes meet two neurons each.
    assertEquals(
        new LayerHealth.Energy(0, 4, true, 4 * 4.6, 4 * 4.6),
        last.layers().get(0).energy().orElseThrow());
    assertEquals(
        new LayerHealth.Energy(32, 8, false, 32 * 0.9, 8 * 4.6),
        last.layers().get(1).energy().orElseThrow());
    assertEquals(28.8 + 18.4, last.total(LayerHealth.Energy::picojoules), 1e-9);
    assertTrue(last.layers().stream().allMatch(layer -> layer.slope().isEmpty()));
    assertTrue(last.layers().stream().allMatch(layer -> layer.conditions().isEmpty()));
  }

  @Test
  void shouldMeasureTheGradientThatTheUpdaterGets() {
    for (boolean miniBatch : new boolean[] {true, false}) {
      MultiLayerNetwork network = halfRates(new Sgd(1), miniBatch);
      INDArray lower = network.getLayer("lower").getParam("W").dup();
      INDArray upper = network.getLayer("upper").getParam("W").dup();
      reports.clear();
      network.setListeners(everyMinibatch().build());
      network.fit(minibatches(1));
      // With plain descent at a learning rate of 1, weights move by their gradient.
      List<LayerHealth> layers = reports.get(0).layers();
      assertEquals(
          lower.sub(network.getLayer("lower").getParam("W")).norm2Number().doubleValue(),
          layers.get(0).gradientNorm().orElseThrow(),
          1e-5);
      double moved = upper.sub(network.getLayer("upper").getParam("W")).norm2Number().doubleValue();
      assertTrue(moved > 0);
      assertEquals(moved, layers.get(1).gradientNorm().orElseThrow(), 1e-5);
    }
  }

  @Test
  void shouldAverageTheGradientOverTheMinibatchesLookedAt() {
    MultiLayerNetwork network = halfRates(new Sgd(0), true);
    network.setListeners(everyMinibatch().build());
    network.fit(minibatches(1));
    double one = reports.get(0).layers().get(1).gradientNorm().orElseThrow();
    DataSet other = new DataSet(features(), Nd4j.ones(SAMPLES, 2).muli(3));
    network.fit(new ExistingDataSetIterator(List.of(other)));
    double three = reports.get(1).layers().get(1).gradientNorm().orElseThrow();
    assertNotEquals(one, three, 1e-3);
    network.fit(new ExistingDataSetIterator(List.of(minibatch(), other, other, other)));
    assertEquals(
        (one + 3 * three) / 4, reports.get(2).layers().get(1).gradientNorm().orElseThrow(), 1e-5);
  }

  @Test
  void shouldLookAtTheFirstMinibatchOfEveryEpochAndAtEveryNthAfterIt() {
    MultiLayerNetwork network = halfRates(new Sgd(0), true);
    network.setListeners(everyMinibatch().interval(3).build());
    network.fit(minibatches(4), 2);
    network.fit(minibatches(3), 1);
    assertEquals(List.of(2, 2, 1), reports.stream().map(EpochHealth::looks).toList());
  }

  @Test
  void shouldWarnOfSaturatedAndOfMostlySilentLayers() {
    try (LogOf log = new LogOf(SpikeHealthListener.class)) {
      MultiLayerNetwork network = halfRates(new Sgd(0), true);
      network.setParam("1_W", Nd4j.createFromArray(-1f, -1f, 2f, -1f).reshape(1, 4));
      network.getLayer("upper").getParam("W").muli(10);
      network.setListeners(
          everyMinibatch().limits(HealthLimits.DEFAULT.withNeurons(0.95, 0.5, 0.5)).build());
      network.fit(minibatches(1));
      assertEquals(
          Set.of(LayerCondition.MOSTLY_SILENT), reports.get(0).layers().get(0).conditions());
      assertEquals(Set.of(LayerCondition.SATURATED), reports.get(0).layers().get(1).conditions());
      List<String> warnings = log.messages(Level.WARN);
      assertTrue(
          warnings.stream()
              .anyMatch(
                  text ->
                      text.contains(
                          "its share of neurons that never fired must be at most 0.5, got 0.75")),
          warnings::toString);
    }
  }

  @Test
  void shouldWarnOfAGradientThatIsNotANumberWhereItArises() {
    try (LogOf log = new LogOf(SpikeHealthListener.class)) {
      MultiLayerNetwork network = halfRates(new Sgd(0), true);
      network.setListeners(everyMinibatch().build());
      float[][] labels = new float[SAMPLES][2];
      labels[1][1] = Float.NaN;
      network.fit(new DataSet(features(), Nd4j.createFromArray(labels)));
      assertTrue(
          log.messages(Level.WARN)
              .get(0)
              .contains(
                  "is getting a broken gradient at iteration 0: its weight gradient's norm must be"
                      + " a finite number, got NaN"),
          () -> log.messages(Level.WARN).toString());
    }
  }

  private static MultiLayerNetwork images(PoolingType pooling) {
    return Networks.of(
        Networks.seeded(3).updater(new Adam(0.01)),
        InputType.convolutional(6, 6, 2),
        SpikeEncoding.poisson(6).build(),
        new SpikingConvolution2D.Builder(3, 3)
            .name("conv")
            .nOut(4)
            .normalization(new CurrentNormalization())
            .build(),
        new SpikingPooling2D.Builder(pooling, 2, 2).name("pool").build(),
        new SpikingDense.Builder().name("dense").nOut(8).threshold(0.5).build(),
        Networks.softmax(3));
  }

  private static DataSet images() {
    return new DataSet(Nd4j.rand(7L, new long[] {4, 2, 6, 6}), Networks.labels(4, 3));
  }

  @Test
  void shouldServeFrozenPoolingAndNormalisedLayers() {
    MultiLayerNetwork network =
        new TransferLearning.Builder(images(PoolingType.MAX)).setFeatureExtractor(1).build();
    network.setListeners(everyMinibatch().build());
    network.fit(images());
    network.getListeners().forEach(listener -> listener.onEpochEnd(network));
    List<LayerHealth> layers = reports.get(0).layers();
    assertEquals(
        List.of("conv", "pool", "dense"), layers.stream().map(LayerHealth::layer).toList());
    assertEquals(OptionalDouble.empty(), layers.get(0).gradientNorm());
    assertEquals(OptionalDouble.empty(), layers.get(1).gradientNorm());
    assertTrue(layers.get(2).gradientNorm().orElseThrow() > 0);
    assertEquals(
        List.of(true, false, true),
        layers.stream().map(layer -> layer.energy().isPresent()).toList());

    reports.clear();
    MultiLayerNetwork trained = images(PoolingType.AVG);
    trained.setListeners(everyMinibatch().build());
    trained.fit(images());
    trained.getListeners().forEach(listener -> listener.onEpochEnd(trained));
    assertTrue(reports.get(0).layers().get(0).gradientNorm().orElseThrow() > 0);
  }

  @Test
  void shouldCountOperationsOfTheSamplesGiven() {
    MultiLayerNetwork network = images(PoolingType.AVG);
    INDArray given = Nd4j.rand(9L, new long[] {2, 2, 6, 6});
    network.setListeners(everyMinibatch().features(given).build());
    network.fit(images());
    network.getListeners().forEach(listener -> listener.onEpochEnd(network));
    double additions = SynapticOperations.count(network, given).get(1).additions();
    assertEquals(additions, reports.get(0).layers().get(2).energy().orElseThrow().additions());

    reports.clear();
    network.setListeners(everyMinibatch().samples(0).build());
    network.fit(images());
    network.getListeners().forEach(listener -> listener.onEpochEnd(network));
    assertTrue(reports.get(0).layers().stream().allMatch(layer -> layer.energy().isEmpty()));
  }

  @Test
  void shouldSayNothingOfAnEpochThatItDidNotSee() {
    MultiLayerNetwork network = halfRates(new Sgd(0), true);
    SpikeHealthListener listener = everyMinibatch().build();
    listener.onEpochStart(network);
    listener.onEpochEnd(network);
    assertEquals(List.of(), reports);
  }

  @Test
  void shouldRefuseANetworkWithoutSpikingLayers() {
    MultiLayerNetwork network =
        Networks.of(new NeuralNetConfiguration.Builder(), InputType.feedForward(1), readOut());
    network.setListeners(everyMinibatch().build());
    assertMessage(
        "network must have a spiking layer to watch, got none", () -> network.fit(minibatch()));
  }

  @Test
  void shouldLogATableOfItsOwnAccord() {
    try (LogOf log = new LogOf(HealthTable.class)) {
      MultiLayerNetwork network = halfRates(new Sgd(0), true);
      network.setListeners(new SpikeHealthListener());
      network.fit(minibatches(2));
      List<String> lines = log.messages(Level.INFO).get(0).lines().toList();
      assertEquals("Epoch 1, iteration 2, minibatches looked at: 1", lines.get(0));
      assertTrue(lines.get(2).startsWith("lower   50.00     25.00        25.00 "), lines.get(2));
      assertTrue(lines.get(4).startsWith("all"), lines.get(4));
      assertEquals(5, lines.size());
    }
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    SpikeHealthListener.Builder builder = new SpikeHealthListener.Builder();
    assertThrows(IllegalArgumentException.class, () -> builder.interval(0));
    assertThrows(IllegalArgumentException.class, () -> builder.samples(-1));
    assertThrows(IllegalArgumentException.class, () -> builder.features());
    assertThrows(IllegalArgumentException.class, () -> builder.limits(null));
    assertThrows(IllegalArgumentException.class, () -> builder.reportTo(null));
    HealthLimits limits = HealthLimits.DEFAULT;
    assertThrows(IllegalArgumentException.class, () -> limits.withRates(0.5, 0.5));
    assertThrows(IllegalArgumentException.class, () -> limits.withNeurons(0, 0.5, 0.5));
    assertThrows(IllegalArgumentException.class, () -> limits.withGradient(1e-9, 1));
    assertThrows(IllegalArgumentException.class, () -> limits.withSlope(2, 1));
    assertThrows(IllegalArgumentException.class, () -> new OperationEnergy(0, 4.6));
  }

  private static final int STEPS = 8;
  private static final int SAMPLES = 4;

  /** "lower": a half, a silent, a saturated and a half neuron; "upper": every neuron a half. */
  private static MultiLayerNetwork halfRates(IUpdater updater, boolean miniBatch) {
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(1).updater(updater).miniBatch(miniBatch),
            InputType.feedForward(1),
            SpikeEncoding.direct(STEPS).build(),
            new SpikingDense.Builder().name("lower").nOut(4).build(),
            // A surrogate with tails, so that a saturated layer hands a gradient down.
            new SpikingDense.Builder()
                .name("upper")
                .nOut(2)
                .backprop(new SpatioTemporalBackprop(Surrogate.arctan(1)))
                .build(),
            readOut());
    setWeights(network);
    return network;
  }

  private static OutputLayer readOut() {
    return new OutputLayer.Builder(new LossL2())
        .nOut(2)
        .activation(Activation.IDENTITY)
        .hasBias(false)
        .build();
  }

  private static void setWeights(MultiLayerNetwork network) {
    network.setParam("1_W", Nd4j.createFromArray(0.75f, -1f, 2f, 0.75f).reshape(1, 4));
    // Only the neuron that fires at every step counts.
    INDArray upper = Nd4j.zeros(4, 2);
    upper.getRow(2).assign(0.75);
    network.setParam("2_W", upper);
  }

  private static INDArray features() {
    return Nd4j.ones(SAMPLES, 1);
  }

  private static DataSet minibatch() {
    return new DataSet(features(), Nd4j.ones(SAMPLES, 2));
  }

  private static DataSetIterator minibatches(int count) {
    return new ExistingDataSetIterator(Collections.nCopies(count, minibatch()));
  }

  private static final SpikingNeuron HEALTHY = SpikingNeuron.integrateAndFire(1);
  private static final SpikingNeuron SILENT = SpikingNeuron.integrateAndFire(1000);

  private final LogOf log = new LogOf(FiringRateListener.class);
  private final INDArray features = Nd4j.ones(6, 10).muli(0.5);
  private final INDArray labels = Nd4j.zeros(6, 2);

  @AfterEach
  void stopListening() {
    log.close();
  }

  /** Two spiking layers with fixed weights, so that only thresholds decide how much they fire. */
  private static MultiLayerNetwork two(WorkspaceMode mode, FiringRateListener listener) {
    MultiLayerNetwork network =
        Networks.of(
            settings(mode),
            InputType.feedForward(10),
            SpikeEncoding.poisson(8).build(),
            new SpikingDense.Builder().name("lower").nOut(12).build(),
            new SpikingDense.Builder().name("upper").nOut(12).build(),
            Networks.linear(2));
    network.setListeners(listener);
    return network;
  }

  private static NeuralNetConfiguration.Builder settings(WorkspaceMode mode) {
    return Networks.seeded(1)
        .updater(new NoOp())
        .trainingWorkspaceMode(mode)
        .inferenceWorkspaceMode(mode);
  }

  private static void set(MultiLayerNetwork network, String layer, SpikingNeuron neuron) {
    ((BaseSpikingLayer) network.getLayer(layer).conf().getLayer()).setNeuron(neuron);
  }

  private void fit(MultiLayerNetwork network, int times) {
    for (int i = 0; i < times; i++) {
      network.fit(features, labels);
    }
  }

  private void assertLogged(Level level, String... beginnings) {
    List<String> messages = log.messages(level);
    assertEquals(beginnings.length, messages.size(), messages::toString);
    for (int i = 0; i < beginnings.length; i++) {
      assertTrue(messages.get(i).startsWith(beginnings[i]), messages.get(i));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = WorkspaceMode.class,
      names = {"ENABLED", "NONE"})
  void shouldWarnOnceOfASilentLayerAndSayOnceThatItRecovered(WorkspaceMode mode) {
    MultiLayerNetwork network = two(mode, new FiringRateListener(1, 1e-4, 0.9));
    fit(network, 2);
    assertLogged(Level.WARN);

    set(network, "upper", SILENT);
    fit(network, 3);
    assertLogged(Level.WARN, "Layer 'upper' is silent at iteration 2: its mean firing rate ");
    assertTrue(log.messages(Level.WARN).get(0).contains("must be at least 1.0E-4, got 0.0"));

    set(network, "upper", HEALTHY);
    fit(network, 2);
    assertLogged(Level.INFO, "Layer 'upper' is no longer silent at iteration 5: ");

    set(network, "upper", SILENT);
    fit(network, 2);
    assertEquals(2, log.messages(Level.WARN).size());
  }

  @Test
  void shouldWarnOfASaturatedLayer() {
    MultiLayerNetwork network = two(WorkspaceMode.ENABLED, new FiringRateListener(1, 1e-4, 0.9));
    set(network, "lower", SpikingNeuron.integrateAndFire(1e-3));
    network.getLayer("lower").getParam("W").assign(1);
    features.assign(1);
    fit(network, 2);
    assertLogged(Level.WARN, "Layer 'lower' is saturated at iteration 0: ");
    network.getLayer("lower").getParam("W").assign(-1);
    fit(network, 2);
    assertLogged(
        Level.WARN,
        "Layer 'lower' is saturated at iteration 0: ",
        "Layer 'lower' is silent at iteration 2: ",
        "Layer 'upper' is silent at iteration 2: ");
  }

  @Test
  void shouldLookAtTheFirstIterationAndAtEveryNthAfterIt() {
    MultiLayerNetwork network = two(WorkspaceMode.ENABLED, new FiringRateListener(3, 1e-4, 0.9));
    fit(network, 1);
    set(network, "upper", SILENT);
    fit(network, 2);
    assertLogged(Level.WARN);
    fit(network, 1);
    assertLogged(Level.WARN, "Layer 'upper' is silent at iteration 3: ");
  }

  @Test
  void shouldRefuseLimitsThatCross() {
    assertThrows(IllegalArgumentException.class, () -> new FiringRateListener(0, 1e-4, 0.9));
    assertThrows(IllegalArgumentException.class, () -> new FiringRateListener(1, 0, 0.9));
    assertThrows(IllegalArgumentException.class, () -> new FiringRateListener(1, 0.5, 0.5));
  }

  @Test
  void shouldCountInAnActivation() {
    float[][] rates = {{0, 0.5f, 1, 0}, {0, 0, 1, 0.25f}};
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16}) {
      INDArray activation = Nd4j.createFromArray(rates).castTo(type);
      assertEquals(
          new FiringRates("layer", 2.75 / 8, 0.25, 0.25), FiringRates.of("layer", activation));
    }
  }

  @Test
  void shouldMeasureEverySpikingLayerFromTheInputOn() {
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(1),
            InputType.convolutional(2, 2, 1),
            SpikeEncoding.direct(4).build(),
            new FrozenLayer(new SpikingConvolution2D.Builder(1, 1).nOut(1).build()),
            new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build(),
            new SpikingPooling2D.Builder(PoolingType.AVG, 1, 1).build(),
            new SpikingDense.Builder().nOut(3).threshold(1000).build(),
            new OutputLayer.Builder(new LossL2()).nOut(2).build());
    network.setParam("1_W", Nd4j.ones(1, 1, 1, 1));
    // Pixels of 2 fire at every step, pixels of 0.75 at every second one, in one of two samples.
    INDArray features = Nd4j.zeros(2, 1, 2, 2);
    features.putScalar(new int[] {0, 0, 0, 0}, 2);
    features.putScalar(new int[] {0, 0, 1, 1}, 0.75);
    assertEquals(
        List.of(
            new FiringRates("layer1", 1.5 / 8, 0.5, 1.0 / 8),
            new FiringRates("layer2", 0.5, 0, 0.5),
            new FiringRates("layer3", 0.5, 0, 0.5),
            new FiringRates("layer4", 0, 1, 0)),
        FiringRates.measure(network, features));
  }
}
