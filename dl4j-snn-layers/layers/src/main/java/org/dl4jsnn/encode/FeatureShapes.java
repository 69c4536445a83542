package org.dl4jsnn.encode;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Shapes of neurons as arrays and as Deeplearning4j's input types. */
public final class FeatureShapes {

  private FeatureShapes() {}

  /**
   * {@return the shape of one sample of an activation array}
   *
   * @param array [minibatch, n] or [minibatch, channels, height, width]
   * @throws IllegalArgumentException if the array has another rank
   */
  public static FeatureShape ofSamples(INDArray array) {
    return switch (array.rank()) {
      case 2 -> FeatureShape.vector((int) array.size(1));
      case 4 -> FeatureShape.image((int) array.size(1), (int) array.size(2), (int) array.size(3));
      default ->
          throw new IllegalArgumentException(
              "array must have the axes [minibatch, n] or [minibatch, channels, height, width], got "
                  + Arrays.toString(array.shape()));
    };
  }

  /**
   * {@return the shape of one sample of features without a time axis}
   *
   * @param type a feed-forward or convolutional (NCHW) type
   * @throws IllegalArgumentException for any other type
   */
  public static FeatureShape of(InputType type) {
    if (type instanceof InputType.InputTypeFeedForward vector) {
      return FeatureShape.vector((int) vector.getSize());
    }
    if (type instanceof InputType.InputTypeConvolutional image
        && image.getFormat() == CNN2DFormat.NCHW) {
      return FeatureShape.image(
          (int) image.getChannels(), (int) image.getHeight(), (int) image.getWidth());
    }
    throw new IllegalArgumentException(
        "input must have the axes [minibatch, n] or [minibatch, channels, height, width] (NCHW),"
            + " got "
            + type
            + (type instanceof InputType.InputTypeConvolutional
                ? ". Build the type with InputType.convolutional(height, width, channels) and give"
                    + " features.permute(0, 3, 1, 2)"
                : ""));
  }

  /**
   * A shape as Deeplearning4j's input type.
   *
   * @param shape the shape of one sample
   * @return a feed-forward or convolutional (NCHW) type
   */
  public static InputType inputType(FeatureShape shape) {
    return shape.spatial()
        ? InputType.convolutional(shape.height(), shape.width(), shape.channels())
        : InputType.feedForward(shape.channels());
  }
}
