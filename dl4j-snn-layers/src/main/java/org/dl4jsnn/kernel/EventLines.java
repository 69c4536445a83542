package org.dl4jsnn.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.BitLayout;
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
  private final int[] firstTap;
  private final BitLayout layout;
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
    this.firstTap = new int[width];
    int stride = geometry.strideWidth();
    for (int x = 0; x < width; x++) {
      int column = x + geometry.paddingLeft();
      int beforeFirst = column - geometry.kernelWidth();
      firstLine[x] = Math.max(0, Math.floorDiv(beforeFirst, stride) + 1);
      lastLine[x] = Math.min(lines - 1, column / stride);
      firstTap[x] = column - firstLine[x] * stride;
    }
    this.layout = BitLayout.of(geometry.input());
    this.events = new SpikeEvents(geometry.input());
    this.rows = new int[lines][INITIAL_CAPACITY];
    this.amplitudes = new float[lines][];
    this.bounds = new int[Math.multiplyExact(steps * lines, inputHeight + 1)];
    this.sizes = new int[lines];
  }

  /** Lists the events of some steps of one sample. */
  void list(SpikeTrain input, int sample, int firstStep, int steps) {
    Arrays.fill(sizes, 0);
    if (input instanceof BinarySpikeTrain binary) {
      Arrays.fill(amplitudes, null);
      for (int step = 0; step < steps; step++) {
        list(binary.words(sample), (firstStep + step) * layout.perStep(), step);
      }
    } else {
      for (int step = 0; step < steps; step++) {
        input.read(sample, firstStep + step, events);
        makeRoom();
        list(step * (inputHeight + 1));
        copyAmplitudes();
      }
    }
  }

  /** Lists the ordinary spikes of one step, whose words begin at a given one. */
  private void list(int[] words, int firstWord, int step) {
    int width = geometry.input().width();
    int channels = geometry.input().channels();
    int stride = geometry.strideWidth() * channels;
    int word = firstWord;
    for (int y = 0; y < inputHeight; y++) {
      startRows(step * (inputHeight + 1), y, y + 1);
      int rowOfWeights = y * geometry.weightRowsPerInputRow();
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < channels; channel += BitLayout.WORD, word++) {
          if (words[word] != 0) {
            int weightRow = rowOfWeights + firstTap[x] * channels + channel;
            for (int line = firstLine[x]; line <= lastLine[x]; line++, weightRow -= stride) {
              append(line, words[word], weightRow);
            }
          }
        }
      }
    }
    startRows(step * (inputHeight + 1), inputHeight, inputHeight + 1);
  }

  private void append(int line, int spikes, int firstWeightRow) {
    int size = sizes[line];
    int[] list = rows[line];
    if (size + BitLayout.WORD > list.length) {
      list = Arrays.copyOf(list, 2 * list.length);
      rows[line] = list;
    }
    for (int left = spikes; left != 0; left &= left - 1) {
      list[size++] = firstWeightRow + Integer.numberOfTrailingZeros(left);
    }
    sizes[line] = size;
  }

  /** Lists the graded events of one step. */
  private void list(int firstBound) {
    int width = geometry.input().width();
    int channels = geometry.input().channels();
    int perInputRow = geometry.weightRowsPerInputRow();
    int stride = geometry.strideWidth() * channels;
    int row = 0;
    int rowStart = 0;
    startRows(firstBound, 0, 1);
    for (int e = 0; e < events.size(); e++) {
      int position = events.position(e);
      if (position >= rowStart + width) {
        int y = position / width;
        startRows(firstBound, row + 1, y + 1);
        row = y;
        rowStart = y * width;
      }
      int x = position - rowStart;
      int last = lastLine[x];
      int weightRow = row * perInputRow + firstTap[x] * channels + events.channel(e);
      for (int line = firstLine[x]; line <= last; line++, weightRow -= stride) {
        rows[line][sizes[line]++] = weightRow;
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

  /** Sees to it that every line can take all events of a step. */
  private void makeRoom() {
    for (int line = 0; line < sizes.length; line++) {
      int needed = sizes[line] + events.size();
      if (needed > rows[line].length) {
        rows[line] = Arrays.copyOf(rows[line], 2 * needed);
      }
      if (amplitudes[line] == null) {
        amplitudes[line] = new float[rows[line].length];
      } else if (amplitudes[line].length < rows[line].length) {
        amplitudes[line] = Arrays.copyOf(amplitudes[line], rows[line].length);
      }
    }
  }

  /** Puts the amplitudes of the step just listed beside its events. */
  private void copyAmplitudes() {
    int[] next = sizes.clone();
    for (int e = events.size() - 1; e >= 0; e--) {
      int x = events.position(e) % geometry.input().width();
      for (int line = firstLine[x]; line <= lastLine[x]; line++) {
        amplitudes[line][--next[line]] = events.amplitude(e);
      }
    }
  }

  /** Sets a task's events to those of a line. */
  void assign(LineTask task, int line) {
    task.rows = rows[line];
    task.amplitudes = amplitudes[line];
    task.bounds = bounds;
    task.firstBound = line;
    task.boundsPerStep = (inputHeight + 1) * sizes.length;
  }
}
