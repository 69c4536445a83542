package org.dl4jsnn.monitor.health.ui;

import org.dl4jsnn.monitor.live.LiveSpikes;

/** What a network did with its sample, as storages keep it. */
public final class LiveUpdate extends SessionUpdate {

  /** What storages and the UI know these updates by. */
  public static final String TYPE = "LiveSpikes";

  private static final long serialVersionUID = 1L;

  /** For storages, which decode into it. */
  public LiveUpdate() {}

  /**
   * What was seen.
   *
   * @param session the training's name
   * @param time milliseconds since 1970
   * @param seen what was seen
   */
  public LiveUpdate(String session, long time, LiveSpikes seen) {
    super(session, time, LiveBytes.of(seen));
  }

  /**
   * What was seen.
   *
   * @return what the network did with its sample
   */
  public LiveSpikes seen() {
    return LiveBytes.read(content());
  }

  @Override
  public String getTypeID() {
    return TYPE;
  }
}
