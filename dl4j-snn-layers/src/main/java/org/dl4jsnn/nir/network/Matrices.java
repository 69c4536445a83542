package org.dl4jsnn.nir.network;

/** Matrices in order c; Deeplearning4j has [nIn, nOut] where graphs have [nOut, nIn]. */
final class Matrices {

  private Matrices() {}

  static float[] transposed(float[] matrix, int rows, int columns) {
    float[] transposed = new float[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        transposed[column * rows + row] = matrix[row * columns + column];
      }
    }
    return transposed;
  }
}
