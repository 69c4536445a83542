package org.dl4jsnn.monitor.health.ui;

import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.monitor.live.LiveSink;
import org.dl4jsnn.monitor.live.LiveSpikes;

/**
 * Hands what a network did with its sample to a storage that Deeplearning4j's UI is attached to, or
 * to a remote UI's router. A storage keeps what was seen last, and no more.
 */
public final class LiveRouter implements LiveSink {

  private final StatsStorageRouter router;
  private final String session;

  /**
   * A router of a session that has a name.
   *
   * @param router where it goes
   * @param session the training's name, the same as that of its {@link HealthRouter}
   */
  public LiveRouter(StatsStorageRouter router, String session) {
    this.router = Require.given("router", router);
    this.session = Require.given("session", session);
  }

  @Override
  public void show(LiveSpikes seen) {
    // Of static information, a storage keeps the last alone.
    router.putStaticInfo(new LiveUpdate(session, System.currentTimeMillis(), seen));
  }
}
