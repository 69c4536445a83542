package org.dl4jsnn.monitor.health;

import java.nio.file.Path;
import java.util.List;

/**
 * Writes a page for the browser: one file with embedded charts and without scripts. If it cannot be
 * written, a warning is logged and the next report tries again.
 */
public final class HealthHtml implements HealthSink {

  private final ReportFile file;
  private final Reports reports;

  /**
   * A page that is replaced by the first report.
   *
   * @param file the file; its folder must exist
   */
  public HealthHtml(Path file) {
    this(file, List.of());
  }

  /**
   * A page that is continued.
   *
   * @param file the file; its folder must exist
   * @param earlier the earlier reports, up to the first newly reported epoch
   */
  public HealthHtml(Path file, List<EpochHealth> earlier) {
    this.file = new ReportFile(file);
    this.reports = new Reports(earlier);
  }

  @Override
  public void report(EpochHealth epoch) {
    file.write(HealthPage.of(reports.with(epoch)));
  }
}
