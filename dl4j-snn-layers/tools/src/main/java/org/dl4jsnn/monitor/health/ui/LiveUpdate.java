package org.dl4jsnn.monitor.health.ui;

import org.dl4jsnn.monitor.live.LiveSpikes;

/** A network's response to its sample, in the form kept by storages. */
public final class LiveUpdate extends SessionUpdate {

  /** The type of these updates in storages and the UI. */
  public static final String TYPE = "LiveSpikes";

  private static final long serialVersionUID = 1L;

  /** For storages, which decode into a new object. */
  public LiveUpdate() {}

  /**
   * The response.
   *
   * @param session the training's name
   * @param time milliseconds since 1970
   * @param seen the response
   */
  public LiveUpdate(String session, long time, LiveSpikes seen) {
    super(session, time, LiveBytes.of(seen));
  }

  /** {@return the network's response to its sample} */
  public LiveSpikes seen() {
    return LiveBytes.read(content());
  }

  @Override
  public String getTypeID() {
    return TYPE;
  }
}
