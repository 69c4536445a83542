package org.dl4jsnn.gradient;

import java.util.Arrays;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.synapse.SimulatedWindow;

/**
 * The gradient of one sample's neurons over a segment. Scratch memory, one per task.
 *
 * @param <C> what is carried from step to step
 */
final class SegmentGradient<C> {

  private final SimulatedWindow window;
  private final Surrogate surrogate;
  private final StepAdjoint<C> adjoint;
  private final MembraneReplay replay;

  /** After charging, for every step of the segment; grown when needed. */
  private Neurons[] ofStep = new Neurons[0];

  private final float[] excess;
  private final float[] derivatives;
  private final float[] spikes;

  SegmentGradient(
      SimulatedWindow window, Surrogate surrogate, MembraneReplay replay, StepAdjoint<C> adjoint) {
    int count = window.output().shape().neurons();
    this.window = window;
    this.surrogate = surrogate;
    this.replay = replay;
    this.adjoint = adjoint;
    this.excess = new float[count];
    this.derivatives = new float[count];
    this.spikes = new float[count];
  }

  /**
   * Goes back from the last step of a segment to its first.
   *
   * @param sample index of the sample
   * @param first the first step
   * @param blockSteps steps of the segment
   * @param start the neurons before the first step; on return, after the last
   * @param carried from the step after the last; on return, from the first
   * @param firstRow the row for the gradient of the first step's currents
   */
  void back(int sample, int first, int blockSteps, Neurons start, C carried, int firstRow) {
    if (ofStep.length < blockSteps) {
      ofStep = new Neurons[blockSteps];
      Arrays.setAll(ofStep, step -> start.copy());
    }
    replay.run(
        sample,
        first,
        first + blockSteps,
        start,
        (step, neurons) -> ofStep[step - first].set(neurons));
    for (int step = first + blockSteps - 1; step >= first; step--) {
      Neurons neurons = ofStep[step - first];
      window.neuron().excess(neurons, excess);
      surrogate.derivatives(excess, derivatives);
      mark(neurons, 1);
      adjoint.back(sample, step, neurons, spikes, derivatives, carried, firstRow + step - first);
      mark(neurons, 0);
    }
  }

  private void mark(Neurons neurons, float spike) {
    for (int k = 0; k < neurons.firedCount(); k++) {
      spikes[neurons.fired(k)] = spike;
    }
  }
}
