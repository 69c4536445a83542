package org.dl4jsnn.deploy;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WeightQuantizationTest {

  private static final int SAMPLES = 12;

  @Test
  void shouldRoundToTheNextInteger() {
    INDArray weights =
        Nd4j.create(
            new float[] {1, -0.6f, 0.3f, 0, 0, 0, 0.127f, -0.001f, 0.0015f}, new long[] {3, 3});
    QuantizedWeights rounded = WeightQuantization.toBits(8).weights(weights, 0);
    // 1 = 64 · 2⁻⁶; 127 of them would reach 1.98, and 2⁻⁷ would end at 0.99.
    assertArrayEquals(new int[] {-6, 0, -9}, rounded.exponents());
    assertArrayEquals(new int[] {64, -38, 19, 0, 0, 0, 65, -1, 1}, rounded.values());
    assertArrayEquals(new long[] {3, 3}, rounded.shape());
    assertEquals(1, rounded.toArray().getFloat(0, 0));
    assertEquals(-38 / 64f, rounded.toArray().getFloat(0, 1));
  }

  @Test
  void shouldTakeChannelsFromTheirAxis() {
    INDArray weights = Nd4j.create(new float[] {1, 10, 100, 2, 20, 200}, new long[] {2, 3});
    QuantizedWeights rounded = WeightQuantization.toBits(3).weights(weights, 1);
    assertArrayEquals(new int[] {0, 3, 7}, rounded.exponents());
    assertArrayEquals(new int[] {1, 1, 1, 2, 2, 2}, rounded.values());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16})
  void shouldStayWithinHalfAStep(int bits) {
    INDArray weights = Nd4j.randn(5, 4, 3, 3);
    QuantizedWeights rounded = WeightQuantization.toBits(bits).weights(weights, 0);
    int largest = (1 << bits - 1) - 1;
    for (int channel = 0; channel < 5; channel++) {
      double step = Math.scalb(1.0, rounded.exponents()[channel]);
      INDArray of = rounded.toArray().slice(channel);
      assertTrue(of.sub(weights.slice(channel)).amaxNumber().doubleValue() <= step / 2);
      double most = of.amaxNumber().doubleValue() / step;
      assertTrue(most <= largest && most >= largest / 2, most + " of " + largest);
    }
    // Rounding again changes nothing.
    INDArray again = WeightQuantization.toBits(bits).weights(rounded.toArray(), 0).toArray();
    assertEquals(rounded.toArray(), again);
  }

  @Test
  void shouldFoldAndRoundATrainedNetwork() {
    MultiLayerNetwork trained = NormalizationUnfoldingTest.trained(null);
    INDArray features = Nd4j.rand(SAMPLES, 2, 6, 6);
    MultiLayerNetwork folded = NormalizationFolding.fold(trained);
    assertSameBits(trained.output(features), folded.output(features));
    assertEquals(trained.getEpochCount(), folded.getEpochCount());
    assertEquals(List.of("W", "b"), folded.getLayer(1).conf().variables());
    folded.getLayer(1).setParams(folded.getLayer(1).params().dup());
    for (int bits : List.of(8, 16)) {
      MultiLayerNetwork rounded = WeightQuantization.toBits(bits).quantize(trained);
      for (int i : List.of(1, 2)) {
        BaseSpikingLayer layer = (BaseSpikingLayer) rounded.getLayer(i).conf().getLayer();
        assertFalse(layer.getNormalization() != null);
        INDArray weights = rounded.getLayer(i).getParam("W");
        assertEquals(
            weights,
            WeightQuantization.toBits(bits).weights(weights, layer.outputAxis()).toArray());
      }
      INDArray difference = rounded.output(features).sub(trained.output(features));
      double mean = difference.norm1Number().doubleValue() / difference.length();
      assertTrue(mean < (bits == 8 ? 0.1 : 0.01), bits + " bits: " + mean);
    }
  }

  /** With a gain of zero, only its bias is left of a channel. */
  @Test
  void shouldLeaveTheBiasOfAChannelWithoutWeights() {
    MultiLayerNetwork trained = NormalizationUnfoldingTest.trained(null);
    trained.getLayer(1).getParam(CurrentNormalization.GAIN).putScalar(3, 0);
    trained.getLayer(1).getParam(CurrentNormalization.SHIFT).putScalar(3, 0.375);
    MultiLayerNetwork rounded = WeightQuantization.toBits(8).quantize(trained);
    assertEquals(0.375, rounded.getLayer(1).getParam("b").getDouble(3));
  }

  /** Spikes of both kinds add to the same membrane, so they have the same power of two. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldRoundRecurrentWeightsByTheirTarget(boolean oneToOne) {
    MultiLayerNetwork trained = recurrent(oneToOne);
    INDArray weights = trained.getLayer(1).getParam("W");
    INDArray recurrent = trained.getLayer(1).getParam("RW");
    weights.assign(Nd4j.create(new float[] {0.5f, 0.1f, 0, 0.25f, -0.3f, 0}, new long[] {2, 3}));
    float[] values =
        oneToOne
            ? new float[] {0.1f, 1.5f, 0.3f}
            : new float[] {0.1f, 1.5f, 0.3f, -0.2f, 0, 0, 0, 0.7f, -0.1f};
    recurrent.assign(Nd4j.create(values, recurrent.shape()));
    trained.getLayer(1).getParam("b").assign(0.33);

    MultiLayerNetwork rounded = WeightQuantization.toBits(4).quantize(trained);

    // The largest of a target in W and RW: 0.5, 1.5 and 0.3; at most 7 steps of 2⁻³, 2⁻², 2⁻⁴.
    double[] steps = {1 / 8.0, 1 / 4.0, 1 / 16.0};
    assertRounded(weights, rounded.getLayer(1).getParam("W"), steps);
    assertRounded(recurrent, rounded.getLayer(1).getParam("RW"), steps);
    assertRounded(trained.getLayer(1).getParam("b"), rounded.getLayer(1).getParam("b"), steps);
    assertSameBits(
        rounded.params(), WeightQuantization.toBits(4).quantize(rounded).params(), "once more");
  }

  /** Whole multiples of the step of their last axis, and the nearest. */
  private static void assertRounded(INDArray trained, INDArray rounded, double[] steps) {
    double[] before = trained.dup('c').data().asDouble();
    double[] after = rounded.dup('c').data().asDouble();
    for (int i = 0; i < before.length; i++) {
      double step = steps[i % steps.length];
      assertEquals(Math.rint(before[i] / step) * step, after[i], i + " of " + rounded);
    }
  }

  private static MultiLayerNetwork recurrent(boolean oneToOne) {
    return Networks.of(
        new NeuralNetConfiguration.Builder(),
        InputType.recurrent(2, 5),
        SpikeEncoding.frames().build(),
        new SpikingRecurrent.Builder().nOut(3).oneToOne(oneToOne).hasBias(true).build());
  }

  /** Weight decay leaves such weights of a neuron that never fires. */
  @Test
  void shouldRoundNextToNothingToNothing() {
    INDArray weights = Nd4j.createFromArray(new float[][] {{0.5f, 1e-36f}, {-0.25f, -3e-40f}});
    QuantizedWeights rounded = WeightQuantization.toBits(8).weights(weights, 1);
    assertEquals(0, rounded.toArray().getFloat(0, 1));
    assertEquals(0, rounded.toArray().getFloat(1, 1));
    assertEquals(0.5f, rounded.toArray().getFloat(0, 0));
  }

  @Test
  void shouldRefuseWhatCannotBeRounded() {
    assertRefused("from 2 to 16, got 1", () -> WeightQuantization.toBits(1));
    assertRefused("from 2 to 16, got 17", () -> WeightQuantization.toBits(17));
    WeightQuantization eight = WeightQuantization.toBits(8);
    INDArray diverged = Nd4j.create(new float[] {1, Float.POSITIVE_INFINITY});
    assertRefused("got Infinity in channel 1", () -> eight.weights(diverged, 0));
    MultiLayerNetwork stock =
        Networks.of(
            Networks.seeded(1),
            InputType.feedForward(2),
            new DenseLayer.Builder().nOut(2).build(),
            Networks.linear(2));
    assertRefused("at least one spiking layer with weights", () -> eight.quantize(stock));
    MultiLayerNetwork diverging = NormalizationUnfoldingTest.trained(null);
    diverging.getLayer(1).getParam(CurrentNormalization.SHIFT).putScalar(0, Double.NaN);
    assertRefused("biases must be finite, got NaN in channel 0", () -> eight.quantize(diverging));
    MultiLayerNetwork recurrent = recurrent(false);
    recurrent.getLayer(1).getParam("RW").putScalar(1, 2, Double.NaN);
    assertRefused("got NaN in channel 2", () -> eight.quantize(recurrent));
  }
}
