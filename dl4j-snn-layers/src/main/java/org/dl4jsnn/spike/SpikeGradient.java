package org.dl4jsnn.spike;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The loss's gradient with respect to every single spike of a train, ∂L/∂s[t]: what the gradient of
 * firing rates is, resolved in time. An array of minibatch · T · neurons numbers outside of
 * workspaces; to be closed, or left to Java's collector.
 */
public final class SpikeGradient implements AutoCloseable {

  private final FeatureShape shape;
  private final int minibatch;
  private final int steps;
  private final INDArray values;

  /**
   * A gradient of zeros.
   *
   * @param shape the shape of one sample's neurons
   * @param minibatch samples
   * @param steps T
   * @param type single or double precision
   * @throws IllegalArgumentException for another data type
   * @throws ArithmeticException if there are more than 2³¹ numbers
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  public SpikeGradient(FeatureShape shape, int minibatch, int steps, DataType type) {
    ArrayRuns.requireReal(type);
    this.shape = shape;
    this.minibatch = minibatch;
    this.steps = steps;
    int rows = Math.multiplyExact(minibatch, steps);
    Math.multiplyExact(rows, shape.neurons());
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      this.values = Nd4j.create(type, shape.arrayShape(rows), 'c');
    }
  }

  /**
   * The gradient that a gradient of rates alone means: the same at every step, ∂L/∂s[t] = ∂L/∂r / T
   * (equation 15 of docs/mathematics.md).
   *
   * @param rateGradient [minibatch, …] in the shape of the neurons
   * @param shape the shape of one sample's neurons
   * @param steps T
   * @return the gradient
   */
  public static SpikeGradient spread(INDArray rateGradient, FeatureShape shape, int steps) {
    int minibatch = Math.toIntExact(rateGradient.size(0));
    SpikeGradient gradient = new SpikeGradient(shape, minibatch, steps, rateGradient.dataType());
    gradient.addSpread(rateGradient);
    return gradient;
  }

  /**
   * Adds what a gradient of rates means for every step.
   *
   * @param rateGradient [minibatch, …] in the shape of the neurons
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  public void addSpread(INDArray rateGradient) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray perStep = rateGradient.div(steps)) {
      INDArray perSample = perStep.reshape('c', minibatch, 1, shape.neurons());
      INDArray byStep = values.reshape('c', minibatch, steps, shape.neurons());
      byStep.addi(perSample.broadcast(byStep.shape()));
    }
  }

  /**
   * Adds another gradient of the same train and closes it.
   *
   * @param other the gradient
   */
  public void addAndClose(SpikeGradient other) {
    values.addi(other.values);
    other.close();
  }

  /**
   * The shape of the neurons.
   *
   * @return the shape of one sample
   */
  public FeatureShape shape() {
    return shape;
  }

  /**
   * Samples.
   *
   * @return the size of the minibatch
   */
  public int minibatch() {
    return minibatch;
  }

  /**
   * T.
   *
   * @return time steps
   */
  public int steps() {
    return steps;
  }

  /**
   * All values.
   *
   * @return [minibatch · T, …], sample after sample and step after step
   */
  public INDArray values() {
    return values;
  }

  /**
   * The row of a sample and step among {@link #values()}.
   *
   * @param sample index of the sample
   * @param step index of the step
   * @return the row
   */
  public int row(int sample, int step) {
    return sample * steps + step;
  }

  /**
   * Adds the gradients of some samples and steps.
   *
   * @param firstSample index of the first sample
   * @param firstStep index of the first step
   * @param blockSteps steps of each sample
   * @param block [samples · blockSteps, …], sample after sample
   */
  public void add(int firstSample, int firstStep, int blockSteps, INDArray block) {
    int samples = Math.toIntExact(block.size(0)) / blockSteps;
    INDArray target = values.reshape('c', minibatch, steps, shape.neurons());
    target
        .get(
            NDArrayIndex.interval(firstSample, firstSample + samples),
            NDArrayIndex.interval(firstStep, firstStep + blockSteps),
            NDArrayIndex.all())
        .addi(block.reshape('c', samples, blockSteps, shape.neurons()));
  }

  /**
   * The gradient of the firing rates that it means: ∂L/∂r = Σ_t ∂L/∂s[t], since all spikes of a
   * neuron move with its rate.
   *
   * @return [minibatch, …] in the shape of the neurons
   */
  public INDArray sum() {
    return values
        .reshape('c', minibatch, steps, shape.neurons())
        .sum(1)
        .reshape('c', shape.arrayShape(minibatch));
  }

  @Override
  public void close() {
    values.close();
  }
}
