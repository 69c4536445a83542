package org.dl4jsnn.monitor.health.ui;

import java.util.UUID;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.health.HealthSink;

/**
 * Hands reports to a storage that Deeplearning4j's UI is attached to, or to a remote UI's router.
 * Each router is a session of its own.
 */
public final class HealthRouter implements HealthSink {

  private final StatsStorageRouter router;
  private final String session;
  private long lastTime;

  /**
   * A router of a new session.
   *
   * @param router where reports go; may be the storage that a {@code StatsListener} uses
   */
  public HealthRouter(StatsStorageRouter router) {
    this(router, "spikes_" + UUID.randomUUID());
  }

  /**
   * A router of a session that has a name.
   *
   * @param router where reports go
   * @param session the session's name, part of its page's address
   */
  public HealthRouter(StatsStorageRouter router, String session) {
    this.router = Require.given("router", router);
    this.session = Require.given("session", session);
  }

  @Override
  public void report(EpochHealth epoch) {
    // Storages know updates by their time, and two epochs may end within a millisecond.
    long time = Math.max(System.currentTimeMillis(), lastTime + 1);
    HealthUpdate update = new HealthUpdate(session, time, epoch);
    if (lastTime == 0) {
      // Storages list a session from its first static information on, not from its updates.
      router.putStaticInfo(update);
    }
    lastTime = time;
    router.putUpdate(update);
  }
}
