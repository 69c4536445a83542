package org.dl4jsnn.encode;

import java.util.Optional;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * An encoder of features without a time axis, [minibatch, n] or [minibatch, channels, height,
 * width].
 */
abstract class AnalogEncoder implements SpikeEncoder {

  private static final long serialVersionUID = 1L;

  /** A largest feature this far above the limit means that the scale is wrong. */
  private static final int MOST_OVERSHOOT = 2;

  /** T. */
  @JsonProperty final int steps;

  /** g. */
  @JsonProperty final double gain;

  AnalogEncoder(int steps, double gain) {
    this.steps = SpikeTrainMemory.requireSteps(steps);
    this.gain = Require.positiveFinite("gain", gain);
  }

  /** The spikes of T steps of a stream, from a given one on. */
  abstract SpikeTrain encode(INDArray features, NoiseKey noise, long firstStep);

  @Override
  public final SpikeTrain encode(INDArray features, NoiseKey noise) {
    return encode(features, noise, 0);
  }

  @Override
  public final EncodedPiece encodePiece(INDArray features, NoiseKey noise, EncoderState start) {
    return EncodedPiece.of(encode(features, noise, start.steps()), start.withoutValues(this));
  }

  @Override
  public final FeatureShape shapeFor(InputType type) {
    if (type instanceof InputType.InputTypeConvolutionalFlat flat) {
      return FeatureShape.image(
          (int) flat.getDepth(), (int) flat.getHeight(), (int) flat.getWidth());
    }
    Require.not(
        type instanceof InputType.InputTypeRecurrent
            || type instanceof InputType.InputTypeConvolutional3D,
        "features must not have a time axis, got %s. Possible cause: recorded"
            + " events or frames need SpikeEncoding.frames(). After a"
            + " GlobalPoolingLayer, whose type Deeplearning4j M2.1 reports with a time"
            + " axis, leave setInputType out",
        type);
    return FeatureShapes.of(type);
  }

  /** The encoding as the runtime without ND4J knows it, if it has no further parameters. */
  final Optional<CompactEncoding> compact(
      CompactEncoding.Kind kind, FeatureShape shape, long seed) {
    return Optional.of(CompactEncoding.of(kind, shape, steps, gain, seed));
  }

  /**
   * Warns if most features are far larger than the code expects.
   *
   * @param limit the product of gain and feature above which a feature is too large
   * @param consequence what happens then, a clause
   */
  final Optional<String> tooLarge(INDArray features, double limit, String consequence) {
    float[] x = HostArrays.floats(features);
    int present = 0;
    int large = 0;
    float largest = 0;
    for (float feature : x) {
      float size = Math.abs(feature);
      present += size > 0 ? 1 : 0;
      large += gain * size > limit ? 1 : 0;
      largest = Math.max(largest, size);
    }
    if (large <= present / 2 || gain * largest < MOST_OVERSHOOT * limit) {
      return Optional.empty();
    }
    return Optional.of(
        ("gain · |feature| should be at most %s, got more for %s of %s features that"
                + " are not zero, of which the largest is %s, so that %s. Possible cause: pixels"
                + " of 0 to 255. Scale the features, e.g. iterator.setPreProcessor(new"
                + " ImagePreProcessingScaler(0, 1)), or lower the encoding's gain")
            .formatted(limit, large, present, largest, consequence));
  }

  /** Warns if most features drive neurons far beyond one spike per step. */
  final Optional<String> tooLarge(INDArray features, double limit) {
    return tooLarge(features, limit, "neurons with thresholds near 1 fire at every step");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AnalogEncoder that
        && getClass() == that.getClass()
        && steps == that.steps
        && Double.compare(gain, that.gain) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Integer.hashCode(steps) + Double.hashCode(gain);
  }
}
