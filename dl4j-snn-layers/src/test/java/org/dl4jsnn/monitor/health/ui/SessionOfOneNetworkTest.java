package org.dl4jsnn.monitor.health.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.dl4jsnn.monitor.live.LiveSpikes;
import org.junit.jupiter.api.Test;

class SessionOfOneNetworkTest {

  private final InMemoryStatsStorage storage = new InMemoryStatsStorage();
  private final WatchedSessions sessions = new WatchedSessions();

  @Test
  void shouldHoldReportsAndALiveSample() {
    sessions.attach(storage);
    HealthRouter reports = new HealthRouter(storage);
    new LiveRouter(reports)
        .show(new LiveSpikes(1, OptionalInt.empty(), List.of(), Optional.empty()));
    reports.report(WatchedSessionsTest.epoch(1, 10));
    assertEquals(1, sessions.names().size(), sessions.names().toString());
    WatchedSession session = sessions.newest().orElseThrow();
    assertEquals(1, session.epochs().size());
    assertTrue(session.live().isPresent());
  }

  @Test
  void shouldNotBeThatOfAnother() {
    sessions.attach(storage);
    for (int network = 0; network < 2; network++) {
      new HealthRouter(storage).report(WatchedSessionsTest.epoch(1, 10));
    }
    assertEquals(2, sessions.names().size());
    assertThrows(IllegalArgumentException.class, () -> new LiveRouter((HealthRouter) null));
  }
}
