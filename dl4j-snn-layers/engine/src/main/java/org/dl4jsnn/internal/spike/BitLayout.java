package org.dl4jsnn.internal.spike;

import org.dl4jsnn.spike.FeatureShape;

/**
 * The packing of the spikes of one step: 32 channels per word, and one plane of words per 32
 * channels.
 *
 * <p>A plane holds one word per position, in four quarters: even rows and even columns, even rows
 * and odd columns, odd and even, odd and odd. The four words that a 2×2 pooling window combines
 * therefore lie at the same place in the four quarters, and a processor combines many windows at a
 * time. Quarters have equal size; with an odd number of rows or columns some words stay empty. A
 * single row or column is not split, so a vector has one word per plane.
 *
 * @param quarter words per quarter
 * @param quarterWidth words per row of a quarter
 * @param quartersOfRow 1, or 2 if columns are split
 * @param planeSize words per plane
 * @param planes planes per step
 */
public record BitLayout(
    int quarter, int quarterWidth, int quartersOfRow, int planeSize, int planes) {

  /** Channels per word. */
  public static final int WORD = Integer.SIZE;

  /** The layout of a layer's spikes. */
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

  /** Words per step; planes · words of a plane. */
  public int perStep() {
    return Math.multiplyExact(planes, planeSize);
  }

  /**
   * The place of a row's words; a position's word is at the sum of its row's and its column's
   * place.
   */
  public int placeOfRow(int row) {
    return (row & 1) * quartersOfRow * quarter + (row >> 1) * quarterWidth;
  }

  /** The place of a column's words. */
  public int placeOfColumn(int column) {
    return (column & 1) * quarter + (column >> 1);
  }

  /**
   * {@return the places of all positions: for every position y · width + x, the index of its word
   * in a plane}
   */
  public int[] places(FeatureShape shape) {
    int[] places = new int[shape.positions()];
    for (int position = 0; position < places.length; position++) {
      places[position] =
          placeOfRow(position / shape.width()) + placeOfColumn(position % shape.width());
    }
    return places;
  }

  /** An empty train of one sample. */
  public int[] words(int steps) {
    return new int[Math.multiplyExact(perStep(), steps)];
  }

  /**
   * The first word of the plane that holds a channel; its bit is channel mod 32.
   *
   * @return index of the word among all words of a sample
   */
  public int plane(int step, int channel) {
    return (step * planes + channel / WORD) * planeSize;
  }
}
