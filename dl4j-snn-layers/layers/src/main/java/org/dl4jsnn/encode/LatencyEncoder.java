package org.dl4jsnn.encode;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.dl4jsnn.Internal;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.encode.LatencyCode;
import org.dl4jsnn.internal.encode.LatencyTiming;
import org.dl4jsnn.internal.encode.LatencyTrains;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Latency coding, also called time to first spike (equations 45 and 46 of docs/mathematics.md): a
 * feature fires once, with the sign of x, and earlier if it is stronger. Its strength is v = min(1,
 * g·|x|); if v ≤ θ it never fires. There is no noise.
 *
 * <pre>{@code
 * SpikeEncoding layer = SpikeEncoding.by(LatencyEncoder.linear(20).withThreshold(0.1)).build();
 * }</pre>
 *
 * <pre>
 *  linear        round((S − 1) · (1 − v)) steps after the first
 *  logarithmic   round(τ · ln(v · (1 − θ) / (v − θ))) steps after the first,  τ = (S − 1) / n
 * </pre>
 *
 * with x the feature, g the gain, S the span (T of the constructor) and n the number of time
 * constants in the span. The logarithmic time is when a leaky membrane, charged by the constant
 * current v, reaches the threshold, counted from when v = 1 reaches it; a feature that takes longer
 * than the span never fires. Features are [minibatch, n] or [minibatch, channels, height, width].
 *
 * <p>A window longer than the span ends in silence; a shorter one loses the late spikes ({@link
 * #withSteps}).
 *
 * <p>A feature's firing rate is 1 / T or 0, whatever its strength. So the gradient with respect to
 * features is zero ({@link #passesGradient}), and rules that use only rates do not see the
 * strength: use spatio-temporal backpropagation.
 *
 * <p>Sources: Thorpe, Delorme and Van Rullen, "Spike-based strategies for rapid processing", Neural
 * Networks 14, 2001; Rueckauer and Liu, "Conversion of analog to spiking neural networks using
 * sparse temporal coding", ISCAS 2018; the logarithmic form as in Eshraghian et al., "Training
 * spiking neural networks using lessons from deep learning", Proceedings of the IEEE 111, 2023.
 */
public final class LatencyEncoder extends AnalogEncoder {

  private static final long serialVersionUID = 1L;

  /** θ of the charged membrane; linear times need none. */
  private static final double LOGARITHMIC_THRESHOLD = 0.2;

  /** With θ = 0.2 the features from 0.21 to 1 spread over the span. */
  private static final double TIME_CONSTANTS = 3;

  /** S. */
  @JsonProperty private final int span;

  /** How strength becomes time. */
  @JsonProperty private final LatencyTiming timing;

  /** θ. */
  @JsonProperty private final double threshold;

  /** n; used by the logarithmic timing. */
  @JsonProperty private final double timeConstants;

  @JsonCreator
  private LatencyEncoder(
      @JsonProperty("steps") int steps,
      @JsonProperty("span") int span,
      @JsonProperty("timing") LatencyTiming timing,
      @JsonProperty("gain") double gain,
      @JsonProperty("threshold") double threshold,
      @JsonProperty("timeConstants") double timeConstants) {
    super(steps, gain);
    this.span = span;
    this.timing = timing;
    this.threshold = threshold;
    this.timeConstants = timeConstants;
    code(); // refuses numbers that break a rule
  }

  /**
   * Linear times; gain 1, threshold 0.
   *
   * @param steps T, from 1 to 2²⁴, which is also the span
   * @return the encoder
   * @throws IllegalArgumentException if the number is invalid
   */
  public static LatencyEncoder linear(int steps) {
    return new LatencyEncoder(steps, steps, LatencyTiming.LINEAR, 1, 0, TIME_CONSTANTS);
  }

  /**
   * Logarithmic times; gain 1, threshold 0.2, a span of three time constants.
   *
   * @param steps T, from 1 to 2²⁴, which is also the span
   * @return the encoder
   * @throws IllegalArgumentException if the number is invalid
   */
  public static LatencyEncoder logarithmic(int steps) {
    return new LatencyEncoder(
        steps, steps, LatencyTiming.LOGARITHMIC, 1, LOGARITHMIC_THRESHOLD, TIME_CONSTANTS);
  }

  /**
   * {@return the same encoder with another gain}
   *
   * @param value g; positive and finite
   * @throws IllegalArgumentException if the number is invalid
   */
  public LatencyEncoder withGain(double value) {
    return new LatencyEncoder(steps, span, timing, value, threshold, timeConstants);
  }

  /**
   * {@return the same encoder with another threshold, at or below which a feature never fires}
   *
   * @param value θ, below 1; at least 0 for linear times, above 0 for logarithmic ones
   * @throws IllegalArgumentException if the number is invalid
   */
  public LatencyEncoder withThreshold(double value) {
    return new LatencyEncoder(steps, span, timing, gain, value, timeConstants);
  }

  /**
   * {@return the same encoder with another time constant; for logarithmic times only}
   *
   * @param ofSpan n: the number of time constants in the span; positive and finite
   * @throws IllegalArgumentException if the number is invalid
   * @throws IllegalStateException if the times are linear
   */
  public LatencyEncoder withTimeConstants(double ofSpan) {
    if (timing != LatencyTiming.LOGARITHMIC) {
      throw new IllegalStateException(
          "timeConstants must not be set if times are linear, got "
              + ofSpan
              + ". Use LatencyEncoder.logarithmic(T)");
    }
    return new LatencyEncoder(steps, span, timing, gain, threshold, ofSpan);
  }

  /** The code keeps its span: a longer window ends in silence, a shorter one loses late spikes. */
  @Override
  public LatencyEncoder withSteps(int other) {
    return new LatencyEncoder(other, span, timing, gain, threshold, timeConstants);
  }

  @Override
  SpikeTrain encode(INDArray features, NoiseKey noise, long firstStep) {
    return LatencyTrains.of(
        code(), FeatureShapes.ofSamples(features), HostArrays.floats(features), firstStep, steps);
  }

  private LatencyCode code() {
    return new LatencyCode(span, timing, gain, threshold, timeConstants);
  }

  @Override
  public boolean drawsNoise() {
    return false;
  }

  @Override
  public boolean isTimeCode() {
    return true;
  }

  @Internal
  @Override
  public Optional<CompactEncoding> compact(FeatureShape shape, long seed) {
    return Optional.of(
        new CompactEncoding(CompactEncoding.Kind.LATENCY, shape, steps, gain, 0, code(), 0, null));
  }

  @Override
  public Optional<String> doubt(INDArray features) {
    return tooLarge(features, LatencyCode.STRONGEST, "they all fire at the first step");
  }

  @Override
  public boolean passesGradient() {
    return false;
  }

  /** Zeros: the rate of a feature does not depend on its strength. */
  @Override
  public void backprop(INDArray features, INDArray rateGradient, INDArray featureGradient) {
    featureGradient.assign(0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LatencyEncoder that
        && super.equals(other)
        && span == that.span
        && timing == that.timing
        && Double.compare(threshold, that.threshold) == 0
        && Double.compare(timeConstants, that.timeConstants) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(steps, span, timing.name(), gain, threshold, timeConstants);
  }

  @Override
  public String toString() {
    return timing.name().toLowerCase(Locale.ROOT)
        + " latency, T "
        + steps
        + (span == steps ? "" : ", span " + span)
        + ", gain "
        + gain
        + ", threshold "
        + threshold
        + (timing == LatencyTiming.LINEAR ? "" : ", time constants " + timeConstants);
  }
}
