package org.dl4jsnn.internal.compact;

import java.util.List;
import org.dl4jsnn.charge.RecurrentCharge;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.FiniteWeights;
import org.dl4jsnn.internal.synapse.HostParameter;
import org.dl4jsnn.internal.synapse.HostSynapse;
import org.dl4jsnn.internal.synapse.RecurrentCharges;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Synapses and their neurons.
 *
 * @param window kernel, stride, padding and dilation; null for a dense layer
 * @param weights the weights, with a normalisation folded in
 * @param bias [nOut], or empty
 * @param recurrentWeights [n, n] or [n], a channel for each target, or empty
 */
public record NeuronPart(
    String name,
    int input,
    SynapseKind kind,
    Window2D window,
    int outputs,
    CompactWeights weights,
    float[] bias,
    RecurrenceKind recurrence,
    CompactWeights recurrentWeights,
    NeuronDynamics neuron)
    implements CompactPart {

  /** The same synapses with other neurons. */
  public NeuronPart withNeuron(NeuronDynamics other) {
    return new NeuronPart(
        name, input, kind, window, outputs, weights, bias, recurrence, recurrentWeights, other);
  }

  /** The same without a bias. */
  public NeuronPart withoutBias() {
    float[] none = new float[0];
    return new NeuronPart(
        name, input, kind, window, outputs, weights, none, recurrence, recurrentWeights, neuron);
  }

  /** Whether it fires, and carries a state from step to step; otherwise it passes on currents. */
  public boolean fires() {
    return !neuron.passesCurrents();
  }

  @Override
  public List<Integer> inputs() {
    return List.of(input);
  }

  @Override
  public FeatureShape output(List<FeatureShape> inputs) {
    return kind.output(inputs.get(0), window, outputs);
  }

  /** The synapses on the host. Throws an IllegalArgumentException if a weight is not finite. */
  public HostSynapse synapse(FeatureShape from) {
    return kind.host(
        from,
        output(List.of(from)),
        window,
        parameter("W", weights.values()),
        parameter("b", bias));
  }

  private static HostParameter parameter(String key, float[] values) {
    return new HostParameter(values, FiniteWeights.largest(key, false, values));
  }

  /**
   * The recurrent currents of the neurons. Throws an IllegalArgumentException if a weight is not
   * finite.
   */
  public RecurrentCharge recurrentCharge() {
    return switch (recurrence) {
      case NONE -> RecurrentCharge.NONE;
      case FULL -> RecurrentCharges.full(outputs, recurrentWeights.values(), false);
      case ONE_TO_ONE -> RecurrentCharges.oneToOne(recurrentWeights.values(), false);
    };
  }
}
