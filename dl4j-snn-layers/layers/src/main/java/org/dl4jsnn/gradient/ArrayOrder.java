package org.dl4jsnn.gradient;

import org.dl4jsnn.spike.FeatureShape;

/**
 * Converts between the order of spike trains, channels innermost, and that of arrays, channels
 * outermost. Thread-safe.
 */
final class ArrayOrder {

  /** A tile whose rows and columns stay in the first cache, also if rows are 4 KiB apart. */
  private static final int ROWS = 8;

  private static final int COLUMNS = 64;

  private final int channels;
  private final int positions;
  private final int[] arrayIndices;

  ArrayOrder(FeatureShape shape) {
    channels = shape.channels();
    positions = shape.positions();
    arrayIndices = new int[shape.neurons()];
    for (int neuron = 0; neuron < arrayIndices.length; neuron++) {
      arrayIndices[neuron] = shape.arrayIndex(neuron);
    }
  }

  /** Number of neurons. */
  int count() {
    return arrayIndices.length;
  }

  /** Copies the values of an array in the order of trains. */
  void gather(float[] array, float[] neurons) {
    transpose(array, channels, positions, neurons);
  }

  private static void transpose(float[] from, int rows, int columns, float[] to) {
    for (int left = 0; left < columns; left += COLUMNS) {
      int right = Math.min(columns, left + COLUMNS);
      for (int top = 0; top < rows; top += ROWS) {
        int bottom = Math.min(rows, top + ROWS);
        for (int column = left; column < right; column++) {
          for (int row = top; row < bottom; row++) {
            to[column * rows + row] = from[row * columns + column];
          }
        }
      }
    }
  }

  /** Copies the values of a range of neurons. */
  void gather(double[] array, int first, int some, double[] neurons) {
    for (int i = 0; i < some; i++) {
      neurons[i] = array[arrayIndices[first + i]];
    }
  }

  /** Copies the values of neurons in the order of arrays. */
  void scatter(float[] neurons, float[] array) {
    transpose(neurons, positions, channels, array);
  }

  /** Copies the values of neurons in the order of arrays. */
  void scatter(double[] neurons, double[] array) {
    for (int i = 0; i < arrayIndices.length; i++) {
      array[arrayIndices[i]] = neurons[i];
    }
  }
}
