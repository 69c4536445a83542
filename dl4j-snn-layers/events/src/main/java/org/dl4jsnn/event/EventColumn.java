package org.dl4jsnn.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The columns of event tables with named columns, and the names that programs use for them. */
enum EventColumn {
  X("x", "xs"),
  Y("y", "ys"),
  T("t", "ts", "time", "timestamp", "timestamps"),
  P("p", "ps", "pol", "polarity", "on");

  /** The names that programs use. */
  final List<String> names;

  EventColumn(String... names) {
    this.names = List.of(names);
  }

  static Optional<EventColumn> named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(column -> column.names.contains(lower)).findFirst();
  }

  /** Whether a number is a polarity: 1 is ON, 0 and -1 are OFF. */
  static boolean isPolarity(long number) {
    return number >= -1 && number <= 1;
  }
}
