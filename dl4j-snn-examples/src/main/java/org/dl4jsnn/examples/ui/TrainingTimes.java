package org.dl4jsnn.examples.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.ui.model.stats.api.StatsReport;

/**
 * When a training began and how long it has run, which Deeplearning4j's overview has cells for and
 * leaves empty.
 *
 * @param start when its first minibatch began
 * @param runtime from then to its last point in the charts, without the time between the runs of a
 *     training that was resumed
 */
record TrainingTimes(Instant start, Duration runtime) {

  /** As the overview writes the time of the last update. */
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** The times of a session; empty if it has no point yet. */
  static Optional<TrainingTimes> of(Collection<? extends Persistable> updates) {
    List<StatsReport> reports =
        updates.stream()
            .filter(StatsReport.class::isInstance)
            .map(StatsReport.class::cast)
            .sorted(Comparator.comparingLong(StatsReport::getTimeStamp))
            .toList();
    if (reports.isEmpty()) {
      return Optional.empty();
    }
    long total = 0;
    long before = 0;
    for (StatsReport report : reports) {
      long run = report.getTotalRuntimeMs();
      // Every run of a training counts from 0.
      total += run < before ? before : 0;
      before = run;
    }
    StatsReport first = reports.get(0);
    return Optional.of(
        new TrainingTimes(
            Instant.ofEpochMilli(first.getTimeStamp() - first.getTotalRuntimeMs()),
            Duration.ofMillis(total + before)));
  }

  /** As an object of JSON: {@code start} in a time zone, and {@code runtime} as h:mm:ss. */
  String json(ZoneId zone) {
    return String.format(
        Locale.ROOT,
        "{\"start\":\"%s\",\"runtime\":\"%d:%02d:%02d\"}",
        FORMAT.format(start.atZone(zone)),
        runtime.toHours(),
        runtime.toMinutesPart(),
        runtime.toSecondsPart());
  }
}
