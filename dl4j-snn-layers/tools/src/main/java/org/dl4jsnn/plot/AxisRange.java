package org.dl4jsnn.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.function.Function;
import org.knowm.xchart.style.AxesChartStyler;

/**
 * The range of an axis, wide enough for labels to differ from tick to tick: otherwise XChart would
 * search for labels forever.
 */
record AxisRange(double min, double max) {

  /** Digits of labels after the first digit of the range. */
  private static final int DIGITS = 2;

  /** The narrowest range, relative to its values, that labels can tell apart. */
  private static final double NARROWEST = 1e-6;

  /** Share of a value that is shown around it if it is the only one. */
  private static final double AROUND = 0.1;

  /** The range of values, with a share left free at both ends. */
  static AxisRange of(double margin, double[]... values) {
    DoubleSummaryStatistics all =
        Arrays.stream(values).flatMapToDouble(Arrays::stream).summaryStatistics();
    return of(all.getMin(), all.getMax(), margin);
  }

  /** The range of finite values, with a share left free at both ends. */
  static AxisRange of(double low, double high, double margin) {
    double largest = Math.max(Math.abs(low), Math.abs(high));
    if (high - low <= NARROWEST * largest) {
      double around = largest == 0 ? 1 : AROUND * largest;
      return new AxisRange(low - around, high + around);
    }
    double free = margin * (high - low);
    return new AxisRange(low - free, high + free);
  }

  void applyToX(AxesChartStyler styler) {
    styler.setXAxisMin(min);
    styler.setXAxisMax(max);
    styler.setxAxisTickLabelsFormattingFunction(labels());
  }

  void applyToY(AxesChartStyler styler) {
    styler.setYAxisMin(min);
    styler.setYAxisMax(max);
    styler.setyAxisTickLabelsFormattingFunction(labels());
  }

  private Function<Double, String> labels() {
    int scale = DIGITS - (int) Math.floor(Math.log10(max - min));
    return value -> label(value, scale);
  }

  private static String label(double value, int scale) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_EVEN);
    if (rounded.signum() == 0) {
      return "0";
    }
    BigDecimal shortest = rounded.stripTrailingZeros();
    int magnitude = shortest.precision() - shortest.scale();
    return magnitude > 6 || magnitude < -3 ? shortest.toString() : shortest.toPlainString();
  }
}
