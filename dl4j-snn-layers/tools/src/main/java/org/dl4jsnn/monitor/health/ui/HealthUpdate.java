package org.dl4jsnn.monitor.health.ui;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.health.HealthRows;

/**
 * The report of an epoch in the form kept by storages: session, time and {@link HealthRows}, in
 * UTF-8.
 */
public final class HealthUpdate extends SessionUpdate {

  /** The type of these updates in storages and the UI. */
  public static final String TYPE = "SpikeHealth";

  private static final long serialVersionUID = 1L;

  /** For storages, which decode into a new object. */
  public HealthUpdate() {}

  /**
   * A report.
   *
   * @param session the training's name
   * @param time milliseconds since 1970, greater than those of the session's earlier reports
   * @param epoch the report
   */
  public HealthUpdate(String session, long time, EpochHealth epoch) {
    super(session, time, String.join("\n", HealthRows.of(epoch)).getBytes(StandardCharsets.UTF_8));
  }

  /** {@return the report} */
  public EpochHealth epoch() {
    String rows = new String(content(), StandardCharsets.UTF_8);
    return HealthRows.parse(List.of(rows.split("\n"))).get(0);
  }

  @Override
  public String getTypeID() {
    return TYPE;
  }
}
