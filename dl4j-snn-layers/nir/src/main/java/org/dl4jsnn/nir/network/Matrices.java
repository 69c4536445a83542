package org.dl4jsnn.nir.network;

/** Matrices in C order; Deeplearning4j uses [nIn, nOut], graphs [nOut, nIn]. */
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
