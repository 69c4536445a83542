package org.dl4jsnn.neuron.linear;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.NeuronParameter;

/**
 * How the input of a step charges the membrane: directly or through a synaptic current (equation 62
 * of docs/mathematics.md).
 *
 * <pre>
 *  synapse    i ← step(i, g_i · x),   ĩ likewise with the share that the membrane sees
 *  membrane   c = step(v, g · ĩ)      without a synapse g · x
 * </pre>
 *
 * @param synapse the step of the synaptic current; null if there is none
 * @param seen a of ĩ; equals the synapse's in all programs; null without a synapse
 * @param membrane the step of the membrane potential
 * @serial exclude
 */
public record Charging(LinearStep synapse, List<Double> seen, LinearStep membrane)
    implements Serializable {

  /** Indices of parameters. */
  static final int GAIN = 0;

  static final int DECAY = 1;
  static final int REST = 2;
  static final int SYNAPSE_GAIN = 3;
  static final int SYNAPSE_DECAY = 4;
  static final int SEEN = 5;
  static final int SYNAPSE_REST = 6;

  /**
   * Creates the charging.
   *
   * @param synapse the step of the synaptic current, or null
   * @param seen a of the current that the membrane sees, or null
   * @param membrane the step of the membrane potential
   * @throws IllegalArgumentException if there is no membrane, or a synapse without a seen share
   */
  public Charging {
    Require.given("membrane", membrane);
    if (synapse != null) {
      seen = List.copyOf(Require.given("seen share of a synaptic current", seen));
    }
  }

  /**
   * {@return charging without a synaptic current}
   *
   * @param membrane the step of the membrane potential
   */
  public static Charging of(LinearStep membrane) {
    return new Charging(null, null, membrane);
  }

  /**
   * {@return charging through a synaptic current that the membrane sees after the step}
   *
   * @param synapse the step of the synaptic current
   * @param membrane the step of the membrane potential
   */
  public static Charging through(LinearStep synapse, LinearStep membrane) {
    return new Charging(synapse, synapse.decay(), membrane);
  }

  /** Whether there is a synaptic current. */
  boolean hasSynapse() {
    return synapse != null;
  }

  /** The numbers, in the order of the indices. */
  List<NeuronParameter> parameters() {
    List<NeuronParameter> parameters = new ArrayList<>();
    parameters.add(parameter("gain", membrane.gain()));
    parameters.add(parameter("membrane step", membrane.decay()));
    parameters.add(parameter("leak potential", membrane.rest()));
    if (hasSynapse()) {
      parameters.add(parameter("synaptic gain", synapse.gain()));
      parameters.add(parameter("synaptic step", synapse.decay()));
      parameters.add(parameter("synaptic step seen", seen));
      parameters.add(parameter("synaptic rest", synapse.rest()));
    }
    return parameters;
  }

  static NeuronParameter parameter(String name, List<Double> values) {
    return NeuronParameter.ofChannels(
        name, values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
