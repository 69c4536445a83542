package org.dl4jsnn.internal.simulate;

import java.util.Arrays;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;

/** How a simulation ends, for comparisons: its spikes and their counts, or its refusal. */
final class Outcome {

  private Outcome() {}

  static String of(
      SimulationEngine engine, Synapse synapse, NeuronDynamics neuron, SpikeTrain input) {
    try {
      SpikeTrain output = engine.simulate(synapse, neuron, input);
      return Arrays.deepToString(Spikes.of(output)) + Arrays.toString(output.totals());
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /** The refusal of a membrane that left single precision. */
  static String refusal(String value, int neuron, int step, int sample) {
    return "membrane potentials must be finite in single precision, got "
        + value
        + " in neuron "
        + neuron
        + " at step "
        + step
        + " of sample "
        + sample
        + ". Possible cause: weights or inputs are too large, or training diverged; lower the"
        + " learning rate";
  }
}
