package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The gradient of the weights of a fully connected layer: a row of it is the sum of the gradients
 * of the currents of all samples and steps at which that input fired.
 */
public final class DenseWeightGradient {

  private final FeatureShape input;
  private final KernelProvider kernels;
  private final SortedSpikes sorted;
  private final ColumnTask events;
  private final int rows;

  /** Sorts the spikes of a train. */
  public DenseWeightGradient(SpikeTrain train, KernelProvider kernels) {
    this.input = train.shape();
    this.kernels = kernels;
    this.sorted = new SortedSpikes(input.neurons());
    int[] codes = new int[input.positions()];
    for (int position = 0; position < codes.length; position++) {
      codes[position] = position * input.channels();
    }
    StepSpikes spikes = new StepSpikes(new StepSpikes.Codes(input, codes));
    int keyBits = Integer.SIZE - 1; // all of a code is its neuron
    this.rows = Math.multiplyExact(train.minibatch(), train.steps());
    for (int row = 0; row < rows; row++) {
      int count = spikes.read(train, row / train.steps(), row % train.steps());
      sorted.add(train, spikes, count, keyBits, row);
    }
    this.events = new ColumnTask();
    sorted.sort(events);
  }

  /**
   * Adds up.
   *
   * @param currentGradients [minibatch · T, outputs]
   * @param gradient [inputs, outputs], inputs in the order of arrays
   */
  public void write(float[] currentGradients, int outputs, float[] gradient) {
    int widest = kernels.blockWidth(outputs);
    ParallelSamples.run(
        (outputs + widest - 1) / widest,
        () -> {
          int inputs = input.neurons();
          float[] packed = AlignedFloats.scratch(Math.multiplyExact(rows, widest));
          float[] sums = AlignedFloats.scratch(Math.multiplyExact(inputs, widest));
          return block -> {
            int first = block * widest;
            int width = kernels.blockWidth(outputs - first);
            int taken = Math.min(width, outputs - first);
            for (int row = 0; row < rows; row++) {
              int to = AlignedFloats.OFFSET + row * width;
              System.arraycopy(currentGradients, row * outputs + first, packed, to, taken);
              Arrays.fill(packed, to + taken, to + width, 0);
            }
            Arrays.fill(sums, 0);
            ColumnTask task = SortedSpikes.task(inputs, sums, width);
            task.bounds = events.bounds;
            task.rows = events.rows;
            task.amplitudes = events.amplitudes;
            task.membraneStart = AlignedFloats.OFFSET;
            kernels.kernel(packed, rows, width, new float[0], GatheredSums.NEVER).chargeAll(task);
            for (int i = 0; i < inputs; i++) {
              int from = AlignedFloats.OFFSET + i * width;
              int to = input.arrayIndex(i) * outputs + first;
              System.arraycopy(sums, from, gradient, to, taken);
            }
          };
        });
  }
}
