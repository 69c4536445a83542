package org.dl4jsnn.spike;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The shape of a layer's neurons in one sample: a vector of n, or channels × height × width.
 *
 * <p>Two orders of neurons occur. Arrays handed to Deeplearning4j are in its order, channels
 * outermost. Spike trains and membranes have the channels innermost, index {@code (y · width + x) ·
 * channels + channel}, so that a spike's synapses are contiguous in memory. For a vector both are
 * the same.
 *
 * @param channels channels, or the length of a vector; at least 1
 * @param height rows; 1 for a vector
 * @param width columns; 1 for a vector
 * @param spatial true for channels × height × width, false for a vector
 */
public record FeatureShape(int channels, int height, int width, boolean spatial) {

  /**
   * Checks the sizes.
   *
   * @param channels channels, or the length of a vector
   * @param height rows
   * @param width columns
   * @param spatial true for channels × height × width
   * @throws IllegalArgumentException if a size is below 1, or there are more than 2³¹−1 neurons
   */
  public FeatureShape {
    Require.atLeast("channels", channels, 1);
    Require.atLeast("height", height, 1);
    Require.atLeast("width", width, 1);
    Require.atLeast("neurons", (long) channels * height * width, 1);
  }

  /**
   * A vector.
   *
   * @param length its length
   * @return the shape
   */
  public static FeatureShape vector(int length) {
    return new FeatureShape(length, 1, 1, false);
  }

  /**
   * Channels × height × width.
   *
   * @param channels channels
   * @param height rows
   * @param width columns
   * @return the shape
   */
  public static FeatureShape image(int channels, int height, int width) {
    return new FeatureShape(channels, height, width, true);
  }

  /**
   * The shape of one sample of an activation array.
   *
   * @param array [minibatch, n] or [minibatch, channels, height, width]
   * @return the shape
   * @throws IllegalArgumentException if the array has another rank
   */
  public static FeatureShape ofSamples(INDArray array) {
    return switch (array.rank()) {
      case 2 -> vector((int) array.size(1));
      case 4 -> image((int) array.size(1), (int) array.size(2), (int) array.size(3));
      default ->
          throw new IllegalArgumentException(
              "array must have the axes [minibatch, n] or [minibatch, channels, height, width], got "
                  + Arrays.toString(array.shape()));
    };
  }

  /**
   * The shape of one sample of features without a time axis.
   *
   * @param type a feed-forward or convolutional (NCHW) type
   * @return the shape
   * @throws IllegalArgumentException for any other type
   */
  public static FeatureShape of(InputType type) {
    if (type instanceof InputType.InputTypeFeedForward vector) {
      return vector((int) vector.getSize());
    }
    if (type instanceof InputType.InputTypeConvolutional image
        && image.getFormat() == CNN2DFormat.NCHW) {
      return image((int) image.getChannels(), (int) image.getHeight(), (int) image.getWidth());
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
   * Neurons of one sample.
   *
   * @return channels · height · width
   */
  public int neurons() {
    return channels * height * width;
  }

  /**
   * Places of one channel.
   *
   * @return height · width
   */
  public int positions() {
    return height * width;
  }

  /**
   * The shape of an array of these features.
   *
   * @param minibatch samples
   * @return [minibatch, n] or [minibatch, channels, height, width]
   */
  public long[] arrayShape(int minibatch) {
    return spatial
        ? new long[] {minibatch, channels, height, width}
        : new long[] {minibatch, channels};
  }

  /**
   * The same shape as Deeplearning4j's input type.
   *
   * @return a feed-forward or convolutional (NCHW) type
   */
  public InputType inputType() {
    return spatial
        ? InputType.convolutional(height, width, channels)
        : InputType.feedForward(channels);
  }

  /**
   * The index in the order of arrays of a neuron of a spike train.
   *
   * @param neuron index with the channels innermost
   * @return index with the channels outermost
   */
  public int arrayIndex(int neuron) {
    return neuron % channels * height * width + neuron / channels;
  }

  /**
   * The neuron of a spike train that has an index in the order of arrays.
   *
   * @param arrayIndex index with the channels outermost
   * @return index with the channels innermost
   */
  public int neuronIndex(int arrayIndex) {
    return arrayIndex % positions() * channels + arrayIndex / positions();
  }

  @Override
  public String toString() {
    return spatial ? channels + "×" + height + "×" + width : String.valueOf(channels);
  }
}
