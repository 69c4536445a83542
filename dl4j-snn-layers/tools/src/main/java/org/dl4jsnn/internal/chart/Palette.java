package org.dl4jsnn.internal.chart;

import java.awt.Color;
import java.util.List;
import java.util.Locale;

/**
 * Ten colours for series of charts, one for each of ten classes. The first seven are those of Okabe
 * and Ito, "Color Universal Design", 2008, without the yellow, which is faint on a white
 * background; three darker and paler ones follow, which differ from them in lightness.
 */
public final class Palette {

  /** How many series have a colour of their own. */
  public static final int SIZE = 10;

  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xE69F00),
          new Color(0xCC79A7),
          new Color(0x56B4E9),
          new Color(0x000000),
          new Color(0x7A1F5C),
          new Color(0x9A9A9A),
          new Color(0x7B7A1A));

  private Palette() {}

  /**
   * {@return the colour of a series}
   *
   * @param series from 0; after ten, colours repeat
   */
  public static Color colour(int series) {
    return COLOURS.get(series % SIZE);
  }

  /**
   * {@return the colour of a series on a web page: {@code #} and six hexadecimal digits}
   *
   * @param series from 0; after ten, colours repeat
   */
  public static String hex(int series) {
    return String.format(Locale.ROOT, "#%06x", colour(series).getRGB() & 0xFFFFFF);
  }
}
