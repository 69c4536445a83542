package org.dl4jsnn.internal.device;

/**
 * A read-out of counts.
 *
 * @param place what it reads
 */
record Scores(int place, ReadOutNumbers numbers, int outputs) {

  /** The scores after some steps, given the spikes of each neuron, in the order of the loops. */
  long[] of(long[] counts, int steps) {
    long[] scores = new long[outputs];
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; numbers.weights().length > 0 && j < outputs; j++) {
        scores[j] += counts[i] * numbers.weights()[i * outputs + j];
      }
      if (numbers.weights().length == 0) {
        scores[i] = counts[i];
      }
    }
    for (int j = 0; j < numbers.bias().length; j++) {
      scores[j] += (long) steps * numbers.bias()[j];
    }
    return scores;
  }
}
