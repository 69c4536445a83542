package org.dl4jsnn.gradient;

import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.StepGradient;
import org.dl4jsnn.synapse.SimulatedWindow;

/** The neurons of one sample over a segment. Scratch memory, one a task. */
final class SegmentGradient {

  private final SimulatedWindow window;
  private final Surrogate surrogate;
  private final MembraneGradient neurons;
  private final MembraneReplay replay;
  private final StepGradient.Reader from;
  private final ArrayRuns to;
  private final int count;

  /** For every step of the segment; grown when needed. */
  private float[][] membranes = new float[0][];

  private final double[] inArrayOrder;
  private final double[] membrane;
  private final double[] derivatives;
  private final float[] singles;
  private final double[] spikes;
  private final double[] spikeGradients;
  private final SpikeEvents events;
  private final int[] arrayIndices;

  SegmentGradient(
      SimulatedWindow window,
      Surrogate surrogate,
      MembraneGradient neurons,
      MembraneReplay replay,
      StepGradient.Reader from,
      ArrayRuns to) {
    FeatureShape shape = window.output().shape();
    this.window = window;
    this.surrogate = surrogate;
    this.neurons = neurons;
    this.replay = replay;
    this.from = from;
    this.to = to;
    this.count = shape.neurons();
    this.inArrayOrder = new double[count];
    this.membrane = new double[count];
    this.derivatives = new double[count];
    this.singles = new float[count];
    this.spikes = new double[count];
    this.spikeGradients = new double[count];
    this.events = new SpikeEvents(shape);
    this.arrayIndices = new int[count];
    for (int neuron = 0; neuron < count; neuron++) {
      arrayIndices[neuron] = shape.arrayIndex(neuron);
    }
  }

  /**
   * Goes back from the last step of a segment to its first.
   *
   * @param sample index of the sample
   * @param first the first step
   * @param blockSteps steps of the segment
   * @param start the membranes before the first step; afterwards those after the last
   * @param carried ∂L/∂u of the step after the last; afterwards of the first
   * @param firstRow where the gradient of the first step's currents goes
   */
  void back(int sample, int first, int blockSteps, float[] start, double[] carried, int firstRow) {
    if (membranes.length < blockSteps) {
      membranes = new float[blockSteps][count];
    }
    replay.run(
        sample,
        first,
        first + blockSteps,
        start,
        (step, u, fired) -> System.arraycopy(u, 0, membranes[step - first], 0, count));
    for (int step = first + blockSteps - 1; step >= first; step--) {
      read(sample, step, membranes[step - first]);
      neurons.back(membrane, derivatives, spikes, spikeGradients, carried);
      write(firstRow + step - first, carried);
    }
  }

  private void read(int sample, int step, float[] u) {
    from.read(sample, step, inArrayOrder);
    window.output().read(sample, step, events);
    surrogate.derivatives(u, (float) window.neuron().threshold(), singles);
    for (int i = 0; i < count; i++) {
      spikeGradients[i] = inArrayOrder[arrayIndices[i]];
      membrane[i] = u[i];
      derivatives[i] = singles[i];
      spikes[i] = 0;
    }
    for (int e = 0; e < events.size(); e++) {
      spikes[events.neuron(e)] = events.amplitude(e);
    }
  }

  private void write(int row, double[] gradient) {
    for (int i = 0; i < count; i++) {
      inArrayOrder[arrayIndices[i]] = gradient[i];
    }
    to.write(row * count, inArrayOrder);
  }
}
