package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Packs arrays of spikes into words. The backend does most of the work: it combines 16 channels as
 * the digits of one number, exact in single precision, so that a device transfers only a sixteenth
 * of the data.
 */
final class SpikePacker {

  private static final int HALF = BitLayout.WORD / 2;

  private final FeatureShape shape;
  private final int minibatch;
  private final BitLayout layout;
  private final int[] places;
  private final int[][] words;

  SpikePacker(FeatureShape shape, int minibatch, int steps) {
    this.shape = shape;
    this.minibatch = minibatch;
    this.layout = BitLayout.of(shape);
    this.places = layout.places(shape);
    this.words = new int[minibatch][];
    for (int sample = 0; sample < minibatch; sample++) {
      words[sample] = layout.words(steps);
    }
  }

  /** The words of every sample. */
  int[][] words() {
    return words;
  }

  /** Packs spikes [steps · minibatch, …], step after step, starting at a step. */
  void pack(INDArray spikes, int firstStep) {
    long rows = spikes.size(0);
    int halves = (shape.channels() + HALF - 1) / HALF;
    float[] digits = digits(spikes, halves);
    int perRow = shape.positions() * halves;
    for (int row = 0; row < rows; row++) {
      int[] to = words[row % minibatch];
      int step = firstStep + row / minibatch;
      for (int i = 0; i < perRow; i++) {
        int bits = (int) digits[row * perRow + i];
        if (bits != 0) {
          int channel = i % halves * HALF;
          to[layout.plane(step, channel) + places[i / halves]] |= bits << channel;
        }
      }
    }
  }

  /** For every row and position, the channels, 16 per number. */
  private float[] digits(INDArray spikes, int halves) {
    long rows = spikes.size(0);
    int positions = shape.positions();
    INDArray channelsFirst = spikes.reshape('c', rows, shape.channels(), positions);
    try (INDArray padded = Nd4j.create(DataType.FLOAT, rows, positions, (long) halves * HALF);
        INDArray worth = worth();
        INDArray numbers =
            padInto(channelsFirst.permute(0, 2, 1), padded)
                .reshape('c', rows * positions * halves, HALF)
                .mmul(worth)) {
      return HostArrays.floats(numbers);
    }
  }

  private INDArray padInto(INDArray channelsLast, INDArray padded) {
    padded
        .get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, shape.channels()))
        .assign(channelsLast);
    return padded;
  }

  /** A column of the powers of two. */
  private static INDArray worth() {
    float[] powers = new float[HALF];
    for (int digit = 0; digit < HALF; digit++) {
      powers[digit] = 1 << digit;
    }
    return Nd4j.create(powers, new long[] {HALF, 1}, 'c');
  }
}
