package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.internal.io.SizedFiles;

/**
 * A plain table in a text file: a header of column names, then rows, all separated by commas.
 * Quotes are not supported and are refused.
 */
final class CsvTable {

  private final Path file;
  private final List<String> columns;
  final List<Row> rows = new ArrayList<>();

  private CsvTable(Path file, List<String> columns) {
    this.file = file;
    this.columns = columns;
  }

  /** Reads a file, which must be such a table. */
  static CsvTable read(Path file) throws IOException {
    List<String> lines = SizedFiles.lines(file);
    if (lines.isEmpty()) {
      throw new IOException(file + ": the first line must name the columns, got an empty file");
    }
    CsvTable table = new CsvTable(file, cells(withoutMark(lines.get(0))));
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        table.add(i + 1, lines.get(i));
      }
    }
    return table;
  }

  /** Spreadsheets write a byte-order mark in front of UTF-8. */
  private static String withoutMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  private void add(int line, String text) throws IOException {
    Row row = new Row(line, cells(text));
    if (text.indexOf('"') >= 0) {
      throw row.failure("cells must have no quotes", text);
    }
    if (row.cells.size() != columns.size()) {
      throw row.failure(
          "the line must have " + columns.size() + " cells as the first line has",
          row.cells.size());
    }
    rows.add(row);
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
  }

  boolean has(String column) {
    return columns.contains(column);
  }

  /** The index of a column, which must be there. */
  int column(String name) throws IOException {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new IOException(
          file + ": the first line must name a column " + name + ", got " + columns);
    }
    return index;
  }

  /** A line of the table. */
  final class Row {

    final int line;
    private final List<String> cells;

    private Row(int line, List<String> cells) {
      this.line = line;
      this.cells = cells;
    }

    @Override
    public String toString() {
      return String.join(",", cells);
    }

    String text(String column) throws IOException {
      return cells.get(column(column));
    }

    /** A whole number of at least 0, or an exception. */
    long number(String column) throws IOException {
      String text = text(column);
      // 18 digits, so that the number fits.
      if (!text.matches("[0-9]{1,18}")) {
        throw failure(column + " must be a whole number of at least 0", text);
      }
      return Long.parseLong(text);
    }

    /** A time window from one column to another, whose time must be later. */
    TimeWindow window(String startColumn, String endColumn) throws IOException {
      long start = number(startColumn);
      long end = number(endColumn);
      if (end <= start) {
        throw failure(endColumn + " must be after " + startColumn + ", " + start, end);
      }
      return new TimeWindow(start, end);
    }

    IOException failure(String rule, Object found) {
      return new IOException(file + " at line " + line + ": " + rule + ", got " + found);
    }
  }
}
