package org.dl4jsnn.synapse;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A convolution seen from its input: for every input position, the runs of membrane that one of its
 * spikes charges, and the weights packed in that order.
 *
 * <p>A spike at row y reaches the output rows (y + padding − ky · dilation) / stride for the kernel
 * rows ky that make this a whole number; which ky do depends on (y + padding) mod stride, the
 * phase. Columns likewise. In a row of the membrane, channels innermost, the reached columns are
 * neighbours (unless the kernel is dilated), so a kernel row is one contiguous run. A border around
 * the membrane takes up what falls outside the output.
 */
final class ConvolutionRuns {

  private final FeatureShape input;
  private final int outputChannels;
  private final float[] weights;
  private final Reach[] rowReach;
  private final Reach[] columnReach;
  private final Phase[] phases;
  private final int[] baseOfPosition;
  private final byte[] phaseOfPosition;
  private final MembraneLayout layout;

  /**
   * Lays out a convolution.
   *
   * @param kernel the weights [output channels, input channels, kernel height, kernel width]
   */
  ConvolutionRuns(Window2D window, FeatureShape input, FeatureShape output, float[] kernel) {
    this.input = input;
    this.outputChannels = output.channels();
    this.rowReach = Reach.ofPhases(window.rows());
    this.columnReach = Reach.ofPhases(window.columns());

    int top = border(rowReach);
    int left = border(columnReach);
    int paddedTop = window.rows().paddingBefore(input.height());
    int paddedLeft = window.columns().paddingBefore(input.width());
    int strideY = window.rows().stride();
    int strideX = window.columns().stride();
    int height = top + Math.max(output.height(), (input.height() - 1 + paddedTop) / strideY + 1);
    int width = left + Math.max(output.width(), (input.width() - 1 + paddedLeft) / strideX + 1);
    int rowStride = width * outputChannels;
    this.layout =
        new MembraneLayout(
            output.height(),
            output.width() * outputChannels,
            rowStride,
            (top * width + left) * outputChannels,
            Math.multiplyExact(height, rowStride));

    this.baseOfPosition = new int[input.height() * input.width()];
    this.phaseOfPosition = new byte[baseOfPosition.length];
    for (int y = 0, position = 0; y < input.height(); y++) {
      for (int x = 0; x < input.width(); x++, position++) {
        int row = top + (y + paddedTop) / strideY;
        int column = left + (x + paddedLeft) / strideX;
        baseOfPosition[position] = (row * width + column) * outputChannels;
        phaseOfPosition[position] =
            (byte) ((y + paddedTop) % strideY * strideX + (x + paddedLeft) % strideX);
      }
    }

    this.weights = new float[kernel.length];
    this.phases = new Phase[strideY * strideX];
    int packed = 0;
    for (int phase = 0; phase < phases.length; phase++) {
      Reach rows = rowReach[phase / strideX];
      Reach columns = columnReach[phase % strideX];
      phases[phase] = new Phase(packed, rows, columns, rowStride, outputChannels);
      packed = pack(window, kernel, rows, columns, packed);
    }
  }

  private static int border(Reach[] reaches) {
    int border = 0;
    for (Reach reach : reaches) {
      for (int back : reach.back) {
        border = Math.max(border, back);
      }
    }
    return border;
  }

  /**
   * Appends the weights of a phase: by input channel, kernel row, output column, output channel.
   */
  private int pack(Window2D window, float[] kernel, Reach rows, Reach columns, int start) {
    int kernelHeight = window.rows().kernel();
    int kernelWidth = window.columns().kernel();
    int next = start;
    for (int in = 0; in < input.channels(); in++) {
      for (int ky : rows.taps) {
        for (int kx : columns.taps) {
          for (int out = 0; out < outputChannels; out++) {
            int from = ((out * input.channels() + in) * kernelHeight + ky) * kernelWidth + kx;
            weights[next++] = kernel[from];
          }
        }
      }
    }
    return next;
  }

  MembraneLayout layout() {
    return layout;
  }

  int inputChannels() {
    return input.channels();
  }

  float[] weights() {
    return weights;
  }

  /** Index of the membrane of the last output position that an input position reaches. */
  int baseOf(int position) {
    return baseOfPosition[position];
  }

  Phase phaseOf(int position) {
    return phases[phaseOfPosition[position]];
  }

  /** The taps of one axis that a phase uses, and how many outputs before the base each reaches. */
  private record Reach(int[] taps, int[] back) {

    static Reach[] ofPhases(Window2D.Axis axis) {
      Reach[] reaches = new Reach[axis.stride()];
      for (int phase = 0; phase < reaches.length; phase++) {
        List<Integer> taps = new ArrayList<>();
        // From the last tap, which reaches the first output.
        for (int tap = axis.kernel() - 1; tap >= 0; tap--) {
          if (tap * axis.dilation() % axis.stride() == phase) {
            taps.add(tap);
          }
        }
        int[] used = taps.stream().mapToInt(Integer::intValue).toArray();
        int[] back = new int[used.length];
        for (int i = 0; i < used.length; i++) {
          back[i] = (used[i] * axis.dilation() - phase) / axis.stride();
        }
        reaches[phase] = new Reach(used, back);
      }
      return reaches;
    }
  }

  /** The runs that a spike of one phase charges, in the order of the packed weights. */
  static final class Phase {

    private final int firstWeight;
    private final int weightsPerChannel;
    private final int[] offsets;
    private final int[] lengths;

    private Phase(int firstWeight, Reach rows, Reach columns, int rowStride, int channels) {
      this.firstWeight = firstWeight;
      this.weightsPerChannel = rows.taps.length * columns.taps.length * channels;
      List<int[]> runs = new ArrayList<>();
      for (int rowsBack : rows.back) {
        int[] run = null;
        for (int columnsBack : columns.back) {
          int offset = -rowsBack * rowStride - columnsBack * channels;
          if (run != null && run[0] + run[1] == offset) {
            run[1] += channels;
          } else {
            run = new int[] {offset, channels};
            runs.add(run);
          }
        }
      }
      this.offsets = runs.stream().mapToInt(run -> run[0]).toArray();
      this.lengths = runs.stream().mapToInt(run -> run[1]).toArray();
    }

    int runs() {
      return offsets.length;
    }

    /** Where a run begins, relative to the position's base. */
    int offset(int run) {
      return offsets[run];
    }

    int length(int run) {
      return lengths[run];
    }

    /** Index of the first packed weight of an input channel. */
    int weightsOf(int channel) {
      return firstWeight + channel * weightsPerChannel;
    }
  }
}
