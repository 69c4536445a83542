package org.dl4jsnn.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * What a kernel writes where it simulates several columns as one: two words a step and row, which
 * hold the channels of one column after those of another. Distributes them to the words of each.
 */
final class GroupedWords {

  private static final long LOW = 0xFFFFFFFFL;

  private final BitLayout layout;
  private final int channels;
  private final int rows;
  private final int width;
  private final int columns;
  private final int[] words;
  private final int[] rowWord;
  private final int[] placeOfRow;

  /** The places of the columns that are distributed. */
  private final int[] places;

  GroupedWords(FeatureShape output, int columns, int steps) {
    this.layout = BitLayout.of(output);
    this.channels = output.channels();
    this.rows = output.height();
    this.width = output.width();
    this.columns = columns;
    this.words = new int[Math.multiplyExact(2 * steps, rows)];
    this.places = new int[columns];
    this.placeOfRow = new int[rows];
    this.rowWord = new int[rows];
    for (int row = 0; row < rows; row++) {
      rowWord[row] = 2 * row;
      placeOfRow[row] = layout.placeOfRow(row);
    }
  }

  /** Lets a kernel write here. */
  void assign(LineTask task) {
    task.words = words;
    task.firstWord = 0;
    task.wordsPerStep = 2 * rows;
    task.wordsPerPlane = 1;
    task.rowWord = rowWord;
    task.shift = 0;
  }

  void clear() {
    Arrays.fill(words, 0);
  }

  /** Writes the spikes of a group of columns to a sample's words. */
  void distribute(int[] to, int firstStep, int steps, int firstColumn) {
    int members = Math.min(columns, width - firstColumn);
    for (int member = 0; member < members; member++) {
      places[member] = layout.placeOfColumn(firstColumn + member);
    }
    for (int step = 0; step < steps; step++) {
      distributeStep(to, layout.plane(firstStep + step, 0), step * 2 * rows, members);
    }
  }

  private void distributeStep(int[] to, int plane, int first, int members) {
    long mask = (1L << channels) - 1;
    int from = first;
    for (int row = 0; row < rows; row++, from += 2) {
      long bits = words[from] & LOW | (long) words[from + 1] << Integer.SIZE;
      if (bits != 0) {
        int word = plane + placeOfRow[row];
        for (int member = 0; member < members; member++) {
          to[word + places[member]] = (int) (bits & mask);
          bits >>>= channels;
        }
      }
    }
  }
}
