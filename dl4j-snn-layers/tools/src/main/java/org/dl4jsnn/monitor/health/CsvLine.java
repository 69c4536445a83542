package org.dl4jsnn.monitor.health;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Cells of a line of comma-separated values, quoted as in RFC 4180; without line breaks. */
final class CsvLine {

  private CsvLine() {}

  static String of(List<String> cells) {
    return cells.stream().map(CsvLine::cell).collect(Collectors.joining(","));
  }

  private static String cell(String value) {
    String line = value.replace('\n', ' ').replace('\r', ' ');
    return line.indexOf(',') < 0 && line.indexOf('"') < 0
        ? line
        : '"' + line.replace("\"", "\"\"") + '"';
  }

  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++; // the second of two quotes, which mean one
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
