package org.dl4jsnn.encode;

import java.util.Optional;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.encode.PoissonTrains;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** {@link SpikeEncoder#poisson}. */
final class PoissonEncoder extends AnalogEncoder {

  private static final long serialVersionUID = 1L;

  /** g·|x| above which a neuron fires at every step. */
  private static final double SATURATED = 1;

  @JsonCreator
  PoissonEncoder(@JsonProperty("steps") int steps, @JsonProperty("gain") double gain) {
    super(steps, gain);
  }

  @Override
  SpikeTrain encode(INDArray features, NoiseKey noise, long firstStep) {
    return PoissonTrains.of(
        FeatureShapes.ofSamples(features),
        HostArrays.floats(features),
        noise,
        firstStep,
        steps,
        gain);
  }

  @Override
  public Optional<String> doubt(INDArray features) {
    return tooLarge(features, SATURATED);
  }

  @Override
  public SpikeEncoder withSteps(int other) {
    return new PoissonEncoder(other, gain);
  }

  @Override
  public void backprop(INDArray features, INDArray rateGradient, INDArray featureGradient) {
    // d min(1, g·|x|)·sign(x) / dx = g if the rate is not saturated. In floating point: integers
    // would round the limit, and booleans cannot be compared.
    INDArray magnitude = Transforms.abs(features.castTo(featureGradient.dataType()), true);
    INDArray unsaturated = magnitude.lt(1 / gain);
    rateGradient.mul(gain, featureGradient);
    featureGradient.muli(unsaturated.castTo(featureGradient.dataType()));
  }

  @Override
  public Optional<CompactEncoding> compact(FeatureShape shape, long seed) {
    return compact(CompactEncoding.Kind.POISSON, shape, seed);
  }

  @Override
  public String toString() {
    return "Poisson, T " + steps + ", gain " + gain;
  }
}
