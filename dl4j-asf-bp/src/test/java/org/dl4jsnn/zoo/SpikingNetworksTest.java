package org.dl4jsnn.zoo;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.Networks;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.asf.RateBackprop;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.ReadOutActivation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class SpikingNetworksTest {

  /** What a configuration says, one line per layer. */
  private static List<String> described(MultiLayerConfiguration configuration) {
    List<String> lines = new ArrayList<>();
    for (NeuralNetConfiguration conf : configuration.getConfs()) {
      if (conf.getLayer() instanceof BaseSpikingLayer layer) {
        SpikingNeuron neuron = (SpikingNeuron) layer.getNeuron();
        lines.add(
            layer.getLayerName()
                + (layer.hasNeurons()
                    ? ": θ " + neuron.threshold() + ", λ " + neuron.leak()
                    : ": no neurons"));
      } else if (conf.getLayer() instanceof SpikeEncoding encoding) {
        lines.add(encoding.getEncoder().toString());
      }
    }
    return lines;
  }

  @Test
  void shouldDropNeuronsInFrontOfFullyConnectedLayers() {
    MultiLayerConfiguration configuration =
        SpikingNetworks.lenet5().layers("4C3-AP2-6-5").dropout(0.7).configuration();
    List<String> names =
        configuration.getConfs().stream().map(conf -> conf.getLayer().getLayerName()).toList();
    assertEquals(
        List.of(
            "encoding",
            "conv1",
            "pool1",
            "dense-dropout",
            "dense",
            "dense2-dropout",
            "dense2",
            "readout-dropout",
            "readout"),
        names);
    SpikingDropout dropout =
        assertInstanceOf(SpikingDropout.class, configuration.getConf(3).getLayer());
    assertEquals(0.7, dropout.getRetain());
    assertBegins("retain must be", () -> SpikingNetworks.vgg7().dropout(0));
  }

  @Test
  void shouldHaveThePublishedValuesForMnist() {
    MultiLayerConfiguration configuration = SpikingNetworks.lenet5().configuration();
    assertEquals(
        List.of(
            "Poisson, T 100, gain 0.5",
            "conv1: θ 1.0, λ 1.0",
            "pool1: θ 0.75, λ 1.0",
            "conv2: θ 1.0, λ 1.0",
            "pool2: θ 0.75, λ 1.0",
            "dense: θ 1.0, λ 1.0"),
        described(configuration));
    assertEquals(new Adam(8.5e-4), updater(configuration, 1));
    assertEquals(new AsfBackprop(), layer(configuration, 1).getBackprop());
    assertInstanceOf(LossL2.class, readOut(configuration).getLossFn());
    assertFalse(configuration.getConf(0).isMiniBatch());
  }

  @Test
  void shouldHaveThePublishedValuesForCifar10() {
    MultiLayerConfiguration configuration = SpikingNetworks.vgg7().configuration();
    assertEquals(
        List.of(
            "Poisson, T 100, gain 1.0",
            "conv1: θ 2.0, λ 1.0",
            "conv2: θ 2.0, λ 1.0",
            "pool1: θ 0.75, λ 1.0",
            "conv3: θ 2.0, λ 1.0",
            "conv4: θ 2.0, λ 1.0",
            "conv5: θ 2.0, λ 1.0",
            "pool2: no neurons",
            "dense: θ 2.0, λ 1.0"),
        described(configuration));
    assertEquals(new Adam(5e-4), updater(configuration, 1));
    assertEquals(new ReadOutActivation(2), readOut(configuration).getActivationFn());
  }

  @Test
  void shouldHaveThePublishedShapesForCifar10Dvs() {
    MultiLayerNetwork network = SpikingNetworks.vgg7Dvs().steps(2).init();
    INDArray frames = Nd4j.zeros(1, 2, 2, 42, 42);
    List<INDArray> rates = network.feedForward(frames);
    assertEquals("[1, 256, 10, 10]", Arrays.toString(rates.get(8).shape()));
    assertEquals(1, layer(network.getLayerWiseConfigurations(), 1).getNeuron().threshold());
    assertEquals(new Adam(5e-4), updater(network.getLayerWiseConfigurations(), 1));
  }

  @Test
  void shouldEqualTheHandWrittenNetwork() {
    MultiLayerNetwork ready = SpikingNetworks.lenet5().steps(5).seed(3).init();
    MultiLayerConfiguration byHand =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .updater(new Adam(8.5e-4))
            .l2(5e-4)
            .miniBatch(false)
            .list()
            .layer(SpikeEncoding.poisson(5).gain(0.5).build())
            .layer(new SpikingConvolution2D.Builder(5, 5).nOut(20).build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).build())
            .layer(new SpikingConvolution2D.Builder(5, 5).nOut(50).build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).build())
            .layer(new SpikingDense.Builder().nOut(200).build())
            .layer(
                new OutputLayer.Builder(new LossL2())
                    .nOut(10)
                    .activation(new ReadOutActivation(1))
                    .weightInit(WeightInit.RELU)
                    .hasBias(false)
                    .build())
            .setInputType(InputType.convolutionalFlat(28, 28, 1))
            .build();
    AsfBackprop.applyTo(byHand);
    MultiLayerNetwork written = Networks.of(byHand);
    INDArray pixels = Nd4j.rand(4, 784);
    INDArray labels = Nd4j.eye(10).get(NDArrayIndex.interval(0, 4));
    for (MultiLayerNetwork network : List.of(ready, written)) {
      network.fit(pixels, labels);
    }
    assertSameBits(written.params(), ready.params());
    assertSameBits(written.output(pixels), ready.output(pixels));
  }

  @Test
  void shouldSetEverythingByName() {
    MultiLayerConfiguration configuration =
        SpikingNetworks.lenet5()
            .layers("4C3-AP2-6-5")
            .input(InputType.convolutional(8, 8, 3))
            .classes(7)
            .steps(9)
            .direct()
            .gain(2)
            .threshold(1.5)
            .poolingThreshold(0.5)
            .leak(0.9)
            .reset(Reset.bySubtraction())
            .normalization(new CurrentNormalization())
            .backprop(new RateBackprop())
            .loss(ReadOutLoss.CROSS_ENTROPY)
            .updater(new Sgd(0.1))
            .l2(1e-3)
            .seed(11)
            .configuration();
    assertEquals(
        List.of(
            "direct, T 9, gain 2.0",
            "conv1: θ 1.5, λ 0.9",
            "pool1: θ 0.5, λ 1.0",
            "dense: θ 1.5, λ 0.9",
            "dense2: θ 1.5, λ 0.9"),
        described(configuration));
    assertEquals(
        Reset.bySubtraction(), ((SpikingNeuron) layer(configuration, 1).getNeuron()).reset());
    assertEquals(new RateBackprop(), layer(configuration, 1).getBackprop());
    assertEquals(new Sgd(0.1), updater(configuration, 1));
    assertEquals(11, configuration.getConf(0).getSeed());
    assertEquals(7, readOut(configuration).getNOut());
    assertInstanceOf(LossMCXENT.class, readOut(configuration).getLossFn());
    MultiLayerNetwork network = Networks.of(configuration);
    assertEquals(4, network.getLayer(1).getParam("gamma").length());
  }

  @Test
  void shouldMakeNewNetworks() {
    ImageNetwork builder = SpikingNetworks.mlp(6).input(InputType.feedForward(5)).classes(2);
    MultiLayerNetwork first = builder.init();
    MultiLayerNetwork second = builder.init();
    assertSameBits(first.params(), second.params());
    assertNotEquals(first.params(), builder.seed(2).init().params());
    first.params().addi(1);
    assertNotEquals(first.params(), second.params());
  }

  @Test
  void shouldNameWhatItCannotTake() {
    assertInvalid("steps must be a whole number of at least 1, got 0", b -> b.steps(0));
    assertInvalid("gain must be positive and finite, got 0.0", b -> b.gain(0));
    assertInvalid("threshold must be positive and finite, got -1.0", b -> b.threshold(-1));
    assertInvalid(
        "poolingThreshold must be positive and finite, got NaN", b -> b.poolingThreshold(0d / 0));
    assertInvalid("leak must be above 0 and at most 1, got 1.1", b -> b.leak(1.1));
    assertInvalid("l2 must be 0 or more, got -0.1", b -> b.l2(-0.1));
    assertInvalid("l2 must be finite, got NaN", b -> b.l2(Double.NaN));
    assertInvalid("classes must be a whole number of at least 1, got 0", b -> b.classes(0));
    assertInvalid("updater must be given, got null", b -> b.updater(null));
    assertInvalid("gradient rule must be given, got null", b -> b.backprop(null));
    assertInvalid("loss must be given, got null", b -> b.loss(null));
    assertInvalid(
        "number of hidden layers must be a whole number of at least 1, got 0",
        b -> SpikingNetworks.mlp());
    assertInvalid(
        "neurons of a hidden layer must be a whole number of at least 1, got -5",
        b -> SpikingNetworks.mlp(10, -5));
    assertInvalid("frames must be given, got null", b -> SpikingNetworks.vgg7Dvs().frames(null));
  }

  @Test
  void shouldTakeFramesOfAnyShape() {
    MultiLayerNetwork network =
        SpikingNetworks.vgg7Dvs()
            .layers("4C3-AP2-6")
            .frames(FeatureShape.image(2, 8, 8))
            .steps(3)
            .classes(4)
            .init();
    assertEquals(4, network.output(Nd4j.ones(2, 2, 3, 8, 8)).size(1));
  }

  private static void assertInvalid(String message, Function<ImageNetwork, Object> setting) {
    ImageNetwork builder = SpikingNetworks.lenet5();
    assertMessage(message, () -> setting.apply(builder));
  }

  private static BaseSpikingLayer layer(MultiLayerConfiguration configuration, int index) {
    return (BaseSpikingLayer) configuration.getConf(index).getLayer();
  }

  private static Object updater(MultiLayerConfiguration configuration, int index) {
    return layer(configuration, index).getUpdaterByParam("W");
  }

  private static OutputLayer readOut(MultiLayerConfiguration configuration) {
    int last = configuration.getConfs().size() - 1;
    return (OutputLayer) configuration.getConf(last).getLayer();
  }

  @Test
  void shouldBeginAtAShareOfTheThreshold() {
    MultiLayerConfiguration configuration =
        SpikingNetworks.vgg7()
            .initialMembraneShare(0.5)
            .poolingReset(Reset.bySubtraction())
            .configuration();
    BaseSpikingLayer convolution = (BaseSpikingLayer) configuration.getConf(1).getLayer();
    BaseSpikingLayer pooling = (BaseSpikingLayer) configuration.getConf(3).getLayer();
    assertEquals(new SpikingNeuron(2, 1, Reset.toZero(), 1), convolution.getNeuron());
    assertEquals(new SpikingNeuron(0.75, 1, Reset.bySubtraction(), 0.375), pooling.getNeuron());
  }

  @Test
  void shouldDecayWeightsInPlaceOfL2() {
    SpikingConvolution2D layer =
        (SpikingConvolution2D)
            SpikingNetworks.vgg7().weightDecay(0.05).configuration().getConf(1).getLayer();
    assertEquals(List.of(new WeightDecay(0.05, true)), layer.getRegularization());
    assertThrows(IllegalArgumentException.class, () -> SpikingNetworks.vgg7().weightDecay(-0.1));
  }

  @Test
  void shouldHavePretrainedWeightsOfDigitsOnly() {
    assertRefused(
        IllegalStateException.class,
        () -> SpikingNetworks.vgg7().pretrained(),
        "which only SpikingNetworks.lenet5() has, got 64C3");
  }

  @Test
  void shouldRefuseSettingsThatATrainedNetworkIgnores() {
    ImageNetwork changed = SpikingNetworks.lenet5().steps(20);
    assertRefused(
        IllegalStateException.class, changed::pretrained, "For another T, use TimeSteps.change");
    assertEquals(6, SpikingNetworks.lenet5().steps(100).pretrained().getnLayers() - 1);
  }
}
