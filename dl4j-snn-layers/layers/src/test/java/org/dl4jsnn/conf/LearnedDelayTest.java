package org.dl4jsnn.conf;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.distribution.ConstantDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.Networks;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.internal.layer.LearnedDelayLayer;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class LearnedDelayTest {

  private static final int LONGEST = 30;

  /** The first and the last as far apart as delays can be, so that no other delays coincide. */
  private static final int[] PLANTED = {0, 30, 7, 22, 13, 18};

  private static final int STEPS = 70;

  private static LearnedDelay delay(double from, double to, int iterations) {
    return new LearnedDelay.Builder(LONGEST)
        .name("delay")
        .width(new NarrowingWidth(from, to, iterations))
        .updater(new Adam(1e-2))
        .build();
  }

  private static MultiLayerNetwork network(Layer delay) {
    return Networks.of(
        Networks.list(
                Networks.seeded(2),
                InputType.recurrent(PLANTED.length, STEPS),
                SpikeEncoding.frames().build(),
                delay,
                new LeakyReadOut.Builder()
                    .nOut(2)
                    .leak(0.2)
                    .reads(MembraneReadOut.MAXIMUM)
                    .hasBias(true)
                    .weightInit(new ConstantDistribution(2))
                    .updater(new Sgd(0))
                    .biasUpdater(new Adam(3e-2))
                    .build(),
                new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build())
            .build());
  }

  /** Of the second class, spikes that come together after the planted delays. */
  private static DataSet samples(int count, Random random) {
    float[][][] spikes = new float[count][PLANTED.length][STEPS];
    float[][] labels = new float[count][2];
    for (int sample = 0; sample < count; sample++) {
      labels[sample][sample % 2] = 1;
      int last = random.nextInt(8) + LONGEST;
      for (int k = 0; k < PLANTED.length; k++) {
        int delay = sample % 2 == 1 ? PLANTED[k] : random.nextInt(LONGEST + 1);
        spikes[sample][k][last - delay] = 1;
      }
    }
    return new DataSet(Nd4j.create(spikes), Nd4j.create(labels));
  }

  @Test
  void shouldRecoverPlantedDelays() {
    MultiLayerNetwork network = network(delay(15, 0.3, 600));
    INDArray weights = network.getLayer(2).getParam("W");
    weights.getColumn(0).assign(-2);
    Random random = new Random(2);
    for (int i = 0; i < 700; i++) {
      network.fit(samples(40, random));
    }
    assertArrayEquals(PLANTED, ((LearnedDelayLayer) network.getLayer(1)).rounded());
    DataSet unseen = samples(200, random);
    INDArray answers = network.output(unseen.getFeatures()).argMax(1);
    assertEquals(unseen.getLabels().argMax(1), answers);
  }

  @Test
  void shouldDelayByWholeStepsInInference(@TempDir Path folder) throws Exception {
    MultiLayerNetwork learned = network(delay(4, 0.3, 10));
    Random random = new Random(4);
    learned.fit(samples(20, random));
    int[] steps = ((LearnedDelayLayer) learned.getLayer(1)).rounded();
    MultiLayerNetwork given = network(new SpikingDelay.Builder().steps(steps).build());
    given.getLayer(2).setParams(learned.getLayer(2).params());
    INDArray features = samples(20, random).getFeatures();
    assertEquals(given.output(features), learned.output(features));

    File file = folder.resolve("delays.zip").toFile();
    ModelSerializer.writeModel(learned, file, true);
    MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(file, true);
    assertEquals(learned.params(), restored.params());
    assertEquals(learned.output(features), restored.output(features));
    learned.fit(samples(20, new Random(5)));
    restored.fit(samples(20, new Random(5)));
    assertEquals(learned.params(), restored.params());
  }

  @Test
  void shouldKeepDelaysThatAreFrozen() {
    MultiLayerNetwork network = network(new FrozenLayerWithBackprop(delay(4, 0.3, 10)));
    INDArray before = network.getLayer(1).params().dup();
    INDArray bias = network.getLayer(2).getParam("b").dup();
    network.fit(samples(20, new Random(6)));
    assertEquals(before, network.getLayer(1).params());
    assertNotEquals(bias, network.getLayer(2).getParam("b"));
  }

  @Test
  void shouldSurviveJsonAndCloning() {
    MultiLayerConfiguration configuration = network(delay(4, 0.3, 10)).getLayerWiseConfigurations();
    assertEquals(configuration, MultiLayerConfiguration.fromJson(configuration.toJson()));
    assertEquals(configuration, configuration.clone());
    LearnedDelay delay = (LearnedDelay) configuration.getConf(1).getLayer();
    assertEquals(LONGEST, delay.getLongest());
    assertEquals(new NarrowingWidth(4, 0.3, 10), delay.getWidth());
  }

  @Test
  void shouldNarrowFromMinibatchToMinibatch() {
    NarrowingWidth width = new NarrowingWidth(8, 0.5, 4);
    double[] expected = {8, 4, 2, 1, 0.5, 0.5};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], width.valueAt(i, 0), 1e-12);
    }
  }

  @Test
  void shouldKeepDelaysWithinTheLongest() {
    MultiLayerNetwork network = network(delay(4, 0.3, 10));
    network.getLayer(1).setParam("delay", Nd4j.create(new double[] {-1, 2, 0.5, 0, 1, 0.25}));
    int[] rounded = ((LearnedDelayLayer) network.getLayer(1)).rounded();
    assertArrayEquals(new int[] {0, 30, 15, 0, 30, 8}, rounded);
    network.getLayer(1).applyConstraints(0, 0);
    assertTrue(network.getLayer(1).getParam("delay").maxNumber().doubleValue() <= 1);
  }

  @Test
  void shouldRefuseWhatCannotBeLearned() {
    assertRefused(
        () -> new LearnedDelay.Builder(0),
        "longest delay must be a whole number of at least 1, got 0");
    assertRefused(() -> new LearnedDelay.Builder(3).build(), "width must be given, got null");
    assertRefused(
        () -> new NarrowingWidth(1, 0, 5), "last width must be positive and finite, got 0.0");
  }

  /** Rates do not change with delays. */
  @Test
  void shouldRefuseRulesOfRatesAbove() {
    BackpropRule rule = new FixedRates();
    MultiLayerNetwork network =
        Networks.of(
            Networks.list(
                    Networks.seeded(2),
                    InputType.recurrent(PLANTED.length, STEPS),
                    SpikeEncoding.frames().build(),
                    delay(4, 0.3, 10),
                    new SpikingDense.Builder().nOut(3).backprop(rule).build(),
                    Networks.softmax(2))
                .build());
    assertRefused(
        () -> network.fit(samples(4, new Random(1))),
        "layer 'delay' (LearnedDelay): the layers above must learn by a rule in time");
  }

  /** A rule of rates in its simplest form. */
  private static final class FixedRates implements BackpropRule {

    private static final long serialVersionUID = 1L;

    @Override
    public INDArray backprop(org.dl4jsnn.gradient.LayerPass pass, INDArray rateGradient) {
      return pass.propagate(pass.gate(rateGradient, 1));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof FixedRates;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }
}
