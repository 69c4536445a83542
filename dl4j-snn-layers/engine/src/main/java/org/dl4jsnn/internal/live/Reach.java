package org.dl4jsnn.internal.live;

import java.util.Arrays;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;

/**
 * Which output positions an input position reaches: at most the windows between two rows and two
 * columns. Immutable.
 */
public final class Reach {

  private final int inputWidth;
  private final int outputWidth;

  /** By row of the input. */
  private final int[] firstRow;

  private final int[] endRow;

  /** By column of the input. */
  private final int[] firstColumn;

  private final int[] endColumn;

  private Reach(FeatureShape input, FeatureShape output) {
    this.inputWidth = input.width();
    this.outputWidth = output.width();
    this.firstRow = new int[input.height()];
    this.endRow = new int[input.height()];
    this.firstColumn = new int[input.width()];
    this.endColumn = new int[input.width()];
  }

  /** Every output from every input. */
  public static Reach everywhere(FeatureShape input, FeatureShape output) {
    Reach reach = new Reach(input, output);
    Arrays.fill(reach.endRow, output.height());
    Arrays.fill(reach.endColumn, output.width());
    return reach;
  }

  /** The windows that hold an input. */
  public static Reach of(Window2D window, FeatureShape input, FeatureShape output) {
    Reach reach = new Reach(input, output);
    fill(window.rows(), input.height(), output.height(), reach.firstRow, reach.endRow);
    fill(window.columns(), input.width(), output.width(), reach.firstColumn, reach.endColumn);
    return reach;
  }

  private static void fill(Window2D.Axis axis, int inputs, int outputs, int[] first, int[] end) {
    int padding = axis.paddingBefore(inputs);
    for (int at = 0; at < inputs; at++) {
      int beyond = at + padding - axis.extent();
      first[at] = Math.min(outputs, beyond < 0 ? 0 : beyond / axis.stride() + 1);
      end[at] = Math.max(first[at], Math.min(outputs, (at + padding) / axis.stride() + 1));
    }
  }

  /** Sets the bits of the positions that events reach. */
  void mark(SpikeEvents events, long[] positions) {
    int last = -1;
    for (int e = 0; e < events.size(); e++) {
      int position = events.position(e);
      if (position != last) {
        last = position;
        int row = position / inputWidth;
        int column = position - row * inputWidth;
        for (int y = firstRow[row]; y < endRow[row]; y++) {
          int first = y * outputWidth + firstColumn[column];
          int end = y * outputWidth + endColumn[column];
          for (int at = first; at < end; at++) {
            positions[at / Long.SIZE] |= 1L << at;
          }
        }
      }
    }
  }
}
