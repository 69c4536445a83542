package org.dl4jsnn.internal.host;

import java.util.List;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.LocalDerivatives;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.StateVariable;

/** A neuron with the current parameters of its layer. */
public final class LearnedNeuron implements DifferentiableDynamics {

  private static final long serialVersionUID = 1L;

  /** The initial neuron of the layer. */
  private final DifferentiableDynamics initial;

  private final transient List<NeuronParameter> parameters;

  /**
   * A neuron.
   *
   * @param parameters its current parameters, in the same order
   */
  public LearnedNeuron(DifferentiableDynamics initial, List<NeuronParameter> parameters) {
    this.initial = initial;
    this.parameters = List.copyOf(parameters);
  }

  /** The neuron for engines to simulate: if possible the built-in one, which has kernels. */
  public static NeuronDynamics simplest(NeuronDynamics neuron) {
    if (neuron instanceof LearnedNeuron learned
        && learned.initial instanceof SpikingNeuron spiking
        && learned.parameters.stream().allMatch(NeuronParameter::isOfLayer)) {
      return new SpikingNeuron(
          learned.mean(NeuronParameter.THRESHOLD),
          learned.mean(NeuronParameter.LEAK),
          spiking.reset(),
          spiking.initialMembrane());
    }
    return neuron;
  }

  /** The initial neuron of the layer. */
  public NeuronDynamics initial() {
    return initial;
  }

  private double mean(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(name))
        .mapToDouble(NeuronParameter::mean)
        .findFirst()
        .orElseGet(initial::threshold);
  }

  @Override
  public List<StateVariable> variables() {
    return initial.variables();
  }

  @Override
  public List<NeuronParameter> parameters() {
    return parameters;
  }

  /** The mean if every channel has its own value. */
  @Override
  public double threshold() {
    return mean(NeuronParameter.THRESHOLD);
  }

  @Override
  public boolean scalesWithThreshold() {
    return initial.scalesWithThreshold();
  }

  @Override
  public void excess(Neurons neurons, float[] excess) {
    initial.excess(neurons, excess);
  }

  @Override
  public void compare(Neurons neurons, float[] membrane, float[] threshold) {
    initial.compare(neurons, membrane, threshold);
  }

  @Override
  public void reset(Neurons neurons) {
    initial.reset(neurons);
  }

  @Override
  public void differentiate(LocalDerivatives at) {
    initial.differentiate(at);
  }

  @Override
  public void differentiateByParameters(LocalDerivatives at) {
    initial.differentiateByParameters(at);
  }

  @Override
  public boolean isResetBySpike(int variable) {
    return initial.isResetBySpike(variable);
  }

  @Override
  public boolean keepsExcessAtReset() {
    return initial.keepsExcessAtReset();
  }

  @Override
  public String toString() {
    return initial
        + ", learned: "
        + parameters.stream().filter(NeuronParameter::isLearned).toList();
  }
}
