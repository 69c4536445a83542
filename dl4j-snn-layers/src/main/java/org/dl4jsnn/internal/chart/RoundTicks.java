package org.dl4jsnn.internal.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The ticks of an axis, at multiples of 1, 2 or 5 times a power of ten. The axis ends at ticks.
 *
 * @param first the lowest tick
 * @param step the distance between ticks, greater than 0
 * @param count the number of ticks, at least 2
 */
public record RoundTicks(double first, double step, int count) {

  private static final double[] ROUND = {1, 2, 5, 10};
  private static final double TOLERANCE = 1e-9;
  private static final int LONGEST = 6;

  /**
   * Ticks around values.
   *
   * @param low the lowest value, finite
   * @param high the highest, at least as high
   * @param most about how many ticks there may be, at least 2
   * @return ticks, the first at or below the lowest value and the last at or above the highest
   */
  public static RoundTicks around(double low, double high, int most) {
    double around = low == 0 ? 1 : Math.abs(low) / 2;
    double to = high > low ? high : high + around;
    double from = high > low || low == 0 ? low : low - around;
    double step = roundUp((to - from) / (most - 1));
    double first = Math.floor(from / step + TOLERANCE);
    double last = Math.ceil(to / step - TOLERANCE);
    return new RoundTicks(first * step, step, Math.max(2, (int) (last - first) + 1));
  }

  /**
   * Ticks at whole numbers inside a range, as on an axis of epochs or time steps.
   *
   * @param low the lowest number
   * @param high the highest, at least as high
   * @param most about how many ticks there may be, at least 2
   * @return numbers from low to high; the lowest is one of them
   */
  public static List<Integer> whole(int low, int high, int most) {
    int step = (int) Math.max(1, roundUp((double) (high - low) / (most - 1)));
    List<Integer> ticks = new ArrayList<>(List.of(low));
    int next = Math.floorDiv(low, step) * step + step;
    if (2 * (next - low) <= step) {
      next += step;
    }
    for (int tick = next; tick <= high; tick += step) {
      ticks.add(tick);
    }
    return ticks;
  }

  private static double roundUp(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double round : ROUND) {
      if (value <= round * power * (1 + TOLERANCE)) {
        return round * power;
      }
    }
    return ROUND[ROUND.length - 1] * power;
  }

  /**
   * A tick's number.
   *
   * @param index from 0
   * @return the number
   */
  public double at(int index) {
    return first + index * step;
  }

  /**
   * The highest tick.
   *
   * @return where the axis ends
   */
  public double last() {
    return at(count - 1);
  }

  /**
   * A tick as text.
   *
   * @param index from 0
   * @return its number, with enough digits to tell ticks apart
   */
  public String label(int index) {
    int digits = Math.max(0, -(int) Math.floor(Math.log10(step) + TOLERANCE));
    BigDecimal value = BigDecimal.valueOf(at(index)).setScale(digits, RoundingMode.HALF_EVEN);
    BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    int magnitude = shortest.precision() - shortest.scale();
    return magnitude > LONGEST || digits > LONGEST
        ? shortest.toString()
        : Html.text("%,." + digits + "f", value);
  }
}
