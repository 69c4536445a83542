package org.dl4jsnn.encode;

import java.io.Serializable;
import java.util.Optional;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.Internal;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * Turns features into a spike train. Immutable and serialisable; the same features and {@link
 * NoiseKey} give the same spikes for any number of threads.
 *
 * <pre>{@code
 * SpikeEncoder encoder = SpikeEncoder.poisson(50, 1);
 * SpikeEncoding layer = SpikeEncoding.by(encoder).build();
 * }</pre>
 *
 * <p>{@link #poisson}, {@link #direct}, {@link #frames}, {@link LatencyEncoder}, {@link #delta}
 * and, in front of any of these, {@link #population}. A custom encoder implements this interface.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface SpikeEncoder extends Serializable {

  /**
   * Signed Poisson rate coding (equation 7 of docs/mathematics.md): at every step a neuron fires
   * with probability min(1, g·|x|), with the sign of x.
   *
   * <pre>  s[t] = sign(x) · 1[g·|x| &gt; r],   r uniform in [0, 1), fresh for every neuron and step
   * </pre>
   *
   * with x the feature. Features are [minibatch, n] or [minibatch, channels, height, width].
   *
   * @param steps T, from 1 to 2²⁴
   * @param gain g; positive and finite
   * @return the encoder
   * @throws IllegalArgumentException if a parameter is invalid
   */
  static SpikeEncoder poisson(int steps, double gain) {
    return new PoissonEncoder(steps, gain);
  }

  /**
   * Direct encoding (equation 28 of docs/mathematics.md): a feature x is a constant current, g·x at
   * every step, and the first spiking layer turns it into spikes, without noise. Features are as in
   * Poisson coding. The first layer's current is computed once per window.
   *
   * @param steps T, from 1 to 2²⁴
   * @param gain g; positive and finite
   * @return the encoder
   * @throws IllegalArgumentException if a parameter is invalid
   */
  static SpikeEncoder direct(int steps, double gain) {
    return new DirectEncoder(steps, gain);
  }

  /**
   * Features that already have a time axis, [minibatch, n, T] or [minibatch, channels, T, height,
   * width], as recorded spikes, event-count frames or any other sequence: the value at a step is
   * the current at that step, without noise. If all are 0 or 1 the spikes are ordinary, otherwise
   * graded.
   *
   * @return the encoder
   */
  static SpikeEncoder frames() {
    return new FrameEncoder();
  }

  /**
   * Delta coding, also called send-on-delta (equation 47 of docs/mathematics.md): a signal fires
   * when it has moved by a threshold θ since it last fired, ON upwards and OFF downwards.
   *
   * <pre>
   *  ON    k = ⌊(x[t] − r) / θ⌋ if that is 1 or more;   r ← r + k·θ
   *  OFF   k = ⌊(r − x[t]) / θ⌋ if that is 1 or more;   r ← r − k·θ
   * </pre>
   *
   * with r the reference, which starts as the signal's first value, so the first step is silent. If
   * the signal crosses several thresholds within a step, the spike is graded, with amplitude k.
   * There is no noise, and the gradient with respect to features is zero.
   *
   * <p>Features are as in frames. Channel c of the features becomes channels 2c (OFF) and 2c + 1
   * (ON), as in the frames of event cameras: 2n neurons, or 2 · channels × height × width.
   *
   * <p>Source: Miskowicz, "Send-on-delta concept: an event-based data reporting strategy", Sensors
   * 6, 2006, doi 10.3390/s6010049.
   *
   * @param threshold θ, in the unit of the features; positive and finite
   * @return the encoder
   * @throws IllegalArgumentException if the threshold is invalid
   */
  static SpikeEncoder delta(double threshold) {
    return new DeltaEncoder(threshold);
  }

  /**
   * Population coding (equation 48 of docs/mathematics.md): each feature becomes m features, the
   * responses of m neurons, and another encoder turns these into spikes. Features have the axes
   * that the other encoder takes; feature or channel i becomes neurons i·m to i·m + m − 1. Zero is
   * a value like any other: neurons whose centres are near it respond.
   *
   * @param curves how neurons respond to a feature
   * @param encoder turns the responses, from 0 to 1, into spikes
   * @return the encoder
   * @throws IllegalArgumentException if one is null
   */
  static SpikeEncoder population(TuningCurves curves, SpikeEncoder encoder) {
    return new PopulationEncoder(curves, encoder);
  }

  /**
   * The shape of the neurons to which features of a type are encoded.
   *
   * @param features the type of the features
   * @return the shape of the spike train
   * @throws IllegalArgumentException if this encoder does not take such features; the message names
   *     the required axes
   */
  FeatureShape shapeFor(InputType features);

  /**
   * Encodes a minibatch.
   *
   * @param features the features; finite, with the encoder's axes
   * @param noise the source of randomness
   * @return the spikes
   * @throws IllegalArgumentException if the features have other axes, or hold NaN or infinity
   */
  SpikeTrain encode(INDArray features, NoiseKey noise);

  /**
   * Encodes a piece of a stream. The pieces together are bit for bit the window that {@link
   * #encode} makes from all their steps at once. The default implementation encodes only the first
   * piece.
   *
   * @param features the features of the piece
   * @param noise the source of randomness; the same for all pieces
   * @param start the state after the piece before, or {@link EncoderState#atStart()}
   * @return the spikes, and the state before the next piece
   * @throws IllegalArgumentException as {@link #encode}, or if the state belongs to another
   *     minibatch
   * @throws IllegalStateException if this encoder cannot continue a stream
   */
  default EncodedPiece encodePiece(INDArray features, NoiseKey noise, EncoderState start) {
    if (!start.isAtStart()) {
      throw new IllegalStateException(
          ("the encoder %s must override encodePiece to continue a stream, and does not;"
                  + " the stream is at step %s")
              .formatted(this, start.steps()));
    }
    return EncodedPiece.of(encode(features, noise), start);
  }

  /**
   * {@return whether features have a time axis, from which T is taken; false if features are
   * encoded over the encoder's own T}
   */
  default boolean hasTimeAxis() {
    return false;
  }

  /**
   * {@return whether spikes depend on the noise; false if the same features always give the same
   * spikes}
   */
  default boolean drawsNoise() {
    return true;
  }

  /**
   * {@return whether features are in the times of spikes, and the rate is the same for all that
   * fire, so that rules which read only rates learn nothing from them; true for latency coding}
   */
  @JsonIgnore
  default boolean isTimeCode() {
    return false;
  }

  /**
   * What looks wrong about features that can still be encoded. Called once, for the first minibatch
   * of a training, and logged as a warning.
   *
   * @param features as given to {@link #encode}
   * @return a sentence that names the likely cause and the cure; empty if nothing looks wrong
   */
  default Optional<String> doubt(INDArray features) {
    return Optional.empty();
  }

  /**
   * {@return the same encoder with another T}
   *
   * @param steps T, at least 1
   * @throws IllegalArgumentException if the number is invalid, or if this encoder takes T from the
   *     features
   */
  SpikeEncoder withSteps(int steps);

  /**
   * {@return whether {@link #backprop} passes a gradient on; false if small changes of the features
   * do not change the expected rates, so the gradient is zero and need not be computed}
   */
  default boolean passesGradient() {
    return true;
  }

  /**
   * The gradient of the loss with respect to the features, from the gradient with respect to the
   * firing rates: the derivative of the expected rate.
   *
   * @param features the features that were encoded
   * @param rateGradient the gradient with respect to the rates; may be written to
   * @param featureGradient where to write the result, in the shape of the features
   */
  void backprop(INDArray features, INDArray rateGradient, INDArray featureGradient);

  /**
   * The encoding as the runtime without ND4J does it.
   *
   * @param shape the shape of the spikes
   * @param seed the seed of the encoding layer's noise
   * @return the encoding; empty if the runtime does not have it
   */
  @Internal
  default Optional<CompactEncoding> compact(FeatureShape shape, long seed) {
    return Optional.empty();
  }
}
