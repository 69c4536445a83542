package org.dl4jsnn.neuron;

import java.util.List;

/**
 * One step of adaptive leaky integrate-and-fire neurons, in the order that real and whole numbers
 * have in common (equations 88 and 92 of docs/mathematics.md).
 */
abstract class AdLifStep {

  static final int INPUT = 0;
  static final int MEMBRANE = 1;
  static final int ADAPTATION = 2;
  static final int LAST_SPIKE = 3;

  static final List<StateVariable> VARIABLES =
      List.of(
          new StateVariable(StateVariable.INPUT, 0),
          new StateVariable(StateVariable.MEMBRANE, 0),
          new StateVariable("adaptation", 0),
          new StateVariable("last spike", 0));

  final float[] x;
  final float[] u;
  final float[] w;
  final float[] z;
  private final Neurons neurons;

  AdLifStep(Neurons neurons) {
    this.neurons = neurons;
    x = neurons.variable(INPUT);
    u = neurons.variable(MEMBRANE);
    w = neurons.variable(ADAPTATION);
    z = neurons.variable(LAST_SPIKE);
  }

  /** The adaptation of a neuron after the step. */
  abstract float adapted(int i);

  /** Its membrane before it fires. */
  abstract float charged(int i);

  /** Its threshold. */
  abstract float threshold(int i);

  final void excess(float[] excess) {
    for (int i = 0; i < excess.length; i++) {
      excess[i] = charged(i) - threshold(i);
    }
  }

  final void compare(float[] membrane, float[] threshold) {
    for (int i = 0; i < membrane.length; i++) {
      membrane[i] = charged(i);
      threshold[i] = threshold(i);
    }
  }

  final void reset() {
    for (int i = 0; i < u.length; i++) {
      float adapted = adapted(i);
      u[i] = charged(i);
      w[i] = adapted;
      x[i] = 0;
      z[i] = 0;
    }
    for (int k = 0; k < neurons.firedCount(); k++) {
      u[neurons.fired(k)] = 0;
      z[neurons.fired(k)] = 1;
    }
  }
}
