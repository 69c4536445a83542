package org.dl4jsnn.monitor.health;

import java.nio.file.Path;
import java.util.List;

/**
 * Receives reports of a {@link SpikeHealthListener} on the training's thread. An exception of a
 * sink ends the training, so the sinks below only warn, once, if a file cannot be written; the next
 * report tries again and includes everything missed. {@code SpikingRouter} of {@code
 * org.dl4jsnn.monitor.health.ui} shows reports on a page of Deeplearning4j's UI.
 *
 * <pre>{@code
 * network.addListeners(
 *     new SpikeHealthListener.Builder()
 *         .reportTo(HealthSink.log())
 *         .reportTo(HealthSink.csv(Path.of("target/health.csv")))
 *         .build());
 * }</pre>
 */
@FunctionalInterface
public interface HealthSink {
  /**
   * Takes the report of an epoch.
   *
   * @param epoch the report; replaces an earlier report of the same epoch
   */
  void report(EpochHealth epoch);

  /**
   * {@return a sink that logs {@linkplain EpochHealth#table a table} of every epoch at level info}
   */
  static HealthSink log() {
    return HealthTable::log;
  }

  /**
   * Writes a file of comma-separated values, one row per layer and epoch (columns: {@link
   * HealthRows}). The file is always whole.
   *
   * @param file the file, replaced by the first report; its folder must exist
   * @return the sink
   */
  static HealthSink csv(Path file) {
    return csv(file, List.of());
  }

  /**
   * Continues such a file.
   *
   * @param file the file; its folder must exist
   * @param earlier the earlier reports, up to the first newly reported epoch ({@link
   *     HealthRows#read})
   * @return the sink
   */
  static HealthSink csv(Path file, List<EpochHealth> earlier) {
    return new ReportFile(file, earlier, HealthRows::file);
  }

  /**
   * Writes a page for the browser: one file with embedded charts and without scripts.
   *
   * @param file the page, replaced by the first report; its folder must exist
   * @return the sink
   */
  static HealthSink html(Path file) {
    return html(file, List.of());
  }

  /**
   * Continues such a page.
   *
   * @param file the page; its folder must exist
   * @param earlier the earlier reports, up to the first newly reported epoch
   * @return the sink
   */
  static HealthSink html(Path file, List<EpochHealth> earlier) {
    return new ReportFile(file, earlier, HealthPage::of);
  }
}
