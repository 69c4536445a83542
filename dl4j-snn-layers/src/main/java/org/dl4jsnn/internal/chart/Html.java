package org.dl4jsnn.internal.chart;

import java.util.Locale;

/** Text of web pages. */
public final class Html {

  private Html() {}

  /**
   * Text that stays text, between tags and in attributes.
   *
   * @param text any
   * @return the text with characters of markup replaced
   */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }

  /**
   * Text with numbers, whose decimal point is a point everywhere.
   *
   * @param format as {@code String.format} has it
   * @param values its values; not escaped
   * @return the text
   */
  public static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
