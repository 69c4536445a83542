package org.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * The parameters of one call of a {@link ColumnKernel}: a plain block of fields, reused from call
 * to call, since this is the innermost loop.
 *
 * <p>The events that an output position p gathers at step t are those from {@code bounds[b +
 * firstRow[p]]} to {@code bounds[b + endRow[p]]}, with {@code b = firstBound + t · boundsPerStep},
 * of the lists {@code rows} and {@code amplitudes}; an event's row of weights is {@code rows[e] −
 * rowShift[p] − lineShift}.
 */
public final class ColumnTask {

  /** Membrane potentials of the sample. */
  public float[] membrane;

  /**
   * The total that resets have subtracted from the membranes so far, in the layout of the
   * membranes; null if not needed. Only for neurons without leak, for which it gives, together with
   * the membranes, the accumulated input.
   */
  public float[] taken;

  /** Index of the first position's block of channels in the membrane. */
  public int membraneStart;

  /** Distance between two positions in the membrane. */
  public int membraneStride;

  /** Output positions of the column. */
  public int positions;

  /** For every position the first input row of its window. */
  public int[] firstRow;

  /** For every position the input row after its window. */
  public int[] endRow;

  /** For every position what to subtract from an event's row of weights. */
  public int[] rowShift;

  /** What to subtract from an event's row of weights at all positions of the column. */
  public int lineShift;

  /** For every event its row of weights, counted from those of the first position. */
  public int[] rows;

  /** For every event its amplitude; null if all are 1. */
  public float[] amplitudes;

  /**
   * Steps for which the current of the only step is held; 0 if every step has its own. Membranes
   * begin at 0 and gather the current, for {@link ColumnKernel#hold}.
   */
  public int held;

  /** The potentials before the first of these steps. */
  public float[] starts;

  /** Index of those of the block's channels, at every position. */
  public int firstStart;

  /**
   * Whether all amplitudes are 1, all sums of the run are exact in single precision, in any order,
   * and resets are not added up.
   */
  public boolean exact;

  /**
   * Whether positions fire even if no events reach them at a step: events were added before, by
   * {@link ColumnKernel#chargeAll}, or a membrane began above the threshold.
   */
  public boolean everyPosition;

  /** Index of the first event of every output column, step and input row. */
  public int[] bounds;

  /** Index of the column's first bound. */
  public int firstBound;

  /** Distance between two steps among the bounds. */
  public int boundsPerStep;

  /** Steps to run. */
  public int steps;

  /** The sample's output words. */
  public int[] words;

  /** Index of the word of the first step, first position and the block's first channel. */
  public int firstWord;

  /** Distance between two steps among the words. */
  public int wordsPerStep;

  /** For every position, the place of its first word, counted from that of the column. */
  public int[] rowWord;

  /** The place of each word of a position, counted from its first. */
  public int[] wordOffsets;

  /** Bit of the block's first channel in its word. */
  public int shift;

  /** Gives a block cleared membranes that lie one position after another. */
  void clear(int width) {
    membraneStart = AlignedFloats.OFFSET;
    membraneStride = width;
    Arrays.fill(membrane, membraneStart, membraneStart + positions * width, 0);
  }
}
