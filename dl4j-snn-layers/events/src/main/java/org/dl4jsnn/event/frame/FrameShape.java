package org.dl4jsnn.event.frame;

import org.dl4jsnn.internal.Require;

/**
 * The shape of a sample's frames, [channels, T, height, width], in that order in memory: the width
 * varies fastest.
 *
 * @param channels 2 (OFF, ON) or 1
 * @param steps T
 * @param height windows from top to bottom
 * @param width windows from left to right
 */
public record FrameShape(int channels, int steps, int height, int width) {

  /**
   * Checks the shape.
   *
   * @param channels 2 or 1
   * @param steps T
   * @param height windows from top to bottom
   * @param width windows from left to right
   * @throws IllegalArgumentException if a size is below 1, or the frames have more values than an
   *     array can hold
   */
  public FrameShape {
    double values = (double) channels * steps * height * width;
    Require.not(
        channels < 1 || steps < 1 || height < 1 || width < 1 || values > Integer.MAX_VALUE - 8,
        "frames must have at least 1 and at most 2^31 - 9 values, got [channels, T,"
            + " height, width] = [%s, %s, %s, %s]. Possible cause: too many steps for this sensor; use"
            + " larger windows",
        channels,
        steps,
        height,
        width);
  }

  /** {@return the number of values} */
  public int size() {
    return channels * steps * height * width;
  }

  /**
   * {@return the index of a value}
   *
   * @param channel 0 for OFF, 1 for ON
   * @param step from 0
   * @param row from 0 at the top
   * @param column from 0 at the left
   */
  public int index(int channel, int step, int row, int column) {
    return ((channel * steps + step) * height + row) * width + column;
  }

  @Override
  public String toString() {
    return "[" + channels + ", " + steps + ", " + height + ", " + width + "]";
  }
}
