package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.deploy.NormalizationFolding;
import org.dl4jsnn.deploy.QuantizationReport;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** What the guide promises of its code. */
class GuideTest {

  private static final NoiseKey NO_NOISE = NoiseKey.inference(1);

  @Test
  void shouldHaveTheSameWeightsBeforeAndAfterTheConversion() {
    MultiLayerNetwork conventional = new MultiLayerNetwork(TrainedConversion.conventional(1));
    conventional.init();
    MultiLayerNetwork spiking = TrainedConversion.watched(1);
    // One layer more in front, and a slope for each spiking layer.
    assertEquals(conventional.getnLayers() + 1, spiking.getnLayers());
    for (int i = 0; i < conventional.getnLayers(); i++) {
      INDArray weights = conventional.getLayer(i).paramTable().get("W");
      if (weights != null) {
        assertArrayEquals(weights.shape(), spiking.getLayer(i + 1).getParam("W").shape());
      }
    }
    INDArray digits = Nd4j.rand(2, 784);
    assertArrayEquals(new long[] {2, 10}, spiking.output(digits).shape());
    assertArrayEquals(new long[] {2, 10}, conventional.output(digits).shape());
  }

  @Test
  void shouldTrainThePublishedNetwork() {
    DataSet images = new DataSet(Nd4j.rand(2, 784), Nd4j.eye(10).getRows(3, 7));
    MultiLayerNetwork trained = LayerChoices.train(new ExistingDataSetIterator(List.of(images)), 1);
    MultiLayerNetwork untrained = new MultiLayerNetwork(trained.getLayerWiseConfigurations());
    untrained.init();
    assertNotEquals(untrained.params(), trained.params());
    // Over an identity, which Deeplearning4j would refuse without the rule.
    Evaluation evaluation = trained.evaluate(new ExistingDataSetIterator(List.of(images)));
    assertEquals(2, evaluation.getNumRowCounter());
  }

  @Test
  void shouldHaveReadyNetworksOfOtherLayers() {
    assertEquals(2, LayerChoices.configurations().size());
  }

  @Test
  void shouldTrainAPretrainedNetworkFurther() {
    Digits digits = MnistFiles.embedded().training().range(0, 128);
    MultiLayerNetwork network = LayerChoices.trainFurther(digits.inOrder(32));
    MultiLayerNetwork untouched =
        NormalizationFolding.unfold(
            SpikingNetworks.lenet5().pretrained(), new CurrentNormalization(), digits.inOrder(32));
    assertNotEquals(untouched.getLayer(1).getParam("W"), network.getLayer(1).getParam("W"));
    assertTrue(network.evaluate(digits.inOrder(32)).accuracy() > 0.98);
  }

  @Test
  void shouldFireForItsRhythmOnly() {
    double sixSteps = 2 * Math.PI / 6;
    ResonateAndFire resonating = new ResonateAndFire(0.8, sixSteps, 0.95);
    assertEquals(3, spikes(resonating, 6));
    for (int other : new int[] {2, 3, 4, 5, 7, 9}) {
      assertEquals(0, spikes(resonating, other), "every " + other);
    }
  }

  /** Spikes for currents of 0.5 that come every so many steps. */
  private static int spikes(ResonateAndFire resonating, int period) {
    Neurons neuron = Neurons.of(resonating, 1, 1);
    int spikes = 0;
    for (int step = 0; step < 60; step++) {
      float[] excess = new float[1];
      neuron.variable(0)[0] += step % period == 0 ? 0.5f : 0;
      resonating.excess(neuron, excess);
      neuron.clearFired();
      if (excess[0] > 0) {
        neuron.fire(0);
        spikes++;
      }
      resonating.reset(neuron);
    }
    return spikes;
  }

  @Test
  void shouldBuildTheNeuronsThatItShows() {
    assertEquals(3, LayerChoices.neurons().size());
    List<BaseSpikingLayer> learning = LayerChoices.learningNeurons();
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(SpikeEncoding.direct(4).build())
                .layer(learning.get(0))
                .layer(learning.get(1))
                .layer(new OutputLayer.Builder(new LossMCXENT()).nOut(2).build())
                .setInputType(InputType.convolutional(4, 4, 1))
                .build());
    network.init();
    double[] leaks = LayerChoices.learned(network, 1).get(1).ofChannels(32);
    assertArrayEquals(new double[] {0.9, 0.9}, Arrays.copyOf(leaks, 2), 1e-6);
    assertEquals(0.7, LayerChoices.learned(network, 2).get(3).mean(), 1e-6);
  }

  @Test
  void shouldSpreadSpikesEvenly() {
    INDArray features = Nd4j.create(new float[] {0, 0.25f, 0.5f, 1}, new long[] {1, 4}, 'c');
    SpikeTrain train = new EvenSpikes(8).encode(features, NO_NOISE);
    assertArrayEquals(new float[] {0, 2, 4, 8}, train.totals());
    assertThrows(
        IllegalArgumentException.class,
        () -> new EvenSpikes(8).encode(features.add(0.5), NO_NOISE));
    assertThrows(
        IllegalArgumentException.class,
        () -> {
          INDArray missing = Nd4j.create(new float[] {0, Float.NaN}, new long[] {1, 2}, 'c');
          new EvenSpikes(8).encode(missing, NO_NOISE);
        });
  }

  @Test
  void shouldLearnWithACustomEncoderNeuronAndRule() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(0.02))
            .list()
            .layer(SpikeEncoding.by(new EvenSpikes(10)).build())
            .layer(
                new SpikingDense.Builder()
                    .nOut(20)
                    .neuron(new ResonateAndFire(0.3, 0.8, 0.9))
                    .build())
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.feedForward(4))
            .build();
    BackpropRules.apply(configuration, new FixedSlope());
    assertEquals(configuration, MultiLayerConfiguration.fromJson(configuration.toJson()));
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    DataSet data = larger();
    double before = network.score(data);
    for (int i = 0; i < 60; i++) {
      network.fit(data);
    }
    assertTrue(network.score(data) < before / 2, before + " became " + network.score(data));
  }

  @Test
  void shouldPutCustomPartsToUse() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(CustomParts.encoding())
            .layer(CustomParts.learning())
            .layer(CustomParts.resonating())
            .layer(new OutputLayer.Builder(new LossMCXENT()).nOut(2).build())
            .setInputType(InputType.feedForward(4))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    BaseSpikingLayer learning = (BaseSpikingLayer) network.getLayer(1).conf().getLayer();
    double[] angles =
        learning.learnedNeuron(network.getLayer(1).paramTable()).parameters().stream()
            .filter(parameter -> parameter.name().equals("angle"))
            .findFirst()
            .orElseThrow()
            .ofChannels(100);
    assertEquals(100, angles.length);
    assertEquals(0.8, angles[99], 1e-6);
    MultiLayerConfiguration ruled =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(CustomParts.encoding())
            .layer(CustomParts.resonating())
            .layer(new OutputLayer.Builder(new LossMCXENT()).nOut(2).build())
            .setInputType(InputType.feedForward(4))
            .build();
    CustomParts.apply(ruled);
    assertEquals(new FixedSlope(), ((BaseSpikingLayer) ruled.getConf(1).getLayer()).getBackprop());
  }

  @Test
  void shouldTrainInParallel() {
    MultiLayerNetwork network = SpikingNetworks.mlp(20).steps(5).updater(new Adam(1e-3)).init();
    List<DataSet> digits = brightened();
    double before = loss(network, digits);
    ParallelTraining.average(network, new ExistingDataSetIterator(digits), 2, 3);
    assertEquals(3, network.getEpochCount());
    assertEquals(12, network.getIterationCount());
    double averaged = loss(network, digits);
    assertTrue(averaged < before, before + " became " + averaged);
    ParallelTraining.share(network, new ExistingDataSetIterator(digits), 1e-3);
    double shared = loss(network, digits);
    assertTrue(shared < averaged, averaged + " became " + shared);
  }

  @Test
  void shouldMakeAChipOfATrainedNetwork(@TempDir Path folder) throws IOException {
    MultiLayerNetwork network = SpikingNetworks.mlp(20).steps(5).seed(2).init();
    QuantizationReport report =
        Deployment.report(network, new ExistingDataSetIterator(brightened()), folder);
    assertEquals(1, report.layers().size());
    assertTrue(report.agreement() > 0.9, report.toString());
    assertTrue(Files.exists(folder.resolve("1.threshold.npy")));
  }

  private static double loss(MultiLayerNetwork network, List<DataSet> minibatches) {
    return minibatches.stream().mapToDouble(network::score).average().orElseThrow();
  }

  /** Each class brightens pixels of its own; the rest is dim noise. */
  private static List<DataSet> brightened() {
    Nd4j.getRandom().setSeed(5);
    INDArray labels = Nd4j.tile(Nd4j.eye(10), 16, 1);
    INDArray bright = Nd4j.rand(10, 784).gt(0.8).castTo(labels.dataType());
    INDArray features = Nd4j.rand(160, 784).mul(0.2).add(labels.mmul(bright).mul(0.8));
    return new DataSet(features, labels).batchBy(20);
  }

  /** Which of the first two features is the larger one. */
  private static DataSet larger() {
    Nd4j.getRandom().setSeed(7);
    INDArray features = Nd4j.rand(64, 4);
    float[] first = features.getColumn(0).dup().data().asFloat();
    float[] second = features.getColumn(1).dup().data().asFloat();
    INDArray labels = Nd4j.zeros(64, 2);
    for (int i = 0; i < first.length; i++) {
      labels.putScalar(i, first[i] > second[i] ? 1 : 0, 1);
    }
    assertTrue(Arrays.stream(labels.sum(0).toDoubleVector()).allMatch(count -> count > 16));
    return new DataSet(features, labels);
  }
}
