package org.dl4jsnn.encode;

import java.util.Objects;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.encode.DeltaState;
import org.dl4jsnn.internal.encode.DeltaTrains;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Delta coding, also called send-on-delta (equation 47 of docs/mathematics.md): a signal fires when
 * it has moved by a threshold θ since it last fired, ON upwards and OFF downwards.
 *
 * <pre>
 *  ON    k = ⌊(x[t] − r) / θ⌋ if that is 1 or more;   r ← r + k·θ
 *  OFF   k = ⌊(r − x[t]) / θ⌋ if that is 1 or more;   r ← r − k·θ
 * </pre>
 *
 * with r the reference, which starts as the signal's first value, so the first step is silent. If
 * the signal crosses several thresholds within a step, the spike is graded, with amplitude k, so
 * the reference is never a threshold or more away from the signal. There is no noise.
 *
 * <p>Features are [minibatch, n, T] or [minibatch, channels, T, height, width]; T is taken from
 * them. Channel c of the features becomes channels 2c (OFF) and 2c + 1 (ON), as in the frames of
 * event cameras: 2n neurons, or 2 · channels × height × width.
 *
 * <p>Spike counts are whole numbers, so the gradient with respect to features is zero ({@link
 * #passesGradient}).
 *
 * <p>Source: Miskowicz, "Send-on-delta concept: an event-based data reporting strategy", Sensors 6,
 * 2006, doi 10.3390/s6010049.
 */
public final class DeltaEncoder implements SpikeEncoder {

  private static final long serialVersionUID = 1L;

  /** θ. */
  @JsonProperty private final double threshold;

  /**
   * Creates an encoder.
   *
   * @param threshold θ, in the unit of the features; positive and finite
   * @throws IllegalArgumentException if the threshold is invalid
   */
  @JsonCreator
  public DeltaEncoder(@JsonProperty("threshold") double threshold) {
    this.threshold = Require.positiveFinite("threshold", threshold);
  }

  @Override
  public FeatureShape shapeFor(InputType features) {
    return DeltaTrains.withPolarities(new FrameEncoder().shapeFor(features));
  }

  /**
   * θ.
   *
   * @return in the unit of the features
   */
  public double threshold() {
    return threshold;
  }

  @Override
  public SpikeTrain encode(INDArray features, NoiseKey noise) {
    return encode(features, DeltaState.beforeFirstStep()).train();
  }

  @Override
  public boolean hasTimeAxis() {
    return true;
  }

  @Override
  public boolean drawsNoise() {
    return false;
  }

  @Override
  public EncodedPiece encodePiece(INDArray features, NoiseKey noise, EncoderState start) {
    if (!start.isAtStart() && start.values() == null) {
      throw new IllegalArgumentException(
          "state of "
              + this
              + " must have the values of its signals, got none "
              + start
              + ". Possible cause: the state of another encoding");
    }
    DeltaTrains.Piece piece = encode(features, DeltaState.of(start.values()));
    long steps = start.steps() + piece.train().steps();
    int minibatch = Math.toIntExact(features.size(0));
    return new EncodedPiece(piece.train(), EncoderState.of(steps, piece.after().values(minibatch)));
  }

  /**
   * Encodes the next steps of a stream.
   *
   * @param features the features of these steps
   * @param before the state after the steps before them
   */
  DeltaTrains.Piece encode(INDArray features, DeltaState before) {
    return DeltaTrains.of(
        FrameEncoder.shapeOf(features),
        HostArrays.floats(features),
        Math.toIntExact(features.size(0)),
        threshold,
        before);
  }

  @Override
  public SpikeEncoder withSteps(int steps) {
    throw new IllegalArgumentException(
        "steps must not be set on delta coding, whose features have a time axis, got "
            + steps
            + ". Give the network longer or shorter features instead");
  }

  @Override
  public boolean passesGradient() {
    return false;
  }

  /** Zeros: spike counts do not change with small changes of the signal. */
  @Override
  public void backprop(INDArray features, INDArray rateGradient, INDArray featureGradient) {
    featureGradient.assign(0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeltaEncoder that && Double.compare(threshold, that.threshold) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(DeltaEncoder.class, threshold);
  }

  @Override
  public String toString() {
    return "delta, threshold " + threshold;
  }
}
