package org.dl4jsnn.internal.chart;

import java.awt.Color;

/**
 * Colours for numbers, which differ in lightness: from white through blue to dark for numbers from
 * 0 up, and from blue through white to red for numbers of both signs.
 *
 * @param min the number of the first colour
 * @param max the number of the last colour; greater than min
 * @param colours colours at equal distances, from the first number to the last
 */
public record ColourScale(double min, double max, Color... colours) {

  private static final int WHITE = 255;

  /**
   * {@return a scale from 0 to a largest number: white to dark blue}
   *
   * @param largest the number of the darkest colour; 0 counts as 1
   */
  public static ColourScale fromZero(double largest) {
    return new ColourScale(
        0,
        largest > 0 ? largest : 1,
        Color.WHITE,
        new Color(0xA6CEE8),
        new Color(0x4A97C9),
        new Color(0x1460A0),
        new Color(0x08244D));
  }

  /**
   * A scale for numbers of both signs, up to a largest magnitude.
   *
   * @param magnitude the number of the last colour; 0 counts as 1
   * @return blue through white to red
   */
  public static ColourScale signed(double magnitude) {
    double end = magnitude > 0 ? magnitude : 1;
    return new ColourScale(
        -end,
        end,
        new Color(0x08306B),
        new Color(0x6BAED6),
        Color.WHITE,
        new Color(0xF4A261),
        new Color(0x8C2D04));
  }

  /**
   * {@return the scale that fits numbers: signed if one is negative, otherwise from 0}
   *
   * @param values the numbers
   */
  public static ColourScale of(double[] values) {
    double magnitude = 0;
    boolean negative = false;
    for (double value : values) {
      magnitude = Math.max(magnitude, Math.abs(value));
      negative |= value < 0;
    }
    return negative ? signed(magnitude) : fromZero(magnitude);
  }

  /**
   * {@return the colour of a number: red, green and blue, 8 bits each}
   *
   * @param value the number; beyond an end it gets the colour of that end
   */
  public int rgb(double value) {
    double share = Math.min(1, Math.max(0, (value - min) / (max - min)));
    double place = share * (colours.length - 1);
    int first = Math.min((int) place, colours.length - 2);
    double second = place - first;
    Color a = colours[first];
    Color b = colours[first + 1];
    return mix(a.getRed(), b.getRed(), second) << 16
        | mix(a.getGreen(), b.getGreen(), second) << 8
        | mix(a.getBlue(), b.getBlue(), second);
  }

  private static int mix(int a, int b, double share) {
    return Math.min(WHITE, (int) Math.round(a + share * (b - a)));
  }
}
