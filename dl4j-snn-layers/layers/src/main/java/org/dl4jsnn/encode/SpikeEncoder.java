package org.dl4jsnn.encode;

import java.io.Serializable;
import java.util.Optional;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * Turns features into a spike train. Immutable and serialisable; the same features and {@link
 * NoiseKey} give the same spikes for any number of threads.
 *
 * <ul>
 *   <li>{@link PoissonEncoder}: signed Poisson rate coding of analog features.
 *   <li>{@link DirectEncoder}: analog features as constant currents.
 *   <li>{@link FrameEncoder}: features with a time axis, as the current of each step.
 *   <li>{@link LatencyEncoder}: analog features as the time of a single spike.
 *   <li>{@link DeltaEncoder}: features with a time axis, as ON and OFF spikes where they change.
 *   <li>{@link PopulationEncoder}: each feature as several neurons, in front of any of the others.
 * </ul>
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface SpikeEncoder extends Serializable {

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
          "the encoder "
              + this
              + " must override encodePiece to continue a stream, and does not; the stream is at"
              + " step "
              + start.steps());
    }
    return EncodedPiece.of(encode(features, noise), start);
  }

  /**
   * Whether features have a time axis, from which T is taken.
   *
   * @return false if features are encoded over the encoder's own T
   */
  default boolean hasTimeAxis() {
    return false;
  }

  /**
   * Whether spikes depend on the noise.
   *
   * @return false if the same features always give the same spikes
   */
  default boolean drawsNoise() {
    return true;
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
   * The same encoder with another T.
   *
   * @param steps T, at least 1
   * @return the encoder
   * @throws IllegalArgumentException if the number is invalid, or if this encoder takes T from the
   *     features
   */
  SpikeEncoder withSteps(int steps);

  /**
   * Whether {@link #backprop} passes a gradient on.
   *
   * @return false if small changes of the features do not change the expected rates, so the
   *     gradient is zero and need not be computed
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
}
