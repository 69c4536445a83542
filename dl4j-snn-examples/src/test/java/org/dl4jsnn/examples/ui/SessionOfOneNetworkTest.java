package org.dl4jsnn.examples.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.health.ui.SpikingRouter;
import org.dl4jsnn.monitor.live.LiveSpikes;
import org.junit.jupiter.api.Test;

/** What a network's router writes to the storage of the UI. */
class SessionOfOneNetworkTest {

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
