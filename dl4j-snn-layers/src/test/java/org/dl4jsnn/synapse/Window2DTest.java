package org.dl4jsnn.synapse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.simulate.EventDrivenEngine;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.ConstantSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class Window2DTest {

  private static final int HUGE = Integer.MAX_VALUE;
  private static final FeatureShape IMAGE = FeatureShape.image(2, 6, 5);

  private static Window2D window(int kernel, int stride, int padding, int dilation, boolean same) {
    Window2D.Axis axis = new Window2D.Axis(kernel, stride, padding, dilation, same);
    return new Window2D(axis, axis);
  }

  private static void assertRefused(String part, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void shouldKnowItsOutputForStridesBeyondTheInput() {
    assertEquals(FeatureShape.image(3, 1, 1), window(2, HUGE, 0, 1, false).outputShape(IMAGE, 3));
    assertEquals(FeatureShape.image(3, 1, 1), window(2, HUGE, 0, 1, true).outputShape(IMAGE, 3));
  }

  /** Twice the padding is more than a whole number holds. */
  @Test
  void shouldRefuseAPaddingWhoseOutputIsTooLarge() {
    assertRefused(
        "output height of this window (kernel 3 stride 1 padding 2147483647 dilation 1)",
        () -> window(3, 1, HUGE, 1, false).outputShape(IMAGE, 1));
  }

  @Test
  void shouldRefuseADilationThatSpansTooMuch() {
    assertRefused("dilation · (kernel size - 1) + 1 must be", () -> window(3, 1, 0, HUGE, true));
    assertRefused(
        "kernel with its dilation must have at most 2147483647 values",
        () ->
            new ConvolutionSynapse(
                window(2, 1, 0, 1 << 30, true), IMAGE, Nd4j.ones(1, 2, 2, 2), null));
  }

  /** The kernels fill channels up to whole vectors. */
  @Test
  void shouldRefuseWeightsThatAreTooLargeOnceTheyAreFilledUp() {
    Window2D.Axis rows = new Window2D.Axis(3, 1, 0, 1, true);
    Window2D.Axis columns = new Window2D.Axis(2, 1, 0, 60_000_000, true);
    Synapse synapse =
        new ConvolutionSynapse(new Window2D(rows, columns), IMAGE, Nd4j.ones(4, 2, 3, 2), null);
    SpikeTrain input = new ConstantSpikeTrain(IMAGE, 1, new float[IMAGE.neurons()]);
    assertRefused(
        "channels must be at most 2147482623 values, got",
        () ->
            new EventDrivenEngine(Kernels.named("plain"))
                .simulate(synapse, SpikingNeuron.integrateAndFire(1), input));
  }

  @Test
  void shouldRefuseKernelsThatDoNotFit() {
    assertRefused(
        "input height must be at least 2147483647 for this window",
        () -> window(HUGE, 1, 0, 1, false).outputShape(IMAGE, 1));
  }
}
