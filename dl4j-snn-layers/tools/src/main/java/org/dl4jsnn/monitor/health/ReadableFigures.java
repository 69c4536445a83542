package org.dl4jsnn.monitor.health;

import java.util.Locale;
import java.util.OptionalDouble;

/** Figures formatted for reading. */
final class ReadableFigures {

  private static final double PERCENT = 100;
  private static final double PICOJOULES_A_NANOJOULE = 1000;

  private ReadableFigures() {}

  static String percent(double share) {
    return text("%.2f", PERCENT * share);
  }

  static String percent(OptionalDouble share) {
    return share.isEmpty() ? "" : percent(share.getAsDouble());
  }

  static String small(OptionalDouble value) {
    return value.isEmpty() ? "" : text("%.4g", value.getAsDouble());
  }

  static String whole(double count) {
    return text("%,.0f", count);
  }

  static String nanojoules(double picojoules) {
    return text("%,.1f", inNanojoules(picojoules));
  }

  static double inNanojoules(double picojoules) {
    return picojoules / PICOJOULES_A_NANOJOULE;
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
