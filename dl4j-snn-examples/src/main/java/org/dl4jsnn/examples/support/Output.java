package org.dl4jsnn.examples.support;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Where a program prints.
 *
 * @param writer its command's writer
 */
public record Output(PrintWriter writer) {

  public void print(String format, Object... values) {
    writer.println(String.format(Locale.ROOT, format, values));
    writer.flush();
  }
}
