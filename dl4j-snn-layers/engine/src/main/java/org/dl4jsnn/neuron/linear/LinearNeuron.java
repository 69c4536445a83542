package org.dl4jsnn.neuron.linear;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.LocalDerivatives;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.StateVariable;

/**
 * A neuron whose synaptic current and membrane potential are linear between spikes, computed in a
 * chosen order, in single precision (equations 61 to 64 of docs/mathematics.md). Neurons of other
 * programs are values of it, spike for spike. One step of every neuron in a layer:
 *
 * <pre>{@code
 * MultiLayerNetwork imported =
 *     NirImport.by(NirDialect.norse()).multiLayerNetwork(NirFiles.read(file));
 * BaseSpikingLayer layer = (BaseSpikingLayer) imported.getLayer(1).conf().getLayer();
 * LinearNeuron neuron = (LinearNeuron) layer.getNeuron();
 * }</pre>
 *
 * <pre>
 *  charge  x ← x + c                      by the engine; x is 0 at the start of a step
 *          i, v through {@link Charging}
 *  fire    {@link Firing}
 *  reset   {@link MembraneReset};  x ← 0
 * </pre>
 *
 * Input is summed separately from the membrane, so a step can use the membrane potential before
 * charging. Every parameter has one number for all neurons or one per channel; the initial state
 * must be the same for all neurons of a Deeplearning4j layer. Immutable.
 *
 * @param charging how input charges the membrane
 * @param firing when it fires
 * @param thresholds θ; positive; 1 for an integrator, which has none
 * @param reset the reset
 * @param resetValue R
 * @param origin where the neuron came from, for the tool that imported it; null, and then not
 *     saved, if it was made here
 * @serial exclude
 */
public record LinearNeuron(
    Charging charging,
    Firing firing,
    List<Double> thresholds,
    MembraneReset reset,
    List<Double> resetValue,
    String origin)
    implements DifferentiableDynamics {

  /** Index of the variable that takes the current. */
  private static final int INPUT = 0;

  /**
   * A neuron.
   *
   * @param charging how input charges the membrane
   * @param firing when it fires
   * @param thresholds θ
   * @param reset the reset
   * @param resetValue R
   * @param origin where it came from, or null
   * @throws IllegalArgumentException if another argument is null or a threshold is not positive
   */
  public LinearNeuron {
    Require.given("charging", charging);
    Require.given("firing", firing);
    Require.given("reset", reset);
    thresholds = List.copyOf(Require.given("thresholds", thresholds));
    resetValue = List.copyOf(Require.given("reset value", resetValue));
    Require.atLeast("number of thresholds", thresholds.size(), 1);
    thresholds.forEach(value -> Require.positiveFinite(NeuronParameter.THRESHOLD, value));
  }

  /**
   * A neuron made here.
   *
   * @param charging how input charges the membrane
   * @param firing when it fires
   * @param thresholds θ
   * @param reset the reset
   * @param resetValue R
   * @throws IllegalArgumentException if an argument is null or a threshold is not positive
   */
  public LinearNeuron(
      Charging charging,
      Firing firing,
      List<Double> thresholds,
      MembraneReset reset,
      List<Double> resetValue) {
    this(charging, firing, thresholds, reset, resetValue, null);
  }

  /**
   * {@return an integrator: never fires; its output is the membrane potential}
   *
   * @param charging how input charges the membrane
   */
  public static LinearNeuron integrator(Charging charging) {
    return new LinearNeuron(
        charging, Firing.NEVER, List.of(1.0), MembraneReset.TO_VALUE, List.of(0.0));
  }

  /**
   * {@return the same neuron with its origin}
   *
   * @param place where it came from, or null
   */
  public LinearNeuron from(String place) {
    return new LinearNeuron(charging, firing, thresholds, reset, resetValue, place);
  }

  /** {@return the index of the membrane potential in {@link #variables}} */
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
    variables.add(new StateVariable(StateVariable.INPUT, 0));
    if (charging.hasSynapse()) {
      variables.add(new StateVariable("synaptic current", start(charging.synapse())));
    }
    variables.add(new StateVariable(StateVariable.MEMBRANE, start(charging.membrane())));
    return variables;
  }

  private static double start(LinearStep step) {
    Require.not(
        step.initial().size() != 1,
        "what all membranes or currents of a layer begin with must be one value, got %s",
        step.initial());
    return step.initial().get(0);
  }

  @Override
  public List<NeuronParameter> parameters() {
    List<NeuronParameter> parameters = charging.parameters();
    parameters.add(Charging.parameter(NeuronParameter.THRESHOLD, thresholds));
    parameters.add(Charging.parameter("reset value", resetValue));
    return parameters;
  }

  /** {@return the mean of the thresholds, θ if all neurons have the same} */
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
    LinearNeuronStep step = new LinearNeuronStep(this, neurons);
    float[] theta = neurons.parameter(thresholdIndex());
    for (int i = 0; i < neurons.count(); i++) {
      step.charge(i);
      excess[i] = firing.excess(step.charged, theta[i]);
    }
  }

  /**
   * Computes the spikes of charged neurons.
   *
   * @param neurons the neurons after charging; must not be modified
   * @param spikes receives a whole number per neuron
   */
  public void spikes(Neurons neurons, float[] spikes) {
    LinearNeuronStep step = new LinearNeuronStep(this, neurons);
    float[] theta = neurons.parameter(thresholdIndex());
    for (int i = 0; i < neurons.count(); i++) {
      step.charge(i);
      spikes[i] = firing.spikes(step.charged, theta[i]);
    }
  }

  @Override
  public void compare(Neurons neurons, float[] membrane, float[] threshold) {
    LinearNeuronStep step = new LinearNeuronStep(this, neurons);
    float[] theta = neurons.parameter(thresholdIndex());
    for (int i = 0; i < neurons.count(); i++) {
      step.charge(i);
      membrane[i] = step.charged;
      threshold[i] = theta[i];
    }
  }

  @Override
  public void reset(Neurons neurons) {
    LinearNeuronStep step = new LinearNeuronStep(this, neurons);
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
    new LinearDerivatives(this, at).write();
  }
}
