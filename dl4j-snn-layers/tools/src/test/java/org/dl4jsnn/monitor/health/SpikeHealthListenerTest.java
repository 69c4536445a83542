package org.dl4jsnn.monitor.health;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.monitor.SynapticOperations;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class SpikeHealthListenerTest {

  private final List<EpochHealth> reports = new ArrayList<>();

  private SpikeHealthListener.Builder everyMinibatch() {
    return new SpikeHealthListener.Builder().interval(1).samples(3).reportTo(reports::add);
  }

  @Test
  void shouldReportExactlyWhatIsKnown() {
    MultiLayerNetwork network = HalfRateNetwork.network(new Sgd(0), true);
    network.setListeners(everyMinibatch().build());
    network.fit(HalfRateNetwork.minibatches(3), 2);

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
      MultiLayerNetwork network = HalfRateNetwork.network(new Sgd(1), miniBatch);
      INDArray lower = network.getLayer("lower").getParam("W").dup();
      INDArray upper = network.getLayer("upper").getParam("W").dup();
      reports.clear();
      network.setListeners(everyMinibatch().build());
      network.fit(HalfRateNetwork.minibatches(1));
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
    MultiLayerNetwork network = HalfRateNetwork.network(new Sgd(0), true);
    network.setListeners(everyMinibatch().build());
    network.fit(HalfRateNetwork.minibatches(1));
    double one = reports.get(0).layers().get(1).gradientNorm().orElseThrow();
    DataSet other =
        new DataSet(HalfRateNetwork.features(), Nd4j.ones(HalfRateNetwork.SAMPLES, 2).muli(3));
    network.fit(new ExistingDataSetIterator(List.of(other)));
    double three = reports.get(1).layers().get(1).gradientNorm().orElseThrow();
    assertNotEquals(one, three, 1e-3);
    network.fit(
        new ExistingDataSetIterator(List.of(HalfRateNetwork.minibatch(), other, other, other)));
    assertEquals(
        (one + 3 * three) / 4, reports.get(2).layers().get(1).gradientNorm().orElseThrow(), 1e-5);
  }

  @Test
  void shouldLookAtTheFirstMinibatchOfEveryEpochAndAtEveryNthAfterIt() {
    MultiLayerNetwork network = HalfRateNetwork.network(new Sgd(0), true);
    network.setListeners(everyMinibatch().interval(3).build());
    network.fit(HalfRateNetwork.minibatches(4), 2);
    network.fit(HalfRateNetwork.minibatches(3), 1);
    assertEquals(List.of(2, 2, 1), reports.stream().map(EpochHealth::looks).toList());
  }

  @Test
  void shouldWarnOnceWhenItBeginsAndOnceWhenItEnds() {
    try (LogOf log = new LogOf(SpikeHealthListener.class)) {
      MultiLayerNetwork network = HalfRateNetwork.network(new Sgd(0), true);
      network.setListeners(everyMinibatch().build());
      network.fit(HalfRateNetwork.minibatches(2));
      assertEquals(List.of(), log.messages(Level.WARN));

      setNeuron(network, SpikingNeuron.integrateAndFire(1000));
      network.fit(HalfRateNetwork.minibatches(2), 2);
      List<String> begun = log.messages(Level.WARN);
      assertTrue(
          begun.get(0).startsWith("Layer 'upper' is silent at iteration 2: its mean firing rate"),
          begun::toString);
      assertEquals(1, begun.stream().filter(text -> text.contains("silent at")).count());
      assertTrue(reports.get(2).layers().get(1).conditions().contains(LayerCondition.SILENT));

      setNeuron(network, SpikingNeuron.integrateAndFire(1));
      network.fit(HalfRateNetwork.minibatches(2), 2);
      assertEquals(begun, log.messages(Level.WARN));
      assertEquals(
          begun.size(), log.messages(Level.INFO).size(), () -> log.messages(Level.INFO).toString());
      assertTrue(
          log.messages(Level.INFO).get(0).startsWith("Layer 'upper' is no longer silent"),
          () -> log.messages(Level.INFO).toString());
      assertEquals(Set.of(), reports.get(4).layers().get(1).conditions());
    }
  }

  private static void setNeuron(MultiLayerNetwork network, SpikingNeuron neuron) {
    ((BaseSpikingLayer) network.getLayer("upper").conf().getLayer()).setNeuron(neuron);
  }

  @Test
  void shouldWarnOfSaturatedAndOfMostlySilentLayers() {
    try (LogOf log = new LogOf(SpikeHealthListener.class)) {
      MultiLayerNetwork network = HalfRateNetwork.network(new Sgd(0), true);
      network.setParam("1_W", Nd4j.createFromArray(-1f, -1f, 2f, -1f).reshape(1, 4));
      network.getLayer("upper").getParam("W").muli(10);
      network.setListeners(
          everyMinibatch().limits(HealthLimits.DEFAULT.withNeurons(0.95, 0.5, 0.5)).build());
      network.fit(HalfRateNetwork.minibatches(1));
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
      MultiLayerNetwork network = HalfRateNetwork.network(new Sgd(0), true);
      network.setListeners(everyMinibatch().build());
      float[][] labels = new float[HalfRateNetwork.SAMPLES][2];
      labels[1][1] = Float.NaN;
      network.fit(new DataSet(HalfRateNetwork.features(), Nd4j.createFromArray(labels)));
      assertTrue(
          log.messages(Level.WARN)
              .get(0)
              .contains(
                  "is getting a broken gradient at iteration 0: its weight gradient's norm must be"
                      + " a finite number, got NaN"),
          () -> log.messages(Level.WARN).toString());
    }
  }

  @Test
  void shouldWarnOfAGradientThatExplodes() {
    try (LogOf log = new LogOf(SpikeHealthListener.class)) {
      MultiLayerNetwork network = HalfRateNetwork.network(new Sgd(0), true);
      network.setListeners(everyMinibatch().build());
      for (int i = 0; i < 3; i++) {
        network.fit(HalfRateNetwork.minibatch());
      }
      assertEquals(List.of(), log.messages(Level.WARN));
      DataSet wild =
          new DataSet(HalfRateNetwork.features(), Nd4j.ones(HalfRateNetwork.SAMPLES, 2).muli(1e5));
      network.fit(wild);
      network.fit(wild);
      List<String> warnings = log.messages(Level.WARN);
      assertEquals(2, warnings.size(), warnings::toString);
      assertTrue(warnings.get(0).contains("exploding gradient at iteration 3"), warnings.get(0));
      network.fit(HalfRateNetwork.minibatch());
      assertEquals(2, log.messages(Level.INFO).size());
    }
  }

  @Test
  void shouldNotDisturbTrainingAndReportTheSameAgain() {
    List<EpochHealth> first = new ArrayList<>();
    MultiLayerNetwork watched = images(PoolingType.MAX);
    watched.setListeners(
        new SpikeHealthListener.Builder().interval(2).samples(2).reportTo(first::add).build());
    MultiLayerNetwork again = images(PoolingType.MAX);
    again.setListeners(
        new SpikeHealthListener.Builder().interval(2).samples(2).reportTo(reports::add).build());
    MultiLayerNetwork alone = images(PoolingType.MAX);
    INDArray before = alone.params().dup();
    for (int epoch = 0; epoch < 2; epoch++) {
      for (MultiLayerNetwork network : List.of(watched, again, alone)) {
        network.getListeners().forEach(listener -> listener.onEpochStart(network));
        for (int i = 0; i < 3; i++) {
          network.fit(images());
        }
        network.getListeners().forEach(listener -> listener.onEpochEnd(network));
        network.incrementEpochCount();
      }
    }
    assertNotEquals(before, alone.params());
    assertSameBits(alone.params(), watched.params());
    assertSameBits(alone.updaterState(), watched.updaterState());
    assertEquals(2, first.size());
    assertEquals(first, reports);
  }

  private static MultiLayerNetwork images(PoolingType pooling) {
    return images(SpikeEncoding.poisson(6).build(), pooling);
  }

  private static MultiLayerNetwork images(SpikeEncoding encoding, PoolingType pooling) {
    return Networks.of(
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .updater(new Adam(0.01))
            .list()
            .layer(encoding)
            .layer(
                new SpikingConvolution2D.Builder(3, 3)
                    .name("conv")
                    .nOut(4)
                    .normalization(new CurrentNormalization())
                    .build())
            .layer(new SpikingPooling2D.Builder(pooling, 2, 2).name("pool").build())
            .layer(new SpikingDense.Builder().name("dense").nOut(8).threshold(0.5).build())
            .layer(softmax())
            .setInputType(InputType.convolutional(6, 6, 2))
            .build());
  }

  private static OutputLayer softmax() {
    return Networks.softmax(3);
  }

  private static DataSet images() {
    INDArray labels = Nd4j.zeros(4, 3);
    labels.getColumn(1).assign(1);
    return new DataSet(Nd4j.rand(7L, new long[] {4, 2, 6, 6}), labels);
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
  void shouldServeGraphs() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(10))
                .addLayer("encoding", SpikeEncoding.poisson(8).build(), "in")
                .addLayer("one", new SpikingDense.Builder().nOut(12).build(), "encoding")
                .addLayer("other", new SpikingDense.Builder().nOut(12).build(), "encoding")
                .addVertex("both", new SpikingAdd(), "one", "other")
                .addLayer("top", new SpikingDense.Builder().nOut(6).build(), "both")
                .addLayer("out", HalfRateNetwork.readOut(), "top")
                .setOutputs("out")
                .build());
    graph.init();
    graph.setListeners(everyMinibatch().build());
    DataSet minibatch = new DataSet(Nd4j.ones(6, 10).muli(0.5), Nd4j.ones(6, 2));
    graph.fit(minibatch);
    graph.getListeners().forEach(listener -> listener.onEpochEnd(graph));
    List<LayerHealth> layers = reports.get(0).layers();
    assertEquals(
        Set.of("one", "other", "top"),
        Set.copyOf(layers.stream().map(LayerHealth::layer).toList()));
    for (LayerHealth layer : layers) {
      assertTrue(layer.rates().mean() > 0, layer.layer());
      assertTrue(layer.gradientNorm().orElseThrow() > 0, layer.layer());
      assertTrue(layer.energy().orElseThrow().additions() > 0, layer.layer());
    }
    assertEquals(72, layers.get(2).energy().orElseThrow().multiplyAdds());
    graph.fit(minibatch); // the pass of inference left nothing behind
  }

  @Test
  void shouldCountTheSameInAGraphAsInASequence() {
    // Noise would depend on a layer's place.
    MultiLayerNetwork network = images(SpikeEncoding.direct(6).build(), PoolingType.AVG);
    ComputationGraph graph = network.toComputationGraph();
    INDArray features = images().getFeatures();
    assertEquals(
        SynapticOperations.count(network, features).stream()
            .map(SynapticOperations.OfLayer::additions)
            .toList(),
        SynapticOperations.count(graph, features).stream()
            .map(SynapticOperations.OfLayer::additions)
            .toList());
  }

  @Test
  void shouldSayNothingOfAnEpochThatItDidNotSee() {
    MultiLayerNetwork network = HalfRateNetwork.network(new Sgd(0), true);
    SpikeHealthListener listener = everyMinibatch().build();
    listener.onEpochStart(network);
    listener.onEpochEnd(network);
    assertEquals(List.of(), reports);
  }

  @Test
  void shouldRefuseANetworkWithoutSpikingLayers() {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(HalfRateNetwork.readOut())
                .setInputType(InputType.feedForward(1))
                .build());
    network.setListeners(everyMinibatch().build());
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> network.fit(HalfRateNetwork.minibatch()));
    assertEquals("network must have a spiking layer to watch, got none", error.getMessage());
  }

  @Test
  void shouldLogATableOfItsOwnAccord() {
    try (LogOf log = new LogOf(HealthTable.class)) {
      MultiLayerNetwork network = HalfRateNetwork.network(new Sgd(0), true);
      network.setListeners(new SpikeHealthListener());
      network.fit(HalfRateNetwork.minibatches(2));
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
}
