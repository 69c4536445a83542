package org.dl4jsnn.gradient;

import org.dl4jsnn.spike.FeatureShape;

/**
 * Converts between the order of spike trains, channels innermost, and that of arrays, channels
 * outermost. Thread-safe.
 */
final class ArrayOrder {

  private final int[] arrayIndices;

  ArrayOrder(FeatureShape shape) {
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
    for (int i = 0; i < arrayIndices.length; i++) {
      neurons[i] = array[arrayIndices[i]];
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
    for (int i = 0; i < arrayIndices.length; i++) {
      array[arrayIndices[i]] = neurons[i];
    }
  }

  /** Copies the values of neurons in the order of arrays. */
  void scatter(double[] neurons, double[] array) {
    for (int i = 0; i < arrayIndices.length; i++) {
      array[arrayIndices[i]] = neurons[i];
    }
  }
}
