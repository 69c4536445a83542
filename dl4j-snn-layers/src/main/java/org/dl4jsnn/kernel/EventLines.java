package org.dl4jsnn.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * For every output column (line) the input spikes that reach it, over a few steps: in order of
 * step, input row, column and channel, so that what an output position gathers at a step is
 * contiguous.
 */
final class EventLines {

  private static final int INITIAL_CAPACITY = 256;

  private final GatherGeometry geometry;
  private final int inputHeight;
  private final int[] firstLine;
  private final int[] lastLine;
  private final SpikeEvents events;
  private final int[][] rows;
  private final float[][] amplitudes;
  private final int[] bounds;
  private final int[] sizes;

  EventLines(GatherGeometry geometry, int steps) {
    this.geometry = geometry;
    this.inputHeight = geometry.input().height();
    int lines = geometry.output().width();
    int width = geometry.input().width();
    this.firstLine = new int[width];
    this.lastLine = new int[width];
    for (int x = 0; x < width; x++) {
      int last = x + geometry.paddingLeft();
      int first = last - geometry.kernelWidth() + 1;
      firstLine[x] =
          Math.max(0, Math.floorDiv(first + geometry.strideWidth() - 1, geometry.strideWidth()));
      lastLine[x] = Math.min(lines - 1, last / geometry.strideWidth());
    }
    this.events = new SpikeEvents(geometry.input());
    this.rows = new int[lines][INITIAL_CAPACITY];
    this.amplitudes = new float[lines][];
    this.bounds = new int[Math.multiplyExact(steps * lines, inputHeight + 1)];
    this.sizes = new int[lines];
  }

  /** Lists the events of some steps of one sample. */
  void list(SpikeTrain input, int sample, int firstStep, int steps) {
    Arrays.fill(sizes, 0);
    boolean graded = !(input instanceof BinarySpikeTrain);
    for (int step = 0; step < steps; step++) {
      input.read(sample, firstStep + step, events);
      list(step * (inputHeight + 1), graded);
    }
    if (!graded) {
      Arrays.fill(amplitudes, null);
    }
  }

  private void list(int firstBound, boolean graded) {
    int width = geometry.input().width();
    int row = 0;
    startRows(firstBound, 0, 1);
    for (int e = 0; e < events.size(); e++) {
      int position = events.position(e);
      int y = position / width;
      int x = position - y * width;
      if (y != row) {
        startRows(firstBound, row + 1, y + 1);
        row = y;
      }
      int column = x + geometry.paddingLeft();
      for (int line = firstLine[x]; line <= lastLine[x]; line++) {
        int tap = column - line * geometry.strideWidth();
        int weightRow =
            y * geometry.weightRowsPerInputRow()
                + tap * geometry.input().channels()
                + events.channel(e);
        append(line, weightRow, events.amplitude(e), graded);
      }
    }
    startRows(firstBound, row + 1, inputHeight + 1);
  }

  /** Notes that the events of some input rows begin here, in every line. */
  private void startRows(int firstBound, int from, int to) {
    for (int row = from; row < to; row++) {
      System.arraycopy(sizes, 0, bounds, (firstBound + row) * sizes.length, sizes.length);
    }
  }

  private void append(int line, int weightRow, float amplitude, boolean graded) {
    int size = sizes[line]++;
    if (size == rows[line].length) {
      rows[line] = Arrays.copyOf(rows[line], 2 * size);
    }
    rows[line][size] = weightRow;
    if (graded) {
      if (amplitudes[line] == null || size == amplitudes[line].length) {
        amplitudes[line] =
            amplitudes[line] == null
                ? new float[rows[line].length]
                : Arrays.copyOf(amplitudes[line], rows[line].length);
      }
      amplitudes[line][size] = amplitude;
    }
  }

  /** Sets a task's events to those of a line. */
  void assign(LineTask task, int line) {
    task.rows = rows[line];
    task.amplitudes = amplitudes[line];
    task.bounds = bounds;
    task.firstBound = line;
    task.boundsPerRow = sizes.length;
    task.boundsPerStep = (inputHeight + 1) * sizes.length;
  }
}
