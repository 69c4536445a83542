package org.dl4jsnn.gradient;

import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.neuron.LocalDerivatives;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.synapse.Recurrence;

/** For any neuron, in double precision; ∂L/∂x of every state variable goes from step to step. */
final class AnyStepAdjoint implements StepAdjoint<double[][]> {

  private final NeuronAdjoint adjoint;
  private final Recurrence recurrence;
  private final StepGradient.Reader from;
  private final ArrayRuns to;
  private final ArrayOrder order;
  private final int variables;
  private final double[] inArrayOrder;
  private final LearnedGradients learned;

  /** Derivatives of the neurons that the adjoint has moved to. */
  private final double[] derivatives = new double[LocalDerivatives.SIZE];

  private final double[] spikeGradients = new double[LocalDerivatives.SIZE];

  AnyStepAdjoint(
      NeuronDynamics neuron,
      int channels,
      boolean detached,
      Recurrence recurrence,
      StepGradient.Reader from,
      ArrayRuns to,
      ArrayOrder order,
      LearnedGradients learned) {
    this.adjoint = new NeuronAdjoint(neuron, channels, detached);
    this.recurrence = recurrence;
    this.from = from;
    this.to = to;
    this.order = order;
    this.learned = learned;
    this.variables = neuron.variables().size();
    this.inArrayOrder = new double[order.count()];
  }

  @Override
  public double[][] start() {
    return new double[variables][order.count()];
  }

  @Override
  public void back(
      int sample,
      int step,
      Neurons charged,
      float[] fired,
      float[] surrogate,
      double[][] carried,
      int row) {
    from.read(sample, step, inArrayOrder);
    // Such layers are vectors, where both orders are the same.
    recurrence.feedBack(carried[0], inArrayOrder);
    int some;
    for (int first = 0; first < order.count(); first += some) {
      some = adjoint.move(charged, fired, first);
      for (int i = 0; i < some; i++) {
        derivatives[i] = surrogate[first + i];
      }
      order.gather(inArrayOrder, first, some, spikeGradients);
      adjoint.back(derivatives, spikeGradients, carried, learned.ofSample(sample), first);
    }
    order.scatter(carried[0], inArrayOrder);
    to.write(row * order.count(), inArrayOrder);
  }
}
