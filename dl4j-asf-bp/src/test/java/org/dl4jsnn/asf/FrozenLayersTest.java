package org.dl4jsnn.asf;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A frozen layer that passes gradients on passes the same ones on as a layer that learns. */
class FrozenLayersTest {

  private static final int STEPS = 6;
  private static final DataSet DATA = data();

  private static DataSet data() {
    Nd4j.getRandom().setSeed(1);
    return new DataSet(Nd4j.rand(5, 2, STEPS, 6, 6), Nd4j.rand(5, SmallNetworks.CLASSES));
  }

  private static INDArray gradient(MultiLayerNetwork network, String parameter) {
    Networks.backprop(network, DATA.getFeatures(), DATA.getLabels());
    return network.gradient().getGradientFor(parameter);
  }

  static Stream<BackpropRule> rules() {
    return Stream.of(new AsfBackprop(), new RateBackprop(), new SpatioTemporalBackprop());
  }

  private static MultiLayerNetwork network(
      BackpropRule rule, boolean frozen, CurrentNormalization normalization) {
    MultiLayerConfiguration configuration =
        Networks.list(
                SmallNetworks.settings().l2(0),
                InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, STEPS, 6, 6, 2),
                SpikeEncoding.frames().build(),
                new SpikingConvolution2D.Builder(3, 3).nOut(4).build(),
                frozen(new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build(), frozen),
                frozen(
                    new SpikingDense.Builder().nOut(6).normalization(normalization).build(),
                    frozen),
                new SpikingDense.Builder().nOut(6).build(),
                SmallNetworks.readOut())
            .build();
    BackpropRules.apply(configuration, rule);
    return Networks.of(configuration);
  }

  private static Layer frozen(Layer layer, boolean frozen) {
    return frozen ? new FrozenLayerWithBackprop(layer) : layer;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldPassOnTheGradientOfALayerThatLearns(BackpropRule rule) {
    MultiLayerNetwork learning = network(rule, false, null);
    MultiLayerNetwork frozen = network(rule, true, null);
    frozen.setParams(learning.params());
    for (String parameter : new String[] {"1_W", "4_W"}) {
      INDArray expected = gradient(learning, parameter);
      assertSameBits(expected, gradient(frozen, parameter), parameter);
    }
    frozen.fit(DATA);
  }

  /** At its start a frozen normalisation divides by one and adds nothing. */
  @ParameterizedTest
  @MethodSource("rules")
  void shouldPassGradientsThroughNormalisedLayers(BackpropRule rule) {
    MultiLayerNetwork plain = network(rule, true, null);
    MultiLayerNetwork normalised = network(rule, true, new CurrentNormalization());
    plain.paramTable().forEach((name, value) -> normalised.getParam(name).assign(value));
    INDArray expected = gradient(plain, "1_W");
    INDArray got = gradient(normalised, "1_W");
    assertEquals(0, expected.distance2(got) / expected.norm2Number().doubleValue(), 1e-3);

    INDArray mean = normalised.getParam("3_mean").dup();
    INDArray gain = normalised.getParam("3_gamma").dup();
    normalised.fit(DATA);
    assertEquals(mean, normalised.getParam("3_mean"));
    assertEquals(gain, normalised.getParam("3_gamma"));
  }
}
