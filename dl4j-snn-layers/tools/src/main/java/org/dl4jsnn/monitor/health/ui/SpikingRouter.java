package org.dl4jsnn.monitor.health.ui;

import java.util.UUID;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.health.HealthSink;
import org.dl4jsnn.monitor.live.LiveSpikes;

/**
 * Passes a network's reports, and its response to its sample, to a storage attached to
 * Deeplearning4j's UI, or to a remote UI's router. Each router is a separate session, which one
 * page shows.
 *
 * <pre>
 * new SpikeHealthListener.Builder().reportTo(router).build()
 * new LiveSpikesListener.Builder(router::show).build()
 * </pre>
 */
public final class SpikingRouter implements HealthSink {

  private final StatsStorageRouter router;
  private final String session;
  private long lastTime;

  /**
   * A router for a new session.
   *
   * @param router receives reports and responses; may be the storage of a {@code StatsListener}
   */
  public SpikingRouter(StatsStorageRouter router) {
    this(router, "spikes_" + UUID.randomUUID());
  }

  /**
   * A router for a named session.
   *
   * @param router receives reports and responses
   * @param session the session's name, part of its page's address
   */
  public SpikingRouter(StatsStorageRouter router, String session) {
    this.router = Require.given("router", router);
    this.session = Require.given("session", session);
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

  /**
   * Shows a response, in place of the one before.
   *
   * @param seen what the network did with its sample
   */
  public void show(LiveSpikes seen) {
    // A storage keeps only the last static information.
    router.putStaticInfo(new LiveUpdate(session, System.currentTimeMillis(), seen));
  }
}
