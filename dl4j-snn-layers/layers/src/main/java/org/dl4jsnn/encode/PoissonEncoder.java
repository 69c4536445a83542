package org.dl4jsnn.encode;

import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.encode.PoissonTrains;
import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Signed Poisson rate coding (equation 7 of docs/mathematics.md): at every step a neuron fires with
 * probability min(1, g·|x|), with the sign of x.
 *
 * <pre>  s[t] = sign(x) · 1[g·|x| &gt; r],   r uniform in [0, 1), fresh for every neuron and step
 * </pre>
 *
 * with x the feature and g the gain. Features are [minibatch, n] or [minibatch, channels, height,
 * width].
 */
public final class PoissonEncoder implements SpikeEncoder {

  private static final long serialVersionUID = 1L;

  /** g·|x| above which a neuron fires at every step. */
  private static final double SATURATED = 1;

  /** T. */
  @JsonProperty private final int steps;

  /** g. */
  @JsonProperty private final double gain;

  /**
   * Creates an encoder.
   *
   * @param steps T, from 1 to 2²⁴
   * @param gain g; positive and finite
   * @throws IllegalArgumentException if a parameter is invalid
   */
  @JsonCreator
  public PoissonEncoder(@JsonProperty("steps") int steps, @JsonProperty("gain") double gain) {
    this.steps = SpikeTrainMemory.requireSteps(steps);
    this.gain = Require.positiveFinite("gain", gain);
  }

  /**
   * T.
   *
   * @return time steps of a window
   */
  public int steps() {
    return steps;
  }

  /**
   * g.
   *
   * @return what features are multiplied by
   */
  public double gain() {
    return gain;
  }

  @Override
  public FeatureShape shapeFor(InputType features) {
    return Features.withoutTime(features);
  }

  @Override
  public SpikeTrain encode(INDArray features, NoiseKey noise) {
    return encode(features, noise, 0);
  }

  @Override
  public EncodedPiece encodePiece(INDArray features, NoiseKey noise, EncoderState start) {
    return EncodedPiece.of(encode(features, noise, start.steps()), start.withoutValues(this));
  }

  private SpikeTrain encode(INDArray features, NoiseKey noise, long firstStep) {
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
    return Features.tooLarge(features, gain, SATURATED);
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
  public boolean equals(Object other) {
    return other instanceof PoissonEncoder that
        && steps == that.steps
        && Double.compare(gain, that.gain) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(steps, gain);
  }

  @Override
  public String toString() {
    return "Poisson, T " + steps + ", gain " + gain;
  }
}
