package org.dl4jsnn.encode;

import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.encode.DirectTrains;
import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Direct encoding (equation 28 of docs/mathematics.md): a feature is a constant current, and the
 * first spiking layer turns it into spikes.
 *
 * <pre>  s[t] = g·x   at every step
 * </pre>
 *
 * with x the feature and g the gain. There is no noise. Features are [minibatch, n] or [minibatch,
 * channels, height, width]. The first layer's current is the same at every step, so it is computed
 * once per window (see {@link org.dl4jsnn.internal.simulate.ConstantCurrentEngine}).
 */
public final class DirectEncoder implements SpikeEncoder {

  private static final long serialVersionUID = 1L;

  /** A current, in thresholds of 1, far above what weights of the usual size are meant for. */
  private static final double LARGE = 10;

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
  public DirectEncoder(@JsonProperty("steps") int steps, @JsonProperty("gain") double gain) {
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
    return DirectTrains.of(
        FeatureShapes.ofSamples(features), HostArrays.floats(features), steps, gain);
  }

  @Override
  public Optional<String> doubt(INDArray features) {
    return Features.tooLarge(features, gain, LARGE);
  }

  @Override
  public boolean drawsNoise() {
    return false;
  }

  @Override
  public EncodedPiece encodePiece(INDArray features, NoiseKey noise, EncoderState start) {
    return EncodedPiece.of(encode(features, noise), start.withoutValues(this));
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
  public boolean equals(Object other) {
    return other instanceof DirectEncoder that
        && steps == that.steps
        && Double.compare(gain, that.gain) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(DirectEncoder.class, steps, gain);
  }

  @Override
  public String toString() {
    return "direct, T " + steps + ", gain " + gain;
  }
}
