package org.dl4jsnn.conf;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.dl4jsnn.Networks;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** What a read-out in time declares, refuses, and keeps when it is saved. */
class LeakyReadOutTest {

  private static final int STEPS = 6;

  private static LeakyReadOut.Builder readOut() {
    return new LeakyReadOut.Builder().nOut(3);
  }

  private static MultiLayerConfiguration configuration(Layer... layers) {
    List<Layer> all = new ArrayList<>(List.of(SpikeEncoding.poisson(STEPS).build()));
    all.addAll(List.of(layers));
    return Networks.list(
            Networks.seeded(1).updater(new Adam(1e-2)),
            InputType.convolutional(4, 5, 2),
            all.toArray(Layer[]::new))
        .build();
  }

  private static MultiLayerNetwork network(Layer... layers) {
    return Networks.of(configuration(layers));
  }

  private static Layer loss(MembraneReadOut reads) {
    return reads == MembraneReadOut.COURSE
        ? new RnnLossLayer.Builder(new LossMSE()).activation(Activation.IDENTITY).build()
        : new LossLayer.Builder(new LossMSE()).activation(Activation.IDENTITY).build();
  }

  @ParameterizedTest
  @EnumSource
  void shouldHandOnWhatItReads(MembraneReadOut reads) {
    MultiLayerNetwork network =
        network(
            new SpikingConvolution2D.Builder(3, 3).nOut(4).build(),
            readOut().reads(reads).build(),
            loss(reads));
    INDArray output = network.output(Nd4j.rand(7, 2, 4, 5));
    long[] expected =
        reads == MembraneReadOut.COURSE ? new long[] {7, 3, STEPS} : new long[] {7, 3};
    assertArrayEquals(expected, output.shape());
    assertEquals(80, ((LeakyReadOut) network.getLayer(2).conf().getLayer()).getNIn());
  }

  @Test
  void shouldGiveLayersAfterItTheirInputTypes() {
    InputType vector = InputType.feedForward(12);
    assertEquals(InputType.feedForward(3), readOut().build().getOutputType(0, vector));
    LeakyReadOut course = readOut().reads(MembraneReadOut.COURSE).build();
    assertEquals(InputType.recurrent(3), course.getOutputType(0, vector));
  }

  @Test
  void shouldRefuseInvalidSettings() {
    assertBegins("leak must be from 0 to 1, got 1.5", () -> readOut().leak(1.5).build());
    assertBegins("leak must be from 0 to 1, got NaN", () -> readOut().leak(Double.NaN).build());
    assertBegins("leak must be from 0 to 1, got -0.1", () -> readOut().leaks(1, -0.1, 0).build());
    assertBegins(
        "leaks must be one for each of nOut = 3 neurons, got 2",
        () -> readOut().leaks(1, 0.5).build());
    assertBegins(
        "leak must be unset if leaks are set per neuron, got 0.5 and [0.5, 0.5, 0.5]",
        () -> readOut().leak(0.5).leaks(0.5, 0.5, 0.5).build());
    assertBegins(
        "synaptic decay must be from 0 to 1, got 2.0", () -> readOut().synapticDecay(2).build());
    assertBegins(
        "number of values of synaptic decay must be a whole number of at least 1, got 0",
        () -> readOut().synapticDecay().build());
    assertBegins(
        "synaptic decays must be one for all neurons, or one for each of nOut = 3 neurons, got 2",
        () -> readOut().synapticDecay(0.5, 0.5).build());
    assertBegins("reads must be given, got null", () -> readOut().reads(null).build());
    assertBegins(
        "activation must not be set on a LeakyReadOut",
        () -> readOut().activation(Activation.RELU).build());
    assertRefused(
        DL4JInvalidConfigException.class,
        () -> network(new LeakyReadOut.Builder().build(), loss(MembraneReadOut.LAST)),
        "nOut must be a whole number of at least 1, got 0");
    assertRefused(
        DL4JInvalidConfigException.class,
        () -> network(readOut().dropOut(0.5).build(), loss(MembraneReadOut.LAST)),
        "dropOut must be unset");
    assertRefused(
        DL4JInvalidConfigException.class,
        () ->
            network(
                readOut().weightNoise(new DropConnect(0.5)).build(), loss(MembraneReadOut.LAST)),
        "weightNoise must be unset");
  }

  @Test
  void shouldBeRefusedWithoutSpikes() {
    assertRefused(
        DL4JInvalidConfigException.class,
        () -> configuration(new DenseLayer.Builder().nOut(4).build(), readOut().build()),
        "needs a spike train with its input");
    assertRefused(
        DL4JInvalidConfigException.class,
        () -> configuration(readOut().build(), new SpikingDense.Builder().nOut(4).build()),
        "needs a spike train with its input");
  }

  @Test
  void shouldSayInThePassThatItHasOtherInputs() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(SpikeEncoding.poisson(STEPS).build())
            .layer(readOut().nIn(12).build())
            .layer(loss(MembraneReadOut.LAST))
            .build();
    MultiLayerNetwork network = Networks.of(configuration);
    String message =
        assertThrows(DL4JInvalidInputException.class, () -> network.output(Nd4j.rand(2, 11)))
            .getMessage();
    assertTrue(
        message.endsWith("(LeakyReadOut): input must have 12 neurons, got 11 (11)"), message);
  }

  @Test
  void shouldKeepItsSettings() {
    LeakyReadOut layer = readOut().leak(0.25).reads(MembraneReadOut.MEAN).hasBias(true).build();
    MultiLayerConfiguration configuration = configuration(layer, loss(MembraneReadOut.MEAN));
    MultiLayerConfiguration restored = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertEquals(configuration, restored);
    LeakyReadOut kept = (LeakyReadOut) restored.getConf(1).getLayer();
    assertArrayEquals(new double[] {0.25}, kept.getLeaks());
    assertEquals(MembraneReadOut.MEAN, kept.getReads());
    assertTrue(kept.hasBias());
    for (LeakyReadOut other :
        List.of(
            readOut().leak(0.5).reads(MembraneReadOut.MEAN).hasBias(true).build(),
            readOut().leak(0.25).reads(MembraneReadOut.LAST).hasBias(true).build(),
            readOut().leak(0.25).reads(MembraneReadOut.MEAN).build())) {
      assertNotEquals(layer, other);
    }
  }

  @Test
  void shouldKeepLeaksOfNeuronsAndSynapticDecays() {
    LeakyReadOut layer =
        readOut().leaks(0.25, 0.5, 1).synapticDecay(0.75).reads(MembraneReadOut.MEAN).build();
    MultiLayerConfiguration configuration = configuration(layer, loss(MembraneReadOut.MEAN));
    MultiLayerConfiguration restored = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertEquals(configuration, restored);
    LeakyReadOut kept = (LeakyReadOut) restored.getConf(1).getLayer();
    assertArrayEquals(new double[] {0.25, 0.5, 1}, kept.getLeaks());
    assertArrayEquals(new double[] {0.75}, kept.getSynapticDecay().orElseThrow());
    for (LeakyReadOut.Builder other :
        List.of(
            readOut().leaks(0.25, 0.5, 1),
            readOut().leaks(0.25, 0.5, 1).synapticDecay(0.5),
            readOut().leaks(0.25, 0.25, 1).synapticDecay(0.75),
            readOut().leak(0.25).synapticDecay(0.75))) {
      assertNotEquals(layer, other.reads(MembraneReadOut.MEAN).build());
    }
  }

  @Test
  void shouldWriteNeitherIfOneLeakServesAll() {
    String json = configuration(readOut().leak(0.5).build(), loss(MembraneReadOut.LAST)).toJson();
    assertTrue(json.contains("\"leak\" : 0.5"), json);
    assertFalse(json.contains("leaks") || json.contains("synapticDecay"), json);
  }

  /** Deeplearning4j's transfer learning changes nOut of a built layer. */
  @Test
  void shouldRefuseLeaksOfAnotherNumberOfNeuronsThanItGot() {
    MultiLayerConfiguration configuration =
        configuration(readOut().leaks(0.25, 0.5, 1).build(), loss(MembraneReadOut.LAST));
    ((LeakyReadOut) configuration.getConf(1).getLayer()).setNOut(4);
    assertRefused(
        DL4JInvalidConfigException.class,
        () -> new MultiLayerNetwork(configuration).init(),
        "(LeakyReadOut): leaks must be one for each of nOut = 4 neurons, got 3");
  }

  @Test
  void shouldNotWriteMasksOfEncodingsThatHaveNone() {
    assertFalse(
        configuration(readOut().build(), loss(MembraneReadOut.LAST)).toJson().contains("masked"));
  }

  /** A frozen read-out leaves its weights and passes gradients on. */
  @Test
  void shouldNotChangeIfFrozen() {
    MultiLayerNetwork trained =
        network(
            new SpikingDense.Builder().nOut(6).threshold(0.2).build(),
            readOut().hasBias(true).build(),
            new OutputLayer.Builder(new LossMSE()).nOut(2).build());
    MultiLayerNetwork network =
        new TransferLearning.Builder(trained)
            .fineTuneConfiguration(new FineTuneConfiguration.Builder().seed(1).build())
            .setFeatureExtractor(2)
            .build();
    INDArray before = network.getLayer(2).params().dup();
    network.fit(Nd4j.rand(5, 2, 4, 5), Nd4j.rand(5, 2));
    assertSameBits(before, network.getLayer(2).params());
  }
}
