package org.dl4jsnn.encode;

import java.util.Optional;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.encode.DirectTrains;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** {@link SpikeEncoder#direct}. */
final class DirectEncoder extends AnalogEncoder {

  private static final long serialVersionUID = 1L;

  /** A current, in thresholds of 1, far above what weights of the usual size are meant for. */
  private static final double LARGE = 10;

  @JsonCreator
  DirectEncoder(@JsonProperty("steps") int steps, @JsonProperty("gain") double gain) {
    super(steps, gain);
  }

  @Override
  SpikeTrain encode(INDArray features, NoiseKey noise, long firstStep) {
    return DirectTrains.of(
        FeatureShapes.ofSamples(features), HostArrays.floats(features), steps, gain);
  }

  @Override
  public Optional<String> doubt(INDArray features) {
    return tooLarge(features, LARGE);
  }

  @Override
  public boolean drawsNoise() {
    return false;
  }

  @Override
  public SpikeEncoder withSteps(int other) {
    return new DirectEncoder(other, gain);
  }

  @Override
  public void backprop(INDArray features, INDArray rateGradient, INDArray featureGradient) {
    rateGradient.mul(gain, featureGradient);
  }

  @Override
  public Optional<CompactEncoding> compact(FeatureShape shape, long seed) {
    return compact(CompactEncoding.Kind.DIRECT, shape, 0);
  }

  @Override
  public String toString() {
    return "direct, T " + steps + ", gain " + gain;
  }
}
