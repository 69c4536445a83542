package org.dl4jsnn.monitor.health.ui;

import java.util.UUID;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.health.HealthSink;

/**
 * Passes reports to a storage attached to Deeplearning4j's UI, or to a remote UI's router. Each
 * router is a separate session, which a {@link LiveRouter} of the same network joins.
 */
public final class HealthRouter implements HealthSink {

  private final StatsStorageRouter router;
  private final String session;
  private long lastTime;

  /**
   * A router for a new session.
   *
   * @param router receives reports; may be the storage of a {@code StatsListener}
   */
  public HealthRouter(StatsStorageRouter router) {
    this(router, "spikes_" + UUID.randomUUID());
  }

  /**
   * A router for a named session.
   *
   * @param router receives reports
   * @param session the session's name, part of its page's address
   */
  public HealthRouter(StatsStorageRouter router, String session) {
    this.router = Require.given("router", router);
    this.session = Require.given("session", session);
  }

  StatsStorageRouter router() {
    return router;
  }

  String session() {
    return session;
  }

  @Override
  public void report(EpochHealth epoch) {
    // Storages identify updates by time, and two epochs may end within a millisecond.
    long time = Math.max(System.currentTimeMillis(), lastTime + 1);
    HealthUpdate update = new HealthUpdate(session, time, epoch);
    if (lastTime == 0) {
      // Storages list a session only after its first static information, not its updates.
      router.putStaticInfo(update);
    }
    lastTime = time;
    router.putUpdate(update);
  }
}
