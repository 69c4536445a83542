package org.dl4jsnn.internal.kernel;

/**
 * One of the equal shares of a layer's neurons into which a sample is divided when there are fewer
 * samples than threads.
 *
 * @param index which of them, from 0
 * @param shares the number of shares
 */
public record Share(int index, int shares) {

  /** All neurons. */
  public static final Share WHOLE = new Share(0, 1);

  /** The first of this share's units, such as rows of positions. */
  public int from(int units) {
    return (int) ((long) units * index / shares);
  }

  /** The unit after this share's last. */
  public int to(int units) {
    return (int) ((long) units * (index + 1) / shares);
  }
}
