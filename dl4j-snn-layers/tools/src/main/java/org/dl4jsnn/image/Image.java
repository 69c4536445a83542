package org.dl4jsnn.image;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;

/** An image with eight bits per value, channel after channel and row after row. Immutable. */
public final class Image {

  /** The number of possible values. */
  static final int VALUES = 256;

  private final int channels;
  private final int height;
  private final int width;
  private final byte[] values;

  private Image(int channels, int height, int width, byte[] values) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = values;
  }

  /**
   * {@return an image}
   *
   * @param channels at least 1; three are red, green and blue
   * @param height rows, at least 1
   * @param width columns, at least 1
   * @param values from 0 to 255, unsigned, [channel, row, column]; not copied, so it must not be
   *     changed afterwards
   * @throws IllegalArgumentException if a size is too small, or the number of values is wrong
   */
  public static Image of(int channels, int height, int width, byte[] values) {
    Require.atLeast("channels", channels, 1);
    Require.atLeast("height", height, 1);
    Require.atLeast("width", width, 1);
    Require.given("values", values);
    if (values.length != Require.product(channels, height, width)) {
      throw new IllegalArgumentException(
          String.format(
              "values must be channels x height x width = %d x %d x %d, got %d",
              channels, height, width, values.length));
    }
    return new Image(channels, height, width, values);
  }

  /** Checks the value of pixels from outside an image. */
  static void requireFill(int fill) {
    Require.not(fill < 0 || fill >= VALUES, "fill must be from 0 to 255, got %s", fill);
  }

  /** An image of the same size from other values, which are not copied. */
  Image with(byte[] others) {
    return new Image(channels, height, width, others);
  }

  /** {@return the number of channels} */
  public int channels() {
    return channels;
  }

  /** {@return the number of rows} */
  public int height() {
    return height;
  }

  /** {@return the number of columns} */
  public int width() {
    return width;
  }

  /**
   * {@return a value: from 0 to 255}
   *
   * @param channel the channel
   * @param row the row, from the top
   * @param column the column, from the left
   */
  public int value(int channel, int row, int column) {
    return values[(channel * height + row) * width + column] & 0xFF;
  }

  /** The number of values per channel. */
  int plane() {
    return height * width;
  }

  /** A value by its index. */
  int value(int index) {
    return values[index] & 0xFF;
  }

  /** A copy of the values. */
  byte[] copy() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Image that
        && channels == that.channels
        && height == that.height
        && width == that.width
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return channels + "×" + height + "×" + width;
  }
}
