package org.dl4jsnn.neuron.linear;

import org.dl4jsnn.neuron.Neurons;

/** A step of some neurons, one at a time. Scratch memory, one per call. */
final class LinearNeuronStep {

  private final LinearNeuron neuron;
  private final LinearStep synapse;
  private final Integration ofMembrane;
  private final float[] input;
  private final float[] current;
  private final float[] membrane;
  private final float[] gain;
  private final float[] decay;
  private final float[] rest;
  private final float[] synapseGain;
  private final float[] synapseDecay;
  private final float[] seen;
  private final float[] synapseRest;
  private final float[] theta;

  /** The synaptic current after the step. */
  private float currentLeft;

  /** The membrane's input. */
  private float given;

  /** The membrane potential compared with the threshold. */
  float charged;

  LinearNeuronStep(LinearNeuron neuron, Neurons neurons) {
    this.neuron = neuron;
    Charging charging = neuron.charging();
    synapse = charging.synapse();
    ofMembrane = charging.membrane().integration();
    boolean second = charging.hasSynapse();
    input = neurons.variable(0);
    current = second ? neurons.variable(1) : null;
    membrane = neurons.variable(neuron.membraneIndex());
    gain = neurons.parameter(Charging.GAIN);
    decay = neurons.parameter(Charging.DECAY);
    rest = neurons.parameter(Charging.REST);
    synapseGain = second ? neurons.parameter(Charging.SYNAPSE_GAIN) : null;
    synapseDecay = second ? neurons.parameter(Charging.SYNAPSE_DECAY) : null;
    seen = second ? neurons.parameter(Charging.SEEN) : null;
    synapseRest = second ? neurons.parameter(Charging.SYNAPSE_REST) : null;
    theta = neurons.parameter(neuron.thresholdIndex());
  }

  /** Charges neuron i. */
  void charge(int i) {
    float x = input[i];
    if (synapse != null) {
      Integration ofCurrent = synapse.integration();
      float given = synapseGain[i] * x;
      currentLeft = ofCurrent.step(current[i], given, synapseDecay[i], synapseRest[i]);
      x = ofCurrent.step(current[i], given, seen[i], synapseRest[i]);
    }
    given = gain[i] * x;
    float held = neuron.reset().held(membrane[i], theta[i]);
    float c = ofMembrane.step(held, given, decay[i], rest[i]);
    charged = neuron.reset().charged(c, membrane[i], theta[i]);
  }

  /** The membrane potential of neuron i after the step. */
  float left(int i, float spikes, float threshold, float value) {
    return switch (neuron.reset()) {
      case TO_VALUE -> spikes > 0 ? value : charged;
      case TO_VALUE_WITH_FLOOR -> floored(spikes > 0 ? value : charged, threshold);
      case BY_SUBTRACTION -> charged - spikes * threshold;
      case BY_SUBTRACTION_WITH_FLOOR -> floored(charged - spikes * threshold, threshold);
      case BY_SUBTRACTION_ONCE ->
          charged - (spikes - (membrane[i] > threshold ? 1 : 0)) * threshold;
      case AT_CROSSING -> spikes > 0 ? crossed(i, threshold, value) : charged;
      case LATE_BY_SUBTRACTION, LATE_TO_ZERO, LATE_TO_ZERO_WITH_INPUT -> charged;
    };
  }

  /** At least −θ, in the program's order of arithmetic. */
  private static float floored(float left, float threshold) {
    return Math.max(left + threshold, 0) - threshold;
  }

  private float crossed(int i, float threshold, float value) {
    if (membrane[i] > threshold) {
      return ofMembrane.step(value, given, decay[i], rest[i]);
    }
    if (ofMembrane == Integration.SUM) {
      return value + (charged - threshold);
    }
    float end = rest[i] + given;
    return end + (value - end) * (charged - end) / (threshold - end);
  }

  /** Writes the synaptic current of neuron i. */
  void keepCurrent(int i) {
    if (current != null) {
      current[i] = currentLeft;
    }
  }
}
