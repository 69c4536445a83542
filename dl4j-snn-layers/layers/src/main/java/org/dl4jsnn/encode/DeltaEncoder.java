package org.dl4jsnn.encode;

import java.util.Optional;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.encode.DeltaState;
import org.dl4jsnn.internal.encode.DeltaTrains;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** {@link SpikeEncoder#delta}. */
record DeltaEncoder(@JsonProperty("threshold") double threshold) implements SpikeEncoder {

  private static final int POLARITIES = 2;

  @JsonCreator
  DeltaEncoder {
    Require.positiveFinite("threshold", threshold);
  }

  @Override
  public FeatureShape shapeFor(InputType features) {
    return DeltaTrains.withPolarities(new FrameEncoder().shapeFor(features));
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
    Require.not(
        !start.isAtStart() && start.values() == null,
        "state of %s must have the values of its signals, got none %s. Possible"
            + " cause: the state of another encoding",
        this,
        start);
    DeltaTrains.Piece piece = encode(features, DeltaState.of(start.values()));
    long steps = start.steps() + piece.train().steps();
    int minibatch = Math.toIntExact(features.size(0));
    return new EncodedPiece(piece.train(), EncoderState.of(steps, piece.after().values(minibatch)));
  }

  /** Encodes the next steps of a stream, given the state after the steps before them. */
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
  public Optional<CompactEncoding> compact(FeatureShape shape, long seed) {
    FeatureShape signals =
        new FeatureShape(
            shape.channels() / POLARITIES, shape.height(), shape.width(), shape.spatial());
    return Optional.of(
        new CompactEncoding(CompactEncoding.Kind.DELTA, signals, 0, 1, 0, null, threshold, null));
  }

  @Override
  public String toString() {
    return "delta, threshold " + threshold;
  }
}
