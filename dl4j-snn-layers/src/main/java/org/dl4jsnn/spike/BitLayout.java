package org.dl4jsnn.spike;

import org.dl4jsnn.Internal;

/**
 * How the spikes of one step are packed: 32 channels to a word, and one plane of words for every 32
 * channels.
 *
 * <p>A plane holds one word a position, in four quarters: even rows and even columns, even rows and
 * odd columns, odd and even, odd and odd. So the four words that a 2×2 pooling window combines lie
 * at the same place of the four quarters, and a processor combines many windows at a time. Quarters
 * are equally large; where the rows or columns are odd in number, some words stay empty. A single
 * row or column is not split, so a vector is a single word a plane.
 *
 * @param quarter words of a quarter
 * @param quarterWidth words of a row of a quarter
 * @param quartersOfRow 1, or 2 where columns are split
 * @param planeSize words of a plane
 * @param planes planes of a step
 */
@Internal
public record BitLayout(
    int quarter, int quarterWidth, int quartersOfRow, int planeSize, int planes) {

  /** Channels of a word. */
  public static final int WORD = Integer.SIZE;

  /**
   * The layout of a layer's spikes.
   *
   * @param shape the layer's shape
   * @return the layout
   */
  public static BitLayout of(FeatureShape shape) {
    int quarterWidth = (shape.width() + 1) / 2;
    int quarter = Math.multiplyExact((shape.height() + 1) / 2, quarterWidth);
    int quartersOfRow = Math.min(2, shape.width());
    int quarters = quartersOfRow * Math.min(2, shape.height());
    return new BitLayout(
        quarter,
        quarterWidth,
        quartersOfRow,
        Math.multiplyExact(quarters, quarter),
        (shape.channels() + WORD - 1) / WORD);
  }

  /**
   * Words of a step.
   *
   * @return planes · words of a plane
   */
  public int perStep() {
    return Math.multiplyExact(planes, planeSize);
  }

  /**
   * Where a row's words are; a position's word is at the sum of its row's and its column's place.
   *
   * @param row y
   * @return the row's place in a plane
   */
  public int placeOfRow(int row) {
    return (row & 1) * quartersOfRow * quarter + (row >> 1) * quarterWidth;
  }

  /**
   * Where a column's words are.
   *
   * @param column x
   * @return the column's place in a row
   */
  public int placeOfColumn(int column) {
    return (column & 1) * quarter + (column >> 1);
  }

  /**
   * The places of all positions.
   *
   * @param shape the layer's shape
   * @return for every position y · width + x its word in a plane
   */
  public int[] places(FeatureShape shape) {
    int[] places = new int[shape.positions()];
    for (int position = 0; position < places.length; position++) {
      places[position] =
          placeOfRow(position / shape.width()) + placeOfColumn(position % shape.width());
    }
    return places;
  }

  /**
   * An empty train of one sample.
   *
   * @param steps T
   * @return all words of all steps
   */
  public int[] words(int steps) {
    return new int[Math.multiplyExact(perStep(), steps)];
  }

  /**
   * The first word of the plane that holds a channel; its bit is channel mod 32.
   *
   * @param step time step
   * @param channel channel
   * @return index of the word among all words of a sample
   */
  public int plane(int step, int channel) {
    return (step * planes + channel / WORD) * planeSize;
  }
}
