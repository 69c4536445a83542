package org.dl4jsnn.monitor.health;

import java.nio.file.Path;
import java.util.List;

/**
 * Writes a page to open in a browser: one file, with its charts inside and without scripts. One
 * that cannot be written is logged as a warning; the next report tries again.
 */
public final class HealthHtml implements HealthSink {

  private final ReportFile file;
  private final Reports reports;

  /**
   * A page that begins anew with the first report.
   *
   * @param file where; its folder exists
   */
  public HealthHtml(Path file) {
    this(file, List.of());
  }

  /**
   * A page that goes on.
   *
   * @param file where; its folder exists
   * @param earlier what it begins with, up to the first epoch that is reported
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
