package org.dl4jsnn.contract;

import org.dl4jsnn.spike.FeatureShape;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Random frames, features with a time axis, whose sums are exact in any order. A sample's values at
 * a step depend on nothing but the seed, its index and the step: longer windows and larger
 * minibatches begin with the shorter and smaller ones.
 */
public enum Frames {
  /** 0 or 1. */
  ORDINARY,

  /** -1, 0 or 1. */
  SIGNED,

  /** Multiples of 1/4 from -1 to 2. */
  GRADED;

  private static final double DENSITY = 0.4;

  /** [minibatch, n, T] or [minibatch, channels, T, height, width]. */
  public INDArray random(FeatureShape shape, int minibatch, int steps, long seed) {
    float[] values = new float[minibatch * shape.neurons() * steps];
    int positions = shape.positions();
    for (int sample = 0; sample < minibatch; sample++) {
      Random random = new Random(seed + 1_000_003L * sample);
      for (int step = 0; step < steps; step++) {
        for (int channel = 0; channel < shape.channels(); channel++) {
          int from = ((sample * shape.channels() + channel) * steps + step) * positions;
          for (int position = 0; position < positions; position++) {
            values[from + position] = random.nextDouble() < DENSITY ? amplitude(random) : 0;
          }
        }
      }
    }
    return Nd4j.create(values, withTime(shape, minibatch, steps), 'c');
  }

  private float amplitude(Random random) {
    return switch (this) {
      case ORDINARY -> 1;
      case SIGNED -> random.nextBoolean() ? 1 : -1;
      case GRADED -> (random.nextInt(13) - 4) / 4f;
    };
  }

  /** Silence. */
  public static INDArray zeros(FeatureShape shape, int minibatch, int steps) {
    return Nd4j.zeros(withTime(shape, minibatch, steps));
  }

  private static long[] withTime(FeatureShape shape, int minibatch, int steps) {
    return shape.spatial()
        ? new long[] {minibatch, shape.channels(), steps, shape.height(), shape.width()}
        : new long[] {minibatch, shape.channels(), steps};
  }

  /** The first steps of some frames, then those of others. */
  public static INDArray spliced(INDArray frames, int step, INDArray others) {
    INDArray spliced = others.dup('c');
    firstSteps(spliced, step).assign(firstSteps(frames, step));
    return spliced;
  }

  private static INDArray firstSteps(INDArray frames, int steps) {
    return frames.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, steps));
  }

  /** Some samples, in the order of their indices. */
  public static INDArray samples(INDArray features, int... indices) {
    long[] shape = features.shape().clone();
    INDArray rows = features.reshape('c', shape[0], features.length() / shape[0]);
    shape[0] = indices.length;
    return Nd4j.pullRows(rows, 1, indices).reshape('c', shape);
  }
}
