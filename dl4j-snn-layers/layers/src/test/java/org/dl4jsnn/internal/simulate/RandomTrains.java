package org.dl4jsnn.internal.simulate;

import java.util.Random;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Spike trains and weights for tests. */
final class RandomTrains {

  private RandomTrains() {}

  static SpikeTrain binary(FeatureShape shape, int minibatch, int steps, long seed) {
    INDArray rates = features(shape.arrayShape(minibatch), seed, 0, 1);
    return SpikeEncoder.poisson(steps, 0.4).encode(rates, NoiseKey.training(seed, 0));
  }

  static SpikeTrain sparse(FeatureShape shape, int minibatch, int steps, long seed) {
    INDArray rates = features(shape.arrayShape(minibatch), seed, 0, 1);
    return SpikeEncoder.poisson(steps, 0.25).encode(rates, NoiseKey.training(seed, 0));
  }

  static SpikeTrain signed(FeatureShape shape, int minibatch, int steps, long seed) {
    INDArray rates = features(shape.arrayShape(minibatch), seed, -1, 1);
    return SpikeEncoder.poisson(steps, 0.4).encode(rates, NoiseKey.training(seed, 0));
  }

  /** Sparse amplitudes that are multiples of 1/4. */
  static SpikeTrain graded(FeatureShape shape, int minibatch, int steps, long seed) {
    long[] size = shape.arrayShape(minibatch);
    long[] withTime =
        shape.spatial()
            ? new long[] {size[0], size[1], steps, size[2], size[3]}
            : new long[] {size[0], size[1], steps};
    INDArray frames = features(withTime, seed, -4, 4);
    INDArray sparse = Nd4j.math().round(frames).div(4);
    return SpikeEncoder.frames().encode(sparse, NoiseKey.training(seed, 0));
  }

  /** Constant currents that are multiples of 1/64, a fifth of them zero. */
  static SpikeTrain constant(FeatureShape shape, int minibatch, int steps, long seed) {
    INDArray features = Nd4j.math().round(features(shape.arrayShape(minibatch), seed, -20, 64));
    INDArray some = features(shape.arrayShape(minibatch), seed + 1, 0, 1).gt(0.2);
    INDArray current = features.muli(some.castTo(features.dataType())).divi(64);
    return SpikeEncoder.direct(steps, 1).encode(current, NoiseKey.inference(seed));
  }

  /** Weights that are multiples of 1/1024, so that sums are exact in any order. */
  static INDArray weights(long seed, long... shape) {
    return Nd4j.math().round(features(shape, seed, -300, 400)).div(1024);
  }

  private static INDArray features(long[] shape, long seed, float low, float high) {
    Random random = new Random(seed);
    float[] values = new float[Math.toIntExact(ArrayUtil.prodLong(shape))];
    for (int i = 0; i < values.length; i++) {
      values[i] = low + (high - low) * random.nextFloat();
    }
    return Nd4j.create(values, shape, 'c');
  }
}
