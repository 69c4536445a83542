package org.dl4jsnn.plot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.io.SizedFiles;

/**
 * A table of numbers with one row per epoch, as trainings write next to their models ({@code
 * …-log.csv}): columns separated by commas, their names in the first line. Empty cells are NaN.
 *
 * <pre>{@code
 * EpochTable log = EpochTable.read(Path.of("target/digits-log.csv"));
 * BufferedImage curves = Plots.learningCurves(Map.of("digits", log));
 * }</pre>
 */
public final class EpochTable {

  private final Path file;
  private final List<String> columns;
  private final List<double[]> rows;

  private EpochTable(Path file, List<String> columns, List<double[]> rows) {
    this.file = file;
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Reads a log.
   *
   * @param file the log
   * @return its columns
   * @throws IOException if it cannot be read, or is larger than a log can be (64 MiB)
   * @throws IllegalArgumentException if it holds no epoch, or a line does not fit the columns
   */
  public static EpochTable read(Path file) throws IOException {
    List<String> lines = SizedFiles.lines(file);
    Require.not(
        lines.size() < 2, "a log must hold at least one epoch to be plotted, got none: %s", file);
    List<String> columns = List.of(lines.get(0).split(",", -1));
    List<double[]> rows = new ArrayList<>();
    for (int line = 1; line < lines.size(); line++) {
      rows.add(row(lines.get(line), columns.size(), file, line + 1));
    }
    return new EpochTable(file, columns, rows);
  }

  private static double[] row(String line, int columns, Path file, int number) {
    try {
      double[] row =
          Arrays.stream(line.split(",", -1))
              .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
              .toArray();
      if (row.length == columns) {
        return row;
      }
      throw new NumberFormatException(row.length + " numbers");
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s must be the log of a training with %s numbers per line, got in line %s: %s"
              .formatted(file, columns, number, e.getMessage()),
          e);
    }
  }

  /** {@return the columns' names: {@code epoch}, {@code loss}, {@code test_accuracy} and others} */
  public List<String> columns() {
    return columns;
  }

  /**
   * {@return a column: one number per epoch}
   *
   * @param name its name
   * @throws IllegalArgumentException if there is no such column
   */
  public List<Double> column(String name) {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "%s must be the log of a training with a column %s, got %s"
              .formatted(file, name, String.join(", ", columns)));
    }
    return rows.stream().map(row -> row[index]).toList();
  }
}
