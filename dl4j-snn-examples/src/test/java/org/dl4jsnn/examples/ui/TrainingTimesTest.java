package org.dl4jsnn.examples.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.deeplearning4j.ui.model.stats.impl.SbeStatsReport;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.health.ui.SpikingRouter;
import org.dl4jsnn.monitor.live.LiveSpikes;
import org.junit.jupiter.api.Test;

/** When a training ran, and what its router writes to the storage of the UI. */
class TrainingTimesTest {

  private static final Instant START = Instant.parse("2026-03-01T23:59:50Z");

  private static StatsReport point(long secondsAfterStart, long runtimeSeconds) {
    StatsReport report = new SbeStatsReport();
    report.reportIDs("session", "StatsListener", "network", time(secondsAfterStart));
    report.reportPerformance(1000 * runtimeSeconds, 0, 0, 0, 0);
    return report;
  }

  private static long time(long secondsAfterStart) {
    return START.plusSeconds(secondsAfterStart).toEpochMilli();
  }

  @Test
  void shouldCountFromTheBeginningOfTheFirstMinibatch() {
    PageAdditions.TrainingTimes times =
        PageAdditions.TrainingTimes.of(List.of(point(20, 20), point(2, 2))).orElseThrow();
    assertEquals(new PageAdditions.TrainingTimes(START, Duration.ofSeconds(20)), times);
    assertEquals(
        "{\"start\":\"2026-03-01 23:59:50\",\"runtime\":\"0:00:20\"}", times.json(ZoneOffset.UTC));
  }

  @Test
  void shouldLeaveOutTheTimeBetweenRuns() {
    // Stopped after 30 s, resumed an hour later.
    List<StatsReport> points =
        List.of(point(10, 10), point(30, 30), point(3605, 5), point(7230, 3630));
    PageAdditions.TrainingTimes times = PageAdditions.TrainingTimes.of(points).orElseThrow();
    assertEquals(Duration.ofSeconds(3660), times.runtime());
    assertEquals(
        "{\"start\":\"2026-03-01 23:59:50\",\"runtime\":\"1:01:00\"}", times.json(ZoneOffset.UTC));
  }

  /** Points before the checkpoint are not kept twice, so the second run's begin late. */
  @Test
  void shouldNoticeARunThatBeginsWithALaterPoint() {
    List<StatsReport> points = List.of(point(12, 12), point(3613, 13));
    assertEquals(
        Duration.ofSeconds(25), PageAdditions.TrainingTimes.of(points).orElseThrow().runtime());
  }

  @Test
  void shouldKnowNothingBeforeTheFirstPoint() {
    assertEquals(Optional.empty(), PageAdditions.TrainingTimes.of(List.of()));
  }

  private final InMemoryStatsStorage storage = new InMemoryStatsStorage();

  @Test
  void shouldHoldReportsAndALiveSample() {
    SpikingRouter reports = new SpikingRouter(storage);
    reports.show(new LiveSpikes(1, OptionalInt.empty(), List.of(), Optional.empty()));
    reports.report(new EpochHealth(1, 10, 1, List.of()));
    assertEquals(1, storage.listSessionIDs().size(), storage.listSessionIDs().toString());
    String session = storage.listSessionIDs().get(0);
    assertEquals(2, storage.listTypeIDsForSession(session).size());
  }

  @Test
  void shouldNotBeThatOfAnother() {
    for (int network = 0; network < 2; network++) {
      new SpikingRouter(storage).report(new EpochHealth(1, 10, 1, List.of()));
    }
    assertEquals(2, storage.listSessionIDs().size());
    assertThrows(IllegalArgumentException.class, () -> new SpikingRouter(null));
  }
}
