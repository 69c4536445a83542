package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * For every output column (line) the input spikes that reach it, over a few steps: in order of
 * step, input row, column and channel, so that the events of an output position at a step are
 * contiguous.
 */
final class ColumnEvents {

  private static final int INITIAL_CAPACITY = 256;

  private final Lines of;
  private final int inputHeight;
  private final int inputWidth;
  private final StepSpikes spikes;
  private final int lines;

  /** The input rows that are listed; the others count as empty. */
  private final int firstInputRow;

  private final int endInputRow;

  /** The rows of weights of all lines, {@code capacity} for each. */
  private int[] rows;

  private float[] amplitudes = new float[0];

  /** Whether events have amplitudes. */
  private boolean graded;

  private int capacity = INITIAL_CAPACITY;

  /** For every line, step and input row, the index of the first event. */
  private final int[] bounds;

  private final int boundsPerLine;

  /** For every line, the place of its next event. */
  private final int[] next;

  /**
   * Lists of a layer.
   *
   * @param steps the most steps that are listed together
   * @param spikes reads steps; used only while {@link #list} runs
   * @param firstInputRow the first input row that is listed
   * @param endInputRow the input row after the last
   */
  ColumnEvents(Lines of, int steps, StepSpikes spikes, int firstInputRow, int endInputRow) {
    this.of = of;
    this.inputHeight = of.inputHeight;
    this.inputWidth = of.inputWidth;
    this.lines = of.firstColumn.length;
    this.spikes = spikes;
    this.firstInputRow = firstInputRow;
    this.endInputRow = endInputRow;
    this.rows = new int[Math.multiplyExact(lines, capacity)];
    this.boundsPerLine = Math.multiplyExact(steps, inputHeight + 1);
    this.bounds = new int[Math.multiplyExact(boundsPerLine, lines)];
    this.next = new int[lines];
  }

  /** Which lines an input reaches. Immutable; shared by all lists of a layer. */
  static final class Lines {

    private final int inputHeight;
    private final int inputWidth;
    private final int shiftPerLine;

    /** For every line, the columns of its window. */
    private final int[] firstColumn;

    private final int[] endColumn;

    /** For the code of a spike in the first row, the lines whose windows hold it. */
    private final int[] firstLine;

    private final int[] lastLine;
    private final int codesPerRow;

    Lines(GatherGeometry geometry) {
      int lines = geometry.output().width();
      int channels = geometry.input().channels();
      this.inputHeight = geometry.input().height();
      this.inputWidth = geometry.input().width();
      this.shiftPerLine = geometry.strideWidth() * channels;
      this.firstColumn = new int[lines];
      this.endColumn = new int[lines];
      this.codesPerRow = geometry.weightRowsPerInputRow();
      this.firstLine = new int[(geometry.paddingLeft() + inputWidth) * channels];
      this.lastLine = new int[firstLine.length];
      Arrays.fill(firstLine, lines);
      Arrays.fill(lastLine, -1);
      for (int line = lines - 1; line >= 0; line--) {
        firstColumn[line] = geometry.firstColumn(line);
        endColumn[line] = geometry.endColumn(line);
        int from = (geometry.paddingLeft() + firstColumn[line]) * channels;
        int to = (geometry.paddingLeft() + endColumn[line]) * channels;
        for (int code = from; code < to; code++) {
          firstLine[code] = line;
          lastLine[code] = Math.max(lastLine[code], line);
        }
      }
    }
  }

  /** The codes of a layer's input: the code of a spike is its row of weights. */
  static StepSpikes.Codes codes(GatherGeometry geometry) {
    FeatureShape input = geometry.input();
    int[] weightRow = new int[input.positions()];
    for (int position = 0; position < weightRow.length; position++) {
      int column = position % input.width() + geometry.paddingLeft();
      weightRow[position] =
          position / input.width() * geometry.weightRowsPerInputRow() + column * input.channels();
    }
    return new StepSpikes.Codes(input, weightRow);
  }

  /** Takes a train, as {@link StepSpikes#begin} does. */
  void begin(SpikeTrain input, boolean inAnyOrder) {
    graded = spikes.begin(input, inAnyOrder);
  }

  /** Lists the events of a range of steps of one sample of the train. */
  void list(SpikeTrain input, int sample, int firstStep, int steps) {
    for (int line = 0; line < lines; line++) {
      next[line] = line * capacity;
    }
    if (graded && amplitudes.length < rows.length) {
      amplitudes = new float[rows.length];
    }
    for (int step = 0; step < steps; step++) {
      int count = spikes.read(input, sample, firstStep + step);
      makeRoom(count, step);
      list(count, step);
    }
  }

  /** Lists the spikes of one step. */
  private void list(int count, int step) {
    boolean few = count < inputHeight * lines;
    for (int row = 0; row < inputHeight; row++) {
      startRow(step, row);
      boolean isListed = row >= firstInputRow && row < endInputRow;
      if (isListed && spikes.firstOfRow[row] < spikes.firstOfRow[row + 1]) {
        if (few) {
          append(row);
        } else {
          copy(row * inputWidth);
        }
      }
    }
    startRow(step, inputHeight);
  }

  /** Lists the spikes of an input row spike by spike. */
  private void append(int row) {
    int end = spikes.firstOfRow[row + 1];
    int codeOfRow = row * of.codesPerRow;
    for (int spike = spikes.firstOfRow[row]; spike < end; spike++) {
      int code = spikes.codes[spike];
      int last = of.lastLine[code - codeOfRow];
      for (int line = of.firstLine[code - codeOfRow]; line <= last; line++) {
        if (graded) {
          amplitudes[next[line]] = spikes.amplitudes[spike];
        }
        rows[next[line]++] = code;
      }
    }
  }

  /** Lists the spikes of an input row line by line. */
  private void copy(int firstOfRow) {
    int[] first = spikes.firstOfPosition();
    for (int line = 0; line < lines; line++) {
      int from = first[firstOfRow + of.firstColumn[line]];
      int count = first[firstOfRow + of.endColumn[line]] - from;
      int to = next[line];
      if (graded) {
        System.arraycopy(spikes.amplitudes, from, amplitudes, to, count);
      }
      System.arraycopy(spikes.codes, from, rows, to, count);
      next[line] = to + count;
    }
  }

  /** Records that the events of an input row begin here, in every line. */
  private void startRow(int step, int row) {
    int bound = step * (inputHeight + 1) + row;
    for (int line = 0; line < lines; line++, bound += boundsPerLine) {
      bounds[bound] = next[line];
    }
  }

  /** Makes room for all events of a step in every line; events listed before stay. */
  private void makeRoom(int more, int step) {
    int needed = more;
    for (int line = 0; line < lines; line++) {
      needed = Math.max(needed, next[line] - line * capacity + more);
    }
    if (needed <= capacity) {
      return;
    }
    int grown = Math.multiplyExact(2, needed);
    int[] grownRows = new int[Math.multiplyExact(lines, grown)];
    float[] grownAmplitudes = new float[graded ? grownRows.length : 0];
    for (int line = 0; line < lines; line++) {
      System.arraycopy(rows, line * capacity, grownRows, line * grown, capacity);
      if (graded) {
        System.arraycopy(amplitudes, line * capacity, grownAmplitudes, line * grown, capacity);
      }
      next[line] += line * (grown - capacity);
    }
    for (int line = 0; line < lines; line++) {
      int first = line * boundsPerLine;
      for (int bound = first; bound < first + step * (inputHeight + 1); bound++) {
        bounds[bound] += line * (grown - capacity);
      }
    }
    rows = grownRows;
    amplitudes = grownAmplitudes;
    capacity = grown;
  }

  /** Sets a task's events to those of a line. */
  void assign(ColumnTask task, int line) {
    task.rows = rows;
    task.amplitudes = graded ? amplitudes : null;
    task.bounds = bounds;
    task.lineShift = line * of.shiftPerLine;
    task.firstBound = line * boundsPerLine;
    task.boundsPerStep = inputHeight + 1;
  }
}
