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
 * The start and runtime of a training, for cells that Deeplearning4j's overview leaves empty.
 *
 * @param start the start of its first minibatch
 * @param runtime the time from then to its last point in the charts, without pauses between resumed
 *     runs
 */
record TrainingTimes(Instant start, Duration runtime) {

  /** The overview's format for the time of the last update. */
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** The times of a session; empty if it has no points yet. */
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
    long time = reports.get(0).getTimeStamp();
    for (StatsReport report : reports) {
      long run = report.getTotalRuntimeMs();
      // Every run of a training counts from 0. A resumed one may begin with a later point.
      boolean isNewRun = run < before || report.getTimeStamp() - run > time;
      total += isNewRun ? before : 0;
      before = run;
      time = report.getTimeStamp();
    }
    StatsReport first = reports.get(0);
    return Optional.of(
        new TrainingTimes(
            Instant.ofEpochMilli(first.getTimeStamp() - first.getTotalRuntimeMs()),
            Duration.ofMillis(total + before)));
  }

  /** As a JSON object: {@code start} in a time zone, and {@code runtime} as h:mm:ss. */
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
