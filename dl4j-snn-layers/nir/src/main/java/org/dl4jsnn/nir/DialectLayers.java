package org.dl4jsnn.nir;

import java.util.List;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.neuron.linear.Charging;
import org.dl4jsnn.neuron.linear.Firing;
import org.dl4jsnn.neuron.linear.Integration;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.neuron.linear.LinearStep;
import org.dl4jsnn.neuron.linear.MembraneReset;

/** A dialect's neurons in a Deeplearning4j layer. */
final class DialectLayers {

  private DialectLayers() {}

  /**
   * The library's neuron if it is equivalent, otherwise the dialect's, with one spike per step.
   *
   * @param origin the node as a text, to keep with a dialect neuron
   */
  static NeuronDynamics ofLayer(String name, NirNeurons node, LinearNeuron neuron, String origin) {
    requireOneBeginning(name, node, neuron.charging().membrane());
    if (neuron.charging().synapse() != null) {
      requireOneBeginning(name, node, neuron.charging().synapse());
    }
    SpikingNeuron membrane = membrane(neuron);
    LinearStep synapse = neuron.charging().synapse();
    if (membrane != null && synapse == null) {
      return membrane;
    }
    if (membrane != null && isPlain(synapse) && synapse.decay().get(0) > 0) {
      return new SynapticNeuron(membrane, synapse.decay().get(0));
    }
    return (neuron.firing() == Firing.SEVERAL ? once(neuron) : neuron).from(origin);
  }

  private static LinearNeuron once(LinearNeuron neuron) {
    return new LinearNeuron(
        neuron.charging(),
        Firing.REACHED,
        neuron.thresholds(),
        neuron.reset(),
        neuron.resetValue());
  }

  private static void requireOneBeginning(String name, NirNeurons node, LinearStep step) {
    if (step.initial().size() > 1) {
      throw new NirRefusedException(
          name,
          node,
          "the initial state must be the same for all neurons of a layer, got "
              + step.initial().size()
              + " values of v_leak or v_reset");
    }
  }

  /**
   * The membrane as a neuron of the library, which leaks after a step, not before; null if
   * impossible.
   */
  private static SpikingNeuron membrane(LinearNeuron neuron) {
    Charging charging = neuron.charging();
    LinearStep step = charging.membrane();
    boolean hard = neuron.reset() == MembraneReset.TO_VALUE;
    boolean plain =
        isPlain(step)
            && neuron.firing() == Firing.ABOVE
            && (hard || neuron.reset() == MembraneReset.BY_SUBTRACTION)
            && neuron.thresholds().size() == 1
            && neuron.resetValue().size() == 1;
    double leak = step.integration() == Integration.SUM ? 1 : step.decay().get(0);
    // The reset value would leak at once.
    boolean same = plain && leak > 0 && leak <= 1 && (leak == 1 || zero(neuron.resetValue()));
    if (!same || hard && neuron.resetValue().get(0) > neuron.thresholds().get(0)) {
      return null;
    }
    // If the threshold is subtracted before the leak, the remainder leaks equally.
    Reset reset = hard ? Reset.to(neuron.resetValue().get(0)) : Reset.bySubtraction();
    return new SpikingNeuron(neuron.thresholds().get(0), leak, reset, step.initial().get(0));
  }

  /** a · y + x, starting at 0, equal for all neurons. */
  private static boolean isPlain(LinearStep step) {
    boolean known =
        step.integration() == Integration.SUM || step.integration() == Integration.DECAY;
    return known
        && step.gain().equals(List.of(1.0))
        && step.decay().size() == 1
        && zero(step.initial());
  }

  private static boolean zero(List<Double> values) {
    return values.equals(List.of(0.0));
  }
}
