package org.dl4jsnn.internal.event;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of durations in microseconds that look as if milliseconds were meant. */
public final class ShortSlices {

  private static final Logger LOG = LoggerFactory.getLogger(ShortSlices.class);

  private static final long MILLISECOND = 1000;

  /** In µs; words and gestures last a hundred times as long. */
  private static final long SHORT_WINDOW = 10 * MILLISECOND;

  private ShortSlices() {}

  /**
   * Checks the slices of a window.
   *
   * @param microseconds the length of a slice
   * @param steps T, the number of slices
   */
  public static void look(long microseconds, int steps) {
    if (microseconds < MILLISECOND && microseconds * steps < SHORT_WINDOW) {
      LOG.warn(
          "{} slices of {} µs cover {} µs, and what comes later is left out. Possible cause:"
              + " milliseconds were meant; lengths are in µs, so that {} ms are {}",
          steps,
          microseconds,
          microseconds * steps,
          microseconds,
          microseconds * MILLISECOND);
    }
  }

  /**
   * Checks the slices of a stream.
   *
   * @param microseconds the length of a slice
   */
  public static void look(long microseconds) {
    if (microseconds < MILLISECOND) {
      LOG.warn(
          "slices of {} µs are more than a thousand a second, which few networks can follow. Possible"
              + " cause: milliseconds were meant; the length is in µs, so that {} ms are {}",
          microseconds,
          microseconds,
          microseconds * MILLISECOND);
    }
  }
}
