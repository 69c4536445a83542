package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The gradient of the weights of windows: every spike adds the gradients of the currents that it
 * reaches. A few steps are gathered at a time: for one tap of the window, the sums of an input
 * channel stay in registers while all its spikes add to them. Scratch memory, one per task.
 */
public final class GatheredWeightSums implements WeightSums {

  /** Gradients of a block of channels that stay in the cache. */
  private static final int VALUES_AT_ONCE = 1 << 16;

  private final GatherGeometry geometry;
  private final KernelProvider kernels;
  private final StepSpikes spikes;
  private final SortedSpikes sorted;
  private final int keyBits;

  /** The outputs that an input can reach: one position per input and tap. */
  private final int gridWidth;

  private final int grid;

  /** Where an output is in the grid; −1 if no input reaches it. */
  private final int[] gridOfOutput;

  private final int stepsAtOnce;
  private final int padded;
  private final int[] widths;

  /** For every block of channels, the gradients of the currents of some steps in the grid. */
  private final float[][] gradients;

  private final ColumnTask task;
  private int held;

  /** Gathers gradients of weights; up to the given number of steps at once. */
  public GatheredWeightSums(GatherGeometry geometry, KernelProvider kernels, int steps) {
    this.geometry = geometry;
    this.kernels = kernels;
    FeatureShape input = geometry.input();
    int rows = input.height() + geometry.kernelHeight() - 1;
    this.gridWidth = input.width() + geometry.kernelWidth() - 1;
    this.grid = Math.multiplyExact(rows, gridWidth);
    this.keyBits = Integer.SIZE - Integer.numberOfLeadingZeros(input.channels() - 1);
    Math.multiplyExact(grid, 1 << keyBits); // codes are integers
    this.spikes = new StepSpikes(new StepSpikes.Codes(input, codes()));
    this.sorted = new SortedSpikes(input.channels());
    this.gridOfOutput = gridOfOutput(rows);
    this.widths = widths(geometry, kernels);
    this.padded = Arrays.stream(widths).sum();
    this.gradients = new float[widths.length][];
    this.stepsAtOnce = Math.max(1, Math.min(steps, VALUES_AT_ONCE / (grid * widths[0])));
    for (int block = 0; block < widths.length; block++) {
      int values = Math.multiplyExact(stepsAtOnce * grid, widths[block]);
      gradients[block] = AlignedFloats.scratch(values);
    }
    this.task = SortedSpikes.task(input.channels(), null, padded);
  }

  private static int[] widths(GatherGeometry geometry, KernelProvider kernels) {
    int left = geometry.output().channels();
    IntStream.Builder widths = IntStream.builder();
    while (left > 0) {
      int width = kernels.blockWidth(left);
      widths.add(width);
      left -= width;
    }
    return widths.build().toArray();
  }

  private int[] codes() {
    FeatureShape input = geometry.input();
    int[] codes = new int[input.positions()];
    for (int at = 0; at < codes.length; at++) {
      int row = at / input.width() + geometry.kernelHeight() - 1;
      int column = at % input.width() + geometry.kernelWidth() - 1;
      codes[at] = row * gridWidth + column << keyBits;
    }
    return codes;
  }

  private int[] gridOfOutput(int rows) {
    int[] places = new int[geometry.output().positions()];
    int width = geometry.output().width();
    for (int at = 0; at < places.length; at++) {
      int row = geometry.firstInputRow(at / width) + geometry.kernelHeight() - 1;
      int column =
          at % width * geometry.strideWidth() - geometry.paddingLeft() + geometry.kernelWidth() - 1;
      boolean reached = row >= 0 && row < rows && column >= 0 && column < gridWidth;
      places[at] = reached ? row * gridWidth + column : -1;
    }
    return places;
  }

  /** An array for the sums, in an order that {@link #collect} knows. */
  public static float[] newSums(GatherGeometry geometry, KernelProvider kernels) {
    int padded = Arrays.stream(widths(geometry, kernels)).sum();
    return AlignedFloats.scratch(Math.multiplyExact(geometry.weightRows(), padded));
  }

  @Override
  public void add(SpikeTrain train, int sample, int step, float[] currentGradient, float[] sums) {
    int count = spikes.read(train, sample, step);
    if (count == 0) {
      return;
    }
    sorted.add(train, spikes, count, keyBits, held * grid);
    int channels = geometry.output().channels();
    for (int block = 0, first = 0; block < gradients.length; first += widths[block++]) {
      int width = widths[block];
      int taken = Math.min(width, channels - first);
      int start = AlignedFloats.OFFSET + held * grid * width;
      for (int position = 0; position < gridOfOutput.length; position++) {
        if (gridOfOutput[position] >= 0) {
          int to = start + gridOfOutput[position] * width;
          int from = position * channels + first;
          System.arraycopy(currentGradient, from, gradients[block], to, taken);
        }
      }
    }
    held++;
    if (held == stepsAtOnce) {
      finish(sums);
    }
  }

  @Override
  public void finish(float[] sums) {
    if (held == 0) {
      return;
    }
    sorted.sort(task);
    task.membrane = sums;
    int perTap = geometry.input().channels() * padded;
    int taps = geometry.kernelHeight() * geometry.kernelWidth();
    for (int block = 0, first = 0; block < gradients.length; first += widths[block++]) {
      ColumnKernel kernel =
          kernels.kernel(
              gradients[block], held * grid, widths[block], new float[0], GatheredSums.NEVER);
      for (int tap = 0; tap < taps; tap++) {
        task.membraneStart = AlignedFloats.OFFSET + tap * perTap + first;
        task.lineShift = tap / geometry.kernelWidth() * gridWidth + tap % geometry.kernelWidth();
        kernel.chargeAll(task);
      }
    }
    sorted.clear();
    held = 0;
  }

  /** Hands over sums as weights, which a parameter stores as it likes. */
  public static void collect(
      GatherGeometry geometry, KernelProvider kernels, float[] sums, KernelWeights parameter) {
    int padded = Arrays.stream(widths(geometry, kernels)).sum();
    int at = AlignedFloats.OFFSET;
    for (int row = 0; row < geometry.kernelHeight(); row++) {
      for (int column = 0; column < geometry.kernelWidth(); column++) {
        for (int channel = 0; channel < geometry.input().channels(); channel++) {
          parameter.copy(row, column, channel, 0, geometry.output().channels(), sums, at);
          at += padded;
        }
      }
    }
  }
}
