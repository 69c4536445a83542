package org.dl4jsnn.nir.dialect;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.LocalDerivatives;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.StateVariable;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A neuron as a program runs it, spike for spike: the same arithmetic in the same order, in single
 * precision (equations 61 to 64 of docs/mathematics.md). One step, for every neuron of a layer:
 *
 * <pre>
 *  charge  x ← x + c                      by the engine; x is 0 at the beginning of a step
 *          i, v through {@link Charging}
 *  fire    {@link Firing}
 *  reset   {@link DialectReset};  x ← 0
 * </pre>
 *
 * Since what arrives is summed by itself, and not on the membrane, a step can look at the membrane
 * potential before charging. Every number is one for all neurons, or one a channel; what neurons
 * begin with must be the same for all in a layer of Deeplearning4j. Immutable.
 *
 * @param charging how what arrives charges the membrane
 * @param firing when it fires
 * @param thresholds θ; positive; 1 of an integrator, which has none
 * @param reset what a spike does
 * @param resetValue R
 * @param node what a dialect made it of; null where no dialect did, and then not saved
 * @serial exclude
 */
public record DialectNeuron(
    @JsonProperty("charging") Charging charging,
    @JsonProperty("firing") Firing firing,
    @JsonProperty("thresholds") List<Double> thresholds,
    @JsonProperty("reset") DialectReset reset,
    @JsonProperty("resetValue") List<Double> resetValue,
    @JsonProperty("node") @JsonInclude(JsonInclude.Include.NON_NULL) DialectNode node)
    implements DifferentiableDynamics {

  private static final long serialVersionUID = 1L;

  /** Index of the variable that takes the current. */
  private static final int INPUT = 0;

  /**
   * A neuron.
   *
   * @param charging how what arrives charges the membrane
   * @param firing when it fires
   * @param thresholds θ
   * @param reset what a spike does
   * @param resetValue R
   * @param node what a dialect made it of, or null
   * @throws IllegalArgumentException if another one is missing, or a threshold is not positive
   */
  public DialectNeuron {
    Require.given("charging", charging);
    Require.given("firing", firing);
    Require.given("reset", reset);
    thresholds = List.copyOf(Require.given("thresholds", thresholds));
    resetValue = List.copyOf(Require.given("reset value", resetValue));
    Require.atLeast("number of thresholds", thresholds.size(), 1);
    thresholds.forEach(value -> Require.positiveFinite(NeuronParameter.THRESHOLD, value));
  }

  /**
   * A neuron that no node is kept of.
   *
   * @param charging how what arrives charges the membrane
   * @param firing when it fires
   * @param thresholds θ
   * @param reset what a spike does
   * @param resetValue R
   * @throws IllegalArgumentException if one is missing, or a threshold is not positive
   */
  public DialectNeuron(
      Charging charging,
      Firing firing,
      List<Double> thresholds,
      DialectReset reset,
      List<Double> resetValue) {
    this(charging, firing, thresholds, reset, resetValue, null);
  }

  /**
   * An integrator: never fires; its output is the membrane potential.
   *
   * @param charging how what arrives charges the membrane
   * @return the integrator
   */
  public static DialectNeuron integrator(Charging charging) {
    return new DialectNeuron(
        charging, Firing.NEVER, List.of(1.0), DialectReset.TO_VALUE, List.of(0.0));
  }

  /**
   * The same neuron with what it was made of.
   *
   * @param origin the node, or null
   * @return the neuron
   */
  public DialectNeuron of(DialectNode origin) {
    return new DialectNeuron(charging, firing, thresholds, reset, resetValue, origin);
  }

  /**
   * Which variable is the membrane potential.
   *
   * @return its index, as {@link #variables} counts them
   */
  public int membraneIndex() {
    return charging.hasSynapse() ? 2 : 1;
  }

  /** Index of the threshold among the parameters; the value of a reset follows it. */
  int thresholdIndex() {
    return charging.hasSynapse() ? Charging.SYNAPSE_REST + 1 : Charging.REST + 1;
  }

  @Override
  public List<StateVariable> variables() {
    List<StateVariable> variables = new ArrayList<>();
    variables.add(new StateVariable("input", 0));
    if (charging.hasSynapse()) {
      variables.add(new StateVariable("synaptic current", charging.synapse().initial().get(0)));
    }
    variables.add(new StateVariable(StateVariable.MEMBRANE, charging.membrane().initial().get(0)));
    return variables;
  }

  @Override
  public List<NeuronParameter> parameters() {
    List<NeuronParameter> parameters = charging.parameters();
    parameters.add(Charging.parameter(NeuronParameter.THRESHOLD, thresholds));
    parameters.add(Charging.parameter("reset value", resetValue));
    return parameters;
  }

  /**
   * The mean of the thresholds.
   *
   * @return θ, where all neurons have the same
   */
  @Override
  public double threshold() {
    return thresholds.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  @Override
  public boolean keepsExcessAtReset() {
    return reset.subtracts();
  }

  @Override
  public void excess(Neurons neurons, float[] excess) {
    DialectStep step = new DialectStep(this, neurons);
    float[] theta = neurons.parameter(thresholdIndex());
    for (int i = 0; i < neurons.count(); i++) {
      step.charge(i);
      excess[i] = firing.excess(step.charged, theta[i]);
    }
  }

  /**
   * How many spikes charged neurons give.
   *
   * @param neurons the neurons after charging; not to be written to
   * @param spikes where to write a whole number a neuron
   */
  public void spikes(Neurons neurons, float[] spikes) {
    DialectStep step = new DialectStep(this, neurons);
    float[] theta = neurons.parameter(thresholdIndex());
    for (int i = 0; i < neurons.count(); i++) {
      step.charge(i);
      spikes[i] = firing.spikes(step.charged, theta[i]);
    }
  }

  @Override
  public void reset(Neurons neurons) {
    DialectStep step = new DialectStep(this, neurons);
    float[] theta = neurons.parameter(thresholdIndex());
    float[] value = neurons.parameter(thresholdIndex() + 1);
    float[] input = neurons.variable(INPUT);
    float[] membrane = neurons.variable(membraneIndex());
    int next = 0;
    for (int i = 0; i < neurons.count(); i++) {
      step.charge(i);
      boolean fired = next < neurons.firedCount() && neurons.fired(next) == i;
      next += fired ? 1 : 0;
      float spikes = fired ? Math.max(1, firing.spikes(step.charged, theta[i])) : 0;
      membrane[i] = step.left(i, spikes, theta[i], value[i]);
      step.keepCurrent(i);
      input[i] = 0;
    }
  }

  @Override
  public void differentiate(LocalDerivatives at) {
    new DialectDerivatives(this, at).write();
  }
}
