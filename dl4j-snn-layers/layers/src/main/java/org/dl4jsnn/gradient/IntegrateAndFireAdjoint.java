package org.dl4jsnn.gradient;

import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.synapse.Recurrence;

/**
 * For the built-in neuron, in single precision: the same as {@link NeuronAdjoint} for any neuron,
 * in one loop that the JVM vectorises.
 */
final class IntegrateAndFireAdjoint implements StepAdjoint<float[]> {

  private final float threshold;
  private final float leak;
  private final float resetValue;

  /** 1 for a hard reset, 0 for one by subtraction. */
  private final float hard;

  /** 1 if the gradient goes through the reset, otherwise 0. */
  private final float attached;

  private final Recurrence recurrence;
  private final StepGradient.Reader from;
  private final ArrayRuns to;
  private final ArrayOrder order;
  private final float[] inArrayOrder;
  private final float[] spikeGradients;

  IntegrateAndFireAdjoint(
      SpikingNeuron neuron,
      boolean detached,
      Recurrence recurrence,
      StepGradient.Reader from,
      ArrayRuns to,
      ArrayOrder order) {
    this.threshold = (float) neuron.threshold();
    this.leak = (float) neuron.leak();
    this.resetValue = (float) neuron.reset().value();
    this.hard = neuron.reset().isSubtractive() ? 0 : 1;
    this.attached = detached ? 0 : 1;
    this.recurrence = recurrence;
    this.from = from;
    this.to = to;
    this.order = order;
    this.inArrayOrder = new float[order.count()];
    this.spikeGradients = new float[order.count()];
  }

  @Override
  public float[] start() {
    return new float[order.count()];
  }

  @Override
  public void back(
      int sample,
      int step,
      Neurons charged,
      float[] fired,
      float[] surrogate,
      float[] carried,
      int row) {
    from.read(sample, step, inArrayOrder);
    // Such layers are vectors, where both orders are the same.
    recurrence.feedBack(carried, inArrayOrder);
    order.gather(inArrayOrder, spikeGradients);
    back(charged.variable(0), fired, surrogate, carried);
    order.scatter(carried, inArrayOrder);
    to.write(row * order.count(), inArrayOrder);
  }

  private void back(float[] u, float[] fired, float[] surrogate, float[] carried) {
    float soft = 1 - hard;
    for (int i = 0; i < u.length; i++) {
      float later = leak * carried[i];
      float ofSpike = attached * (hard * (resetValue - u[i]) - soft * threshold);
      float gradient = spikeGradients[i] + later * ofSpike;
      carried[i] = surrogate[i] * gradient + later * (1 - hard * fired[i]);
    }
  }
}
