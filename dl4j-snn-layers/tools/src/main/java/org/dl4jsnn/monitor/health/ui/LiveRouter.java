package org.dl4jsnn.monitor.health.ui;

import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.monitor.live.LiveSink;
import org.dl4jsnn.monitor.live.LiveSpikes;

/**
 * Passes a network's response to its sample to a storage attached to Deeplearning4j's UI, or to a
 * remote UI's router. A storage keeps only the latest response.
 */
public final class LiveRouter implements LiveSink {

  private final StatsStorageRouter router;
  private final String session;

  /**
   * A router for the session of the same network's reports, so that one page shows both.
   *
   * @param reports the router of the network's reports
   */
  public LiveRouter(HealthRouter reports) {
    this(Require.given("reports", reports).router(), reports.session());
  }

  /**
   * A router for a named session.
   *
   * @param router receives responses
   * @param session the training's name; with reports, that of its {@link HealthRouter}
   */
  public LiveRouter(StatsStorageRouter router, String session) {
    this.router = Require.given("router", router);
    this.session = Require.given("session", session);
  }

  @Override
  public void show(LiveSpikes seen) {
    // A storage keeps only the last static information.
    router.putStaticInfo(new LiveUpdate(session, System.currentTimeMillis(), seen));
  }
}
