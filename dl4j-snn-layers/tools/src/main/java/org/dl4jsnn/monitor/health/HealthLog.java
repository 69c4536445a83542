package org.dl4jsnn.monitor.health;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a {@linkplain HealthTable table} of every epoch at level info. */
public final class HealthLog implements HealthSink {

  private static final Logger LOG = LoggerFactory.getLogger(HealthLog.class);

  /** Creates a log. */
  public HealthLog() {}

  @Override
  public void report(EpochHealth epoch) {
    if (LOG.isInfoEnabled()) {
      LOG.info("{}", HealthTable.of(epoch));
    }
  }
}
