package org.dl4jsnn.monitor.health;

/**
 * Where a {@link SpikeHealthListener} reports to, on the training's own thread. What a sink throws
 * ends the training, so those below throw nothing where a file cannot be written.
 *
 * <ul>
 *   <li>{@link HealthLog}: a table in the log.
 *   <li>{@link HealthCsv}: a file of rows.
 *   <li>{@link HealthHtml}: a page to open in a browser.
 *   <li>{@code HealthRouter} in {@code org.dl4jsnn.monitor.health.ui}: a page of Deeplearning4j's
 *       UI.
 * </ul>
 */
@FunctionalInterface
public interface HealthSink {

  /**
   * Takes the report of an epoch.
   *
   * @param epoch the report; of an epoch reported before it takes the place
   */
  void report(EpochHealth epoch);
}
