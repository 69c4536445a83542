package org.dl4jsnn.encode;

import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.encode.FrameTrains;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link SpikeEncoder#frames}. */
final class FrameEncoder implements SpikeEncoder {

  private static final long serialVersionUID = 1L;
  private static final int TIME_AXIS = 2;

  @Override
  public FeatureShape shapeFor(InputType type) {
    if (type instanceof InputType.InputTypeRecurrent sequence) {
      Require.not(
          sequence.getFormat() != RNNFormat.NCW,
          "features must have the axes [minibatch, n, T] (RNNFormat.NCW), got %s."
              + " Build the type with InputType.recurrent(n, T) and give"
              + " features.permute(0, 2, 1)",
          type);
      return FeatureShape.vector((int) sequence.getSize());
    }
    if (type instanceof InputType.InputTypeConvolutional3D video
        && video.getDataFormat() == Convolution3D.DataFormat.NCDHW) {
      return FeatureShape.image(
          (int) video.getChannels(), (int) video.getHeight(), (int) video.getWidth());
    }
    Require.not(
        type instanceof InputType.InputTypeConvolutional3D,
        "features must have the axes [minibatch, channels, T, height, width]"
            + " (Convolution3D.DataFormat.NCDHW), got %s. Build the type with"
            + " InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, T, height,"
            + " width, channels) and give features.permute(0, 4, 1, 2, 3)",
        type);
    throw new IllegalArgumentException(
        "features must have the axes [minibatch, n, T] or [minibatch, channels, T, height, width], got "
            + type
            + ". Possible cause: features without a time axis need SpikeEncoding.poisson(T) or"
            + " direct(T)");
  }

  @Override
  public SpikeTrain encode(INDArray features, NoiseKey noise) {
    return FrameTrains.of(
        shapeOf(features),
        HostArrays.floats(features),
        Math.toIntExact(features.size(0)),
        Math.toIntExact(features.size(TIME_AXIS)));
  }

  /** The shape of one step of features with a time axis. */
  static FeatureShape shapeOf(INDArray features) {
    return switch (features.rank()) {
      case 3 -> FeatureShape.vector((int) features.size(1));
      case 5 ->
          FeatureShape.image(
              (int) features.size(1), (int) features.size(3), (int) features.size(4));
      default ->
          throw new IllegalArgumentException(
              "features must have the axes [minibatch, n, T] or"
                  + " [minibatch, channels, T, height, width], got "
                  + Arrays.toString(features.shape())
                  + ". Possible cause: features without a time axis, which need"
                  + " SpikeEncoding.poisson(T) or direct(T); or a single sample, which needs"
                  + " reshape(1, …)");
    };
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
  public boolean hasTimeAxis() {
    return true;
  }

  @Override
  public SpikeEncoder withSteps(int steps) {
    throw new IllegalArgumentException(
        "steps must not be set on frames, whose features have a time axis, got "
            + steps
            + ". Give the network longer or shorter frames instead");
  }

  @Override
  public void backprop(INDArray features, INDArray rateGradient, INDArray featureGradient) {
    // The rate is the mean over the steps, so each step gets an equal share.
    long steps = features.size(TIME_AXIS);
    long[] oneStep = features.shape().clone();
    oneStep[TIME_AXIS] = 1;
    featureGradient.assign(0);
    featureGradient.addi(rateGradient.div(steps).reshape(oneStep));
  }

  @Override
  public Optional<CompactEncoding> compact(FeatureShape shape, long seed) {
    return Optional.of(CompactEncoding.of(CompactEncoding.Kind.FRAMES, shape, 0, 1, 0));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FrameEncoder;
  }

  @Override
  public int hashCode() {
    return FrameEncoder.class.hashCode();
  }

  @Override
  public String toString() {
    return "frames";
  }
}
