package org.dl4jsnn.internal.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of numbers with ticks at multiples of 1, 2 or 5 times a power of ten.
 *
 * @param low its lower end
 * @param high its upper end, greater; or equal, for a single tick
 * @param step the distance between ticks, greater than 0
 */
public record ChartAxis(double low, double high, double step) {

  private static final int[] ROUND = {1, 2, 5, 10};
  private static final double TOLERANCE = 1e-9;

  /** Beyond so many digits a label has an exponent. */
  private static final int MOST_DIGITS = 6;

  /**
   * {@return an axis that begins and ends at ticks, around values}
   *
   * @param low the lowest value, finite
   * @param high the highest, at least as high
   * @param most about how many ticks there may be, at least 2
   */
  public static ChartAxis around(double low, double high, int most) {
    double free = high > low ? 0 : low == 0 ? 1 : Math.abs(low) / 2;
    double from = low == 0 ? 0 : low - free;
    double step = roundUp((high + free - from) / (most - 1));
    double first = Math.floor(from / step + TOLERANCE) * step;
    double last = Math.ceil((high + free) / step - TOLERANCE) * step;
    return new ChartAxis(first, Math.max(last, first + step), step);
  }

  /**
   * An axis of whole numbers, such as epochs, that begins and ends at values.
   *
   * @param low the lowest value
   * @param high the highest, at least as high
   * @param most about how many ticks there may be, at least 2
   * @return the axis; its ticks are whole numbers
   */
  public static ChartAxis whole(int low, int high, int most) {
    return new ChartAxis(low, high, Math.max(1, roundUp((double) (high - low) / (most - 1))));
  }

  private static double roundUp(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (int round : ROUND) {
      if (value <= round * power * (1 + TOLERANCE)) {
        return round * power;
      }
    }
    return 10 * power;
  }

  /** {@return the ticks, from low to high} */
  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    long first = (long) Math.ceil(low / step - TOLERANCE);
    for (long i = first; i * step <= high + TOLERANCE * step; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /**
   * {@return a tick as text: the number, with enough digits to tell ticks apart}
   *
   * @param tick its number
   */
  public String label(double tick) {
    int digits = Math.max(0, -(int) Math.floor(Math.log10(step) + TOLERANCE));
    BigDecimal value = BigDecimal.valueOf(tick).setScale(digits, RoundingMode.HALF_EVEN);
    boolean isLong = digits > MOST_DIGITS || Math.abs(tick) >= Math.pow(10, MOST_DIGITS);
    return isLong && value.signum() != 0
        ? value.stripTrailingZeros().toString()
        : Html.text("%,." + (isLong ? 0 : digits) + "f", value);
  }

  /**
   * Where a number is, from 0 at the lower end to 1 at the upper; in the middle if both are the
   * same.
   */
  double share(double value) {
    return high == low ? 0.5 : (value - low) / (high - low);
  }
}
