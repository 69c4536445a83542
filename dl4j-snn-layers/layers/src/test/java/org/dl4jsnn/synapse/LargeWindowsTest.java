package org.dl4jsnn.synapse;

import static org.dl4jsnn.Messages.assertBegins;

import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.simulate.EventDrivenEngine;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.ConstantSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** Windows that are too large for the weights of a convolution. */
class LargeWindowsTest {

  private static final FeatureShape IMAGE = FeatureShape.image(2, 6, 5);

  @Test
  void shouldRefuseADilationThatSpansTooMuch() {
    Window2D.Axis axis = new Window2D.Axis(2, 1, 0, 1 << 30, true);
    assertBegins(
        "kernel with its dilation must have at most 2147483647 values",
        () -> new ConvolutionSynapse(new Window2D(axis, axis), IMAGE, Nd4j.ones(1, 2, 2, 2), null));
  }

  /** The kernels fill channels up to whole vectors. */
  @Test
  void shouldRefuseWeightsThatAreTooLargeOnceTheyAreFilledUp() {
    Window2D.Axis rows = new Window2D.Axis(3, 1, 0, 1, true);
    Window2D.Axis columns = new Window2D.Axis(2, 1, 0, 60_000_000, true);
    Synapse synapse =
        new ConvolutionSynapse(new Window2D(rows, columns), IMAGE, Nd4j.ones(4, 2, 3, 2), null);
    SpikeTrain input = new ConstantSpikeTrain(IMAGE, 1, new float[IMAGE.neurons()]);
    assertBegins(
        "weights of 8 channels must be at most 2147482623 values, got",
        () ->
            new EventDrivenEngine(Kernels.named("plain"))
                .simulate(synapse, SpikingNeuron.integrateAndFire(1), input));
  }
}
