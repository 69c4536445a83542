package org.dl4jsnn.monitor.health.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.deeplearning4j.core.storage.StatsStorage;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.health.LayerHealth;
import org.junit.jupiter.api.Test;

class WatchedSessionsTest {

  private static EpochHealth epoch(int number, int iteration) {
    LayerHealth.Rates rates =
        new LayerHealth.Rates(0.1, 0, 0, 1, Collections.nCopies(LayerHealth.Rates.BINS, 0.1));
    return new EpochHealth(
        number,
        iteration,
        1,
        List.of(
            new LayerHealth(
                "dense",
                rates,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Set.of())));
  }

  /** A storage with the updates of one session. */
  private static StatsStorage storage(List<HealthUpdate> updates) {
    return (StatsStorage)
        Proxy.newProxyInstance(
            WatchedSessionsTest.class.getClassLoader(),
            new Class<?>[] {StatsStorage.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "listSessionIDs" -> List.of("training");
                  case "listTypeIDsForSession" -> List.of(HealthUpdate.TYPE);
                  case "getLatestUpdateAllWorkers" -> List.of(updates.get(updates.size() - 1));
                  case "getAllUpdatesAfter" -> updates;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  /** A training that is killed after its report and resumed reports the epoch again. */
  @Test
  void shouldReplaceEarlierReportsOfAnEpochAndThoseAfterIt() {
    WatchedSessions sessions = new WatchedSessions();
    sessions.attach(
        storage(
            List.of(
                new HealthUpdate("training", 1, epoch(1, 10)),
                new HealthUpdate("training", 2, epoch(2, 20)),
                new HealthUpdate("training", 3, epoch(3, 30)),
                new HealthUpdate("training", 4, epoch(2, 21)))));
    assertEquals(
        List.of(epoch(1, 10), epoch(2, 21)), sessions.find("training").orElseThrow().epochs());
  }
}
