package org.dl4jsnn.monitor.health;

/**
 * Receives reports of a {@link SpikeHealthListener} on the training's thread. An exception of a
 * sink ends the training, so the sinks below do not throw if a file cannot be written.
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
   * @param epoch the report; replaces an earlier report of the same epoch
   */
  void report(EpochHealth epoch);
}
