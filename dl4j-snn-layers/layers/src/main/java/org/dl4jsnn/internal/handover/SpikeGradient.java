package org.dl4jsnn.internal.handover;

import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Broadcast;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The loss's gradient with respect to every single spike of a train, ∂L/∂s[t]: the gradient of
 * firing rates, resolved in time. An array of minibatch · T · neurons numbers outside workspaces;
 * may be closed, or left to the garbage collector.
 */
public final class SpikeGradient implements AutoCloseable {

  private final FeatureShape shape;
  private final int minibatch;
  private final int steps;

  private INDArray values;

  /** Whether channels are innermost in the values, as in spike trains. */
  private boolean inTrainOrder;

  /**
   * Creates a gradient in single or double precision whose values must still be {@linkplain #put
   * put}; refuses, by an IllegalArgumentException, another type and 2 GiB or more.
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  public SpikeGradient(FeatureShape shape, int minibatch, int steps, DataType type) {
    ArrayRuns.requireReal(type);
    this.shape = shape;
    this.minibatch = minibatch;
    this.steps = steps;
    double bytes = (double) minibatch * steps * shape.neurons() * type.width();
    Require.not(
        bytes > Integer.MAX_VALUE,
        "gradient in time must take less than 2 GiB, got %d samples x %d steps x %d neurons x"
            + " %d bytes. Use smaller minibatches, fewer steps, or a rate-based rule",
        minibatch,
        steps,
        shape.neurons(),
        type.width());
    int rows = minibatch * steps;
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      this.values = Nd4j.createUninitialized(type, shape.arrayShape(rows), 'c');
    }
  }

  /** The same with channels innermost, until somebody reads {@link #values}. */
  public static SpikeGradient inTrainOrder(FeatureShape shape, int minibatch, int steps) {
    SpikeGradient gradient = new SpikeGradient(shape, minibatch, steps, DataType.FLOAT);
    gradient.inTrainOrder = true;
    return gradient;
  }

  /** Whether channels are innermost in {@link #buffered} values. */
  public boolean isInTrainOrder() {
    return inTrainOrder;
  }

  /** The values in their present order. */
  public INDArray buffered() {
    return values;
  }

  @SuppressWarnings("try") // the scope is entered and left, not read
  private INDArray inArrayOrder(INDArray of) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      long rows = of.length() / shape.neurons();
      return of.reshape('c', rows, shape.positions(), shape.channels())
          .permute(0, 2, 1)
          .dup('c')
          .reshape('c', shape.arrayShape((int) rows));
    }
  }

  /** Adds another gradient of the same train and closes it. */
  public void addAndClose(SpikeGradient other) {
    if (inTrainOrder == other.inTrainOrder) {
      values.addi(other.values);
    } else {
      values().addi(other.values());
    }
    other.close();
  }

  /** The shape of one sample's neurons. */
  public FeatureShape shape() {
    return shape;
  }

  /** The number of samples. */
  public int minibatch() {
    return minibatch;
  }

  /** T. */
  public int steps() {
    return steps;
  }

  /** All values, [minibatch · T, …], sample after sample and step after step. */
  public INDArray values() {
    if (inTrainOrder) {
      INDArray before = values;
      values = inArrayOrder(before);
      inTrainOrder = false;
      before.close();
    }
    return values;
  }

  /** The row of a sample and step among {@link #values()}. */
  public int row(int sample, int step) {
    return sample * steps + step;
  }

  /**
   * Sets the gradients of some samples and steps from a block [samples · blockSteps, …], sample
   * after sample.
   */
  public void put(int firstSample, int firstStep, int blockSteps, INDArray block) {
    int samples = Math.toIntExact(block.size(0)) / blockSteps;
    if (blockSteps == steps) {
      rows(values(), row(firstSample, 0), samples * steps).assign(block);
      return;
    }
    for (int k = 0; k < samples; k++) {
      rows(values(), row(firstSample + k, firstStep), blockSteps)
          .assign(rows(block, k * blockSteps, blockSteps));
    }
  }

  /** Neighbouring rows, so that they lie one after another in the buffer. */
  private static INDArray rows(INDArray array, int first, int count) {
    return array.get(NDArrayIndex.interval(first, first + count));
  }

  /**
   * The corresponding gradient of the firing rates, [minibatch, …]: ∂L/∂r = Σ_t ∂L/∂s[t], since all
   * spikes of a neuron move with its rate.
   */
  public INDArray sum() {
    INDArray sum = values.reshape('c', minibatch, steps, shape.neurons()).sum(1);
    return inTrainOrder ? inArrayOrder(sum) : sum.reshape('c', shape.arrayShape(minibatch));
  }

  /**
   * Multiplies the gradients of every neuron in place by a factor that is the same at every step,
   * [minibatch, …].
   */
  public void scale(INDArray factors) {
    INDArray byStep = values().reshape('c', minibatch, steps, shape.neurons());
    INDArray ofNeurons = factors.reshape('c', minibatch, shape.neurons());
    Broadcast.mul(byStep, ofNeurons, byStep, 0, 2);
  }

  @Override
  public void close() {
    values.close();
  }
}
