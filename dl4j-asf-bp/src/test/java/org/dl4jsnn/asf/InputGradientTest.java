package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.ReadOutActivation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.encode.LatencyEncoder;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.encode.TuningCurves;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * Settings of encodings: a network whose encoding asks for no gradient of the features learns the
 * same.
 */
class InputGradientTest {

  private static final DataSet IMAGES = SmallNetworks.images(5, 7);

  static Stream<BackpropRule> rules() {
    return Stream.of(new AsfBackprop(), new RateBackprop(), new SpatioTemporalBackprop());
  }

  private static MultiLayerNetwork network(
      BackpropRule rule, CurrentNormalization normalization, double retain, boolean wanted) {
    MultiLayerConfiguration configuration =
        Networks.list(
                SmallNetworks.settings(),
                InputType.convolutionalFlat(8, 8, 1),
                SpikeEncoding.poisson(6).inputGradient(wanted).build(),
                new SpikingDropout.Builder().retain(retain).build(),
                new SpikingConvolution2D.Builder(3, 3)
                    .nOut(4)
                    .normalization(normalization)
                    .backprop(rule)
                    .build(),
                new SpikingDense.Builder().nOut(6).backprop(rule).build(),
                new OutputLayer.Builder(new LossL2())
                    .nOut(3)
                    .activation(new ReadOutActivation(0.8))
                    .build())
            .build();
    return Networks.of(configuration);
  }

  private static Pair<Gradient, INDArray> gradients(MultiLayerNetwork network) {
    return network.calculateGradients(IMAGES.getFeatures(), IMAGES.getLabels(), null, null);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldLearnTheSame(BackpropRule rule) {
    for (CurrentNormalization normalization :
        new CurrentNormalization[] {null, new CurrentNormalization()}) {
      for (double retain : new double[] {1, 0.7}) {
        Pair<Gradient, INDArray> expected = gradients(network(rule, normalization, retain, true));
        Pair<Gradient, INDArray> actual = gradients(network(rule, normalization, retain, false));
        assertEquals(expected.getFirst().gradient(), actual.getFirst().gradient());
        assertTrue(expected.getSecond().amaxNumber().doubleValue() > 0);
        assertEquals(0, actual.getSecond().amaxNumber().doubleValue());
      }
    }
  }

  @Test
  void shouldComputeNoGradientThatIsZero() {
    assertFalse(SpikeEncoding.latency(3).build().hasInputGradient());
    assertFalse(SpikeEncoding.delta(1).build().hasInputGradient());
    assertFalse(SpikeEncoding.latency(3).population(4, 0, 1).build().hasInputGradient());
    assertTrue(SpikeEncoding.direct(3).population(4, 0, 1).build().hasInputGradient());
  }

  @Test
  void shouldMakeTheEncodersThatItsSettingsName() {
    assertEquals(
        LatencyEncoder.linear(7).withGain(2),
        SpikeEncoding.latency(7).gain(2).build().getEncoder());
    assertEquals(
        LatencyEncoder.logarithmic(7), SpikeEncoding.logarithmicLatency(7).build().getEncoder());
    assertEquals(SpikeEncoder.delta(0.2), SpikeEncoding.delta(0.2).build().getEncoder());
    assertEquals(
        SpikeEncoder.population(new TuningCurves(5, -1, 1), LatencyEncoder.linear(7).withGain(2)),
        SpikeEncoding.latency(7).gain(2).population(5, -1, 1).build().getEncoder());
  }
}
