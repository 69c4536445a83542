package org.dl4jsnn.monitor.health;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.io.SizedFiles;

/**
 * Writes a file of comma-separated values, one row per layer and epoch (columns: {@link
 * HealthRows}). The file is always whole. If it cannot be written, a warning is logged and the next
 * report tries again.
 */
public final class HealthCsv implements HealthSink {

  private final ReportFile file;
  private final Reports reports;

  /**
   * A file that is replaced by the first report.
   *
   * @param file the file; its folder must exist
   */
  public HealthCsv(Path file) {
    this(file, List.of());
  }

  /**
   * A file that is continued.
   *
   * @param file the file; its folder must exist
   * @param earlier the earlier reports, up to the first newly reported epoch
   */
  public HealthCsv(Path file, List<EpochHealth> earlier) {
    this.file = new ReportFile(file);
    this.reports = new Reports(earlier);
  }

  /**
   * Reads such a file.
   *
   * @param file the file
   * @return its reports, in order of their epochs
   * @throws IOException if it cannot be read or is larger than 64 MiB
   * @throws IllegalArgumentException if it is not such a file
   */
  public static List<EpochHealth> read(Path file) throws IOException {
    List<String> lines = SizedFiles.lines(file);
    if (lines.isEmpty() || !lines.get(0).equals(HealthRows.header())) {
      throw new IllegalArgumentException(
          file
              + " must begin with the columns of a health file, got "
              + (lines.isEmpty() ? "no line" : "'" + lines.get(0) + "'"));
    }
    try {
      return HealthRows.parse(lines.subList(1, lines.size()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + " must be a health file, got a row that cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void report(EpochHealth epoch) {
    List<String> lines = new ArrayList<>(List.of(HealthRows.header()));
    reports.with(epoch).forEach(report -> lines.addAll(HealthRows.of(report)));
    lines.add("");
    file.write(String.join("\n", lines));
  }
}
