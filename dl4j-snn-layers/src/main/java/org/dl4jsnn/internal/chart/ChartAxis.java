package org.dl4jsnn.internal.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * The vertical axis of a chart.
 *
 * @param low the number at its lower end; on a logarithmic axis, its logarithm
 * @param high the number at its upper end; on a logarithmic axis, its logarithm
 * @param marks ticks, from the lowest on
 */
record ChartAxis(double low, double high, List<Mark> marks) {

  private static final int TICKS = 5;
  private static final int MOST_DECADES = 5;
  private static final String[] SUPERSCRIPTS = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

  /** A tick: its place, and the label beside it. */
  record Mark(double at, String label) {}

  static ChartAxis linear(double low, double high) {
    RoundTicks ticks = RoundTicks.around(low, high, TICKS);
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < ticks.count(); i++) {
      marks.add(new Mark(ticks.at(i), ticks.label(i)));
    }
    return new ChartAxis(ticks.first(), ticks.last(), marks);
  }

  /** An axis with ticks at whole powers of ten; its ends are logarithms of values. */
  static ChartAxis logarithmic(double low, double high) {
    int first = (int) Math.floor(low);
    int last = Math.max(first + 1, (int) Math.ceil(high));
    int step = (last - first + MOST_DECADES - 1) / MOST_DECADES;
    List<Mark> marks = new ArrayList<>();
    for (int power = first; power <= last; power += step) {
      marks.add(new Mark(power, power(power)));
    }
    return new ChartAxis(first, last, marks);
  }

  private static String power(int exponent) {
    if (exponent >= -2 && exponent <= 3) {
      return exponent < 0
          ? exponent == -1 ? "0.1" : "0.01"
          : Html.text("%,.0f", Math.pow(10, exponent));
    }
    StringBuilder text = new StringBuilder("10").append(exponent < 0 ? "⁻" : "");
    String.valueOf(Math.abs(exponent))
        .chars()
        .forEach(digit -> text.append(SUPERSCRIPTS[digit - '0']));
    return text.toString();
  }

  /** Where a number is, from 0 at the lower end to 1 at the upper. */
  double share(double value) {
    return (value - low) / (high - low);
  }
}
