package org.dl4jsnn.spike;

import org.dl4jsnn.internal.Require;

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
   * @throws IllegalArgumentException if a size is below 1, if there are more than 2³¹−1 neurons, or
   *     if a vector has rows or columns
   */
  public FeatureShape {
    Require.atLeast("channels", channels, 1);
    Require.atLeast("height", height, 1);
    Require.atLeast("width", width, 1);
    Require.atLeast("neurons", Require.product(channels, height, width), 1);
    Require.not(
        !spatial && height * width != 1,
        "height and width of a vector must be 1, got %s and %s",
        height,
        width);
  }

  /**
   * {@return a vector}
   *
   * @param length its length
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

  /** {@return the number of neurons in one sample: channels · height · width} */
  public int neurons() {
    return channels * height * width;
  }

  /** {@return the number of positions in one channel: height · width} */
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
   * The index of a spike train's neuron in the order of arrays.
   *
   * @param neuron index with the channels innermost
   * @return index with the channels outermost
   */
  public int arrayIndex(int neuron) {
    return neuron % channels * height * width + neuron / channels;
  }

  /**
   * The neuron of a spike train from its index in the order of arrays.
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
