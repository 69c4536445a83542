package org.dl4jsnn.internal.handover;

import java.util.Optional;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
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
 * may be closed, so that others use its memory, or left to the garbage collector.
 */
public final class SpikeGradient implements AutoCloseable {

  private final FeatureShape shape;
  private final int minibatch;
  private final int steps;

  private final GradientMemory memory;

  /** What goes back to the memory; may be longer than the values, which are its beginning. */
  private INDArray owned;

  private INDArray values;

  /** Σ_t of the values if it is known, [minibatch, …]; otherwise null. */
  private INDArray sum;

  /** Whether channels are innermost in the values, as in spike trains. */
  private boolean inTrainOrder;

  /** Those whose neurons have one value each in train order; null if every neuron has its own. */
  private PoolingGeometry windows;

  /**
   * Creates a gradient in single or double precision whose values must still be {@linkplain #put
   * put}; refuses, by an IllegalArgumentException, another type and 2 GiB or more.
   */
  public SpikeGradient(
      GradientMemory memory, FeatureShape shape, int minibatch, int steps, DataType type) {
    this(memory, shape, shape, minibatch, steps, type);
  }

  /** Creates a gradient of one shape with the values of another. */
  private SpikeGradient(
      GradientMemory memory,
      FeatureShape shape,
      FeatureShape stored,
      int minibatch,
      int steps,
      DataType type) {
    ArrayRuns.requireReal(type);
    this.memory = memory;
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
    long length = (long) minibatch * steps * stored.neurons();
    this.owned = memory.take(type, length);
    this.values =
        owned
            .reshape('c', new long[] {owned.length()})
            .get(NDArrayIndex.interval(0, length))
            .reshape('c', stored.arrayShape(minibatch * steps));
  }

  /**
   * A gradient like another one, of other neurons; its values must still be put. The other one's
   * are in the order of arrays afterwards, for tasks that read them.
   */
  public static SpikeGradient like(SpikeGradient other, FeatureShape shape) {
    DataType type = other.values().dataType();
    return new SpikeGradient(other.memory, shape, other.minibatch, other.steps, type);
  }

  /**
   * The same with channels innermost, until somebody reads {@link #values}.
   *
   * @param shared disjoint windows whose neurons have one value each, which is put only once
   */
  public static SpikeGradient inTrainOrder(
      GradientMemory memory,
      FeatureShape shape,
      int minibatch,
      int steps,
      Optional<PoolingWindows> shared) {
    FeatureShape stored = shared.map(PoolingWindows::output).orElse(shape);
    SpikeGradient gradient =
        new SpikeGradient(memory, shape, stored, minibatch, steps, DataType.FLOAT);
    gradient.inTrainOrder = true;
    gradient.windows = shared.map(PoolingGeometry::new).orElse(null);
    return gradient;
  }

  /** Whether channels are innermost in {@link #buffered} values. */
  public boolean isInTrainOrder() {
    return inTrainOrder;
  }

  /** The windows with one {@link #buffered} value each; empty if every neuron has its own. */
  public Optional<PoolingGeometry> windows() {
    return Optional.ofNullable(windows);
  }

  /** The values in their present order. */
  public INDArray buffered() {
    if (owned == null) {
      throw new IllegalStateException("gradient in time must be open, got one that is closed");
    }
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
    sum = sum == null || other.sum == null ? null : sum.addi(other.sum);
    if (inTrainOrder == other.inTrainOrder && windows == null && other.windows == null) {
      buffered().addi(other.buffered());
    } else {
      values().addi(other.values());
    }
    other.close();
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
  public synchronized INDArray values() {
    if (windows != null) {
      own(spread());
      windows = null;
    }
    if (inTrainOrder) {
      own(inArrayOrder(buffered()));
      inTrainOrder = false;
    }
    return buffered();
  }

  private void own(INDArray other) {
    memory.giveBack(owned);
    owned = other;
    values = other;
  }

  /** Values of all neurons in train order. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  private INDArray spread() {
    ArrayRuns from = new ArrayRuns(buffered());
    float[] ofWindows = new float[windows.output().neurons()];
    float[] row = new float[shape.neurons()];
    int rows = minibatch * steps;
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray all = Nd4j.createUninitialized(DataType.FLOAT, shape.arrayShape(rows), 'c');
      ArrayRuns to = new ArrayRuns(all);
      for (int k = 0; k < rows; k++) {
        from.read(k * ofWindows.length, ofWindows);
        windows.spread(ofWindows, row);
        to.write(k * row.length, row);
      }
      HostArrays.written(all);
      return all;
    }
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
    sum = null;
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
   * spikes of a neuron move with its rate. Not to be written to.
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  public INDArray sum() {
    if (sum == null) {
      if (windows != null) {
        values();
      }
      try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        INDArray flat = buffered().reshape('c', minibatch, steps, shape.neurons()).sum(1);
        sum = inTrainOrder ? inArrayOrder(flat) : flat.reshape('c', shape.arrayShape(minibatch));
      }
    }
    return sum;
  }

  /** Takes note of the sum, copied, from whoever has added all values. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  public void noteSum(INDArray ofValues) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      sum = ofValues.dup('c');
    }
  }

  /**
   * Multiplies the gradients of every neuron in place by a factor that is the same at every step,
   * [minibatch, …].
   */
  public void scale(INDArray factors) {
    sum = null;
    INDArray byStep = values().reshape('c', minibatch, steps, shape.neurons());
    INDArray ofNeurons = factors.reshape('c', minibatch, shape.neurons());
    Broadcast.mul(byStep, ofNeurons, byStep, 0, 2);
  }

  /** Gives the memory to others; does nothing the second time. */
  @Override
  public void close() {
    if (owned == null) {
      return;
    }
    memory.giveBack(owned);
    owned = null;
    if (sum != null) {
      sum.close();
    }
  }
}
