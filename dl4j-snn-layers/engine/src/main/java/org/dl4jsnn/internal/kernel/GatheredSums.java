package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Integrators that never fire: sums of the weights of graded events at all positions, one row of
 * positions after another. Scratch memory, one per task.
 */
public final class GatheredSums implements InputSums {

  /** Its neurons. */
  public static final KernelNeuron NEVER = new KernelNeuron(Float.MAX_VALUE, 1, false, 0, 0);

  private final GatherWeights layer;
  private final FeatureShape output;
  private final StepSpikes spikes;
  private final int padded;
  private final float[] sums;
  private final int size;
  private final ColumnTask task = new ColumnTask();
  private final int[] firstColumn;
  private final int[] endColumn;

  /** Sums through weights, which {@link #serves} must have found suitable. */
  public GatheredSums(GatherWeights layer) {
    this.layer = layer;
    this.output = layer.geometry.output();
    this.spikes = new StepSpikes(layer.codes);
    this.padded = layer.blocks.paddedChannels();
    int values = Math.multiplyExact(output.positions(), padded);
    this.sums = AlignedFloats.scratch(values);
    this.size = AlignedFloats.OFFSET + values;
    int width = output.width();
    this.firstColumn = new int[width];
    this.endColumn = new int[width];
    task.membrane = sums;
    task.membraneStride = padded;
    task.positions = width;
    task.rowShift = new int[width];
    for (int column = 0; column < width; column++) {
      firstColumn[column] = layer.geometry.firstColumn(column);
      endColumn[column] = layer.geometry.endColumn(column);
      task.rowShift[column] =
          column * layer.geometry.strideWidth() * layer.geometry.input().channels();
    }
    task.firstRow = firstColumn;
    task.endRow = endColumn;
  }

  /** Whether the weights are packed as this class reads them. */
  public static boolean serves(GatherWeights layer) {
    return layer.columnsAtOnce == 1;
  }

  @Override
  public void clear() {
    Arrays.fill(sums, 0, size, 0);
  }

  @Override
  public void scale(float factor) {
    for (int i = 0; factor != 1 && i < size; i++) {
      sums[i] *= factor;
    }
  }

  @Override
  public void add(float... amplitudes) {
    spikes.read(amplitudes);
    task.amplitudes = spikes.amplitudes;
    charge();
  }

  /** Adds the weights of the spikes of a step. */
  public void add(SpikeTrain train, int sample, int step) {
    spikes.read(train, sample, step);
    task.amplitudes = train.unitSpikes() ? null : spikes.amplitudes;
    charge();
  }

  private void charge() {
    task.rows = spikes.codes;
    task.bounds = spikes.firstOfPosition();
    int inputWidth = layer.geometry.input().width();
    for (ChannelBlocks.Block block : layer.blocks.blocks()) {
      for (int row = 0; row < output.height(); row++) {
        task.membraneStart =
            AlignedFloats.OFFSET + row * output.width() * padded + block.firstChannel();
        task.lineShift = layer.rowShift[row];
        for (int inputRow = layer.firstRow[row]; inputRow < layer.endRow[row]; inputRow++) {
          task.firstBound = inputRow * inputWidth;
          if (spikes.firstOfRow[inputRow] < spikes.firstOfRow[inputRow + 1]) {
            block.kernel().chargeAll(task);
          }
        }
      }
    }
  }

  /** Takes sums in order of position and channel. */
  public void copyFrom(float[] source) {
    int channels = output.channels();
    for (int position = 0; position < output.positions(); position++) {
      System.arraycopy(
          source, position * channels, sums, AlignedFloats.OFFSET + position * padded, channels);
    }
  }

  @Override
  public void copyTo(float[] target) {
    int channels = output.channels();
    for (int position = 0; position < output.positions(); position++) {
      System.arraycopy(
          sums, AlignedFloats.OFFSET + position * padded, target, position * channels, channels);
    }
  }
}
