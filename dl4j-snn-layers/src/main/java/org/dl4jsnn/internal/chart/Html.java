package org.dl4jsnn.internal.chart;

import java.util.Locale;

/** Text for web pages. */
public final class Html {

  private Html() {}

  /**
   * Escapes text for use between tags and in attributes.
   *
   * @param text any
   * @return the text with markup characters replaced
   */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }

  /**
   * Formats text with numbers, with a decimal point in every locale.
   *
   * @param format as in {@code String.format}
   * @param values its values; not escaped
   * @return the text
   */
  public static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
