package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.Reset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the settings do to a layer's gradient; by default only a hard reset is detached. */
class SpatioTemporalSettingsTest {

  private static final int STEPS = 12;
  private static final double THRESHOLD = 0.5;
  private static final SpatioTemporalBackprop RULE =
      new SpatioTemporalBackprop(Surrogate.arctan(1));

  /** The gradient of the weights of a layer whose neurons fire and are reset. */
  private static INDArray gradient(BackpropRule rule, Reset reset) {
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(3).dataType(DataType.DOUBLE),
            InputType.recurrent(3, STEPS),
            SpikeEncoding.frames().build(),
            new SpikingDense.Builder()
                .nOut(4)
                .threshold(THRESHOLD)
                .leak(0.75)
                .reset(reset)
                .backprop(rule)
                .build(),
            Networks.readOut(2));
    network.setParam("1_W", Nd4j.linspace(-0.25, 1, 12, DataType.DOUBLE).reshape(3, 4));
    Networks.backprop(
        network,
        Nd4j.linspace(0, 1, 2 * 3 * STEPS, DataType.DOUBLE).reshape(2, 3, STEPS),
        Nd4j.ones(DataType.DOUBLE, 2, 2));
    return network.gradient().getGradientFor("1_W").dup();
  }

  @Test
  void shouldDetachAHardResetOnly() {
    INDArray hard = gradient(RULE, Reset.toZero());
    assertEquals(gradient(RULE.withDetachedReset(), Reset.toZero()), hard);
    assertNotEquals(gradient(RULE.withAttachedReset(), Reset.toZero()), hard);
    INDArray soft = gradient(RULE, Reset.bySubtraction());
    assertEquals(gradient(RULE.withAttachedReset(), Reset.bySubtraction()), soft);
    assertNotEquals(gradient(RULE.withDetachedReset(), Reset.bySubtraction()), soft);
  }

  @Test
  void shouldMeasureTheWidthInThresholdsIfAsked() {
    INDArray inThresholds = gradient(RULE.withWidthInThresholds(), Reset.toZero());
    BackpropRule narrower = new SpatioTemporalBackprop(Surrogate.arctan(THRESHOLD));
    assertEquals(gradient(narrower, Reset.toZero()), inThresholds);
    assertNotEquals(gradient(RULE, Reset.toZero()), inThresholds);
  }
}
