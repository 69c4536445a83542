package org.dl4jsnn.gradient;

import java.util.Arrays;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.SimulatedWindow;

/** The neurons of one sample over a segment. Scratch memory, one a task. */
final class SegmentGradient {

  private final SimulatedWindow window;
  private final Surrogate surrogate;
  private final NeuronAdjoint adjoint;
  private final MembraneReplay replay;
  private final StepGradient.Reader from;
  private final ArrayRuns to;
  private final int count;

  /** After charging, for every step of the segment; grown when needed. */
  private Neurons[] ofStep = new Neurons[0];

  private final double[] inArrayOrder;
  private final float[] excess;
  private final float[] singles;
  private final double[][] variables;
  private final double[] derivatives;
  private final double[] spikes;
  private final double[] spikeGradients;
  private final int[] arrayIndices;

  SegmentGradient(
      SimulatedWindow window,
      Surrogate surrogate,
      boolean detached,
      MembraneReplay replay,
      StepGradient.Reader from,
      ArrayRuns to) {
    FeatureShape shape = window.output().shape();
    this.window = window;
    this.surrogate = surrogate;
    this.replay = replay;
    this.from = from;
    this.to = to;
    this.count = shape.neurons();
    this.adjoint = new NeuronAdjoint(window.neuron(), count, shape.channels(), detached);
    this.inArrayOrder = new double[count];
    this.excess = new float[count];
    this.singles = new float[count];
    this.variables = new double[window.neuron().variables().size()][count];
    this.derivatives = new double[count];
    this.spikes = new double[count];
    this.spikeGradients = new double[count];
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
   * @param start the neurons before the first step; afterwards those after the last
   * @param carried ∂L/∂x of the step after the last, [variable][neuron]; afterwards of the first
   * @param firstRow where the gradient of the first step's currents goes
   */
  void back(
      int sample, int first, int blockSteps, Neurons start, double[][] carried, int firstRow) {
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
      read(sample, step, neurons);
      adjoint.back(variables, spikes, derivatives, spikeGradients, carried);
      write(firstRow + step - first, carried[0]);
    }
  }

  private void read(int sample, int step, Neurons neurons) {
    from.read(sample, step, inArrayOrder);
    window.neuron().excess(neurons, excess);
    surrogate.derivatives(excess, singles);
    for (int i = 0; i < count; i++) {
      spikeGradients[i] = inArrayOrder[arrayIndices[i]];
      derivatives[i] = singles[i];
    }
    for (int k = 0; k < variables.length; k++) {
      float[] charged = neurons.variable(k);
      for (int i = 0; i < count; i++) {
        variables[k][i] = charged[i];
      }
    }
    Arrays.fill(spikes, 0);
    for (int k = 0; k < neurons.firedCount(); k++) {
      spikes[neurons.fired(k)] = 1;
    }
  }

  private void write(int row, double[] gradient) {
    for (int i = 0; i < count; i++) {
      inArrayOrder[arrayIndices[i]] = gradient[i];
    }
    to.write(row * count, inArrayOrder);
  }
}
