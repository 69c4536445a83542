package org.dl4jsnn.examples;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Where a program prints.
 *
 * @param writer its command's writer
 */
record Output(PrintWriter writer) {

  void print(String format, Object... values) {
    writer.println(String.format(Locale.ROOT, format, values));
    writer.flush();
  }
}
