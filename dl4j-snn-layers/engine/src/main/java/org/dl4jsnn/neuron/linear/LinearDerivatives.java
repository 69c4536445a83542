package org.dl4jsnn.neuron.linear;

import org.dl4jsnn.neuron.LocalDerivatives;

/** The local derivatives of a {@link LinearNeuron} (equation 65 of docs/mathematics.md). */
final class LinearDerivatives {

  private static final int INPUT = 0;
  private static final int CURRENT = 1;

  private final LocalDerivatives at;
  private final Charging charging;
  private final MembraneReset reset;
  private final int membrane;
  private final int thresholdIndex;

  /** The membrane's input, g · ĩ, and its derivatives. */
  private double given;

  private double givenByInput;
  private double givenByCurrent;

  /** The derivatives of the remaining membrane by the charged membrane and by its asymptote. */
  private double leftByCharged;

  private double leftByEnd;

  LinearDerivatives(LinearNeuron neuron, LocalDerivatives at) {
    this.at = at;
    charging = neuron.charging();
    reset = neuron.reset();
    membrane = neuron.membraneIndex();
    thresholdIndex = neuron.thresholdIndex();
  }

  void write() {
    for (int i = 0; i < at.count(); i++) {
      give(i);
      write(i);
    }
  }

  private double parameter(int index, int i) {
    return at.parameter(index)[i];
  }

  private void give(int i) {
    double gain = parameter(Charging.GAIN, i);
    double x = at.variable(INPUT)[i];
    if (!charging.hasSynapse()) {
      given = gain * x;
      givenByInput = gain;
      return;
    }
    Integration ofCurrent = charging.synapse().integration();
    double arriving = parameter(Charging.SYNAPSE_GAIN, i);
    double seen = parameter(Charging.SEEN, i);
    double rest = parameter(Charging.SYNAPSE_REST, i);
    double current = at.variable(CURRENT)[i];
    given = gain * step(ofCurrent, current, arriving * x, seen, rest);
    givenByInput = gain * ofCurrent.gain(seen) * arriving;
    givenByCurrent = gain * ofCurrent.kept(seen);
    double decay = parameter(Charging.SYNAPSE_DECAY, i);
    at.reset(CURRENT, CURRENT)[i] = ofCurrent.kept(decay);
    at.reset(CURRENT, INPUT)[i] = ofCurrent.gain(decay) * arriving;
  }

  private void write(int i) {
    Integration integration = charging.membrane().integration();
    double a = parameter(Charging.DECAY, i);
    double theta = parameter(thresholdIndex, i);
    double v = at.variable(membrane)[i];
    double kept = integration.kept(a) * reset.keptBefore(v, theta, false);
    double arriving = integration.gain(a) * reset.keptBefore(v, theta, true);
    double held = reset.held((float) v, (float) theta);
    double step = step(integration, held, given, a, parameter(Charging.REST, i));
    double charged = reset.charged((float) step, (float) v, (float) theta);
    reset(i, charged, theta);
    at.excess(membrane)[i] = kept;
    at.reset(membrane, membrane)[i] = leftByCharged * kept;
    double byGiven = leftByCharged * arriving + leftByEnd;
    at.excess(INPUT)[i] = arriving * givenByInput;
    at.reset(membrane, INPUT)[i] = byGiven * givenByInput;
    if (charging.hasSynapse()) {
      at.excess(CURRENT)[i] = arriving * givenByCurrent;
      at.reset(membrane, CURRENT)[i] = byGiven * givenByCurrent;
    }
  }

  private void reset(int i, double charged, double theta) {
    double s = at.spikes()[i];
    double value = parameter(thresholdIndex + 1, i);
    leftByCharged = 1;
    leftByEnd = 0;
    double bySpike = 0;
    switch (reset) {
      case TO_VALUE -> {
        leftByCharged = 1 - s;
        bySpike = value - charged;
      }
      case TO_VALUE_WITH_FLOOR -> {
        leftByCharged = s < 1 && charged > -theta ? 1 : 0;
        bySpike = value - Math.max(charged, -theta);
      }
      case BY_SUBTRACTION, BY_SUBTRACTION_ONCE -> bySpike = -theta;
      case BY_SUBTRACTION_WITH_FLOOR -> {
        leftByCharged = charged - s * theta > -theta ? 1 : 0;
        bySpike = -theta * leftByCharged;
      }
      case AT_CROSSING -> bySpike = cross(i, charged, theta, value, s);
      default -> {
        // One step later, by a detached spike.
      }
    }
    at.resetBySpike(membrane)[i] = bySpike;
  }

  private double cross(int i, double charged, double theta, double value, double s) {
    if (at.variable(membrane)[i] > theta) {
      return crossAtOnce(i, charged, value, s);
    }
    if (charging.membrane().integration() == Integration.SUM) {
      return value - theta;
    }
    double end = parameter(Charging.REST, i) + given;
    double went = (charged - end) / (theta - end);
    double goes = (value - end) / (theta - end);
    leftByCharged = 1 - s + s * goes;
    leftByEnd = s * (1 - went) * (1 - goes);
    return end + (value - end) * went - charged;
  }

  /** For a neuron above its threshold at the start of the step. */
  private double crossAtOnce(int i, double charged, double value, double s) {
    Integration integration = charging.membrane().integration();
    double a = parameter(Charging.DECAY, i);
    leftByCharged = 1 - s;
    leftByEnd = s * integration.gain(a);
    return step(integration, value, given, a, parameter(Charging.REST, i)) - charged;
  }

  private static double step(Integration how, double y, double x, double a, double rest) {
    return how.step((float) y, (float) x, (float) a, (float) rest);
  }
}
