package org.dl4jsnn.internal;

import java.util.Locale;

/**
 * Argument checks whose messages name the parameter, the rule and the value, in that order: {@code
 * threshold must be positive and finite, got -0.5}.
 */
public final class Require {

  private Require() {}

  /**
   * Checks that a value is greater than zero and finite. Throws an IllegalArgumentException if it
   * is not.
   */
  public static double positiveFinite(String name, double value) {
    return that(value > 0 && Double.isFinite(value), name, "positive and finite", value);
  }

  /** Checks that a value is finite. Throws an IllegalArgumentException if it is not. */
  public static double finite(String name, double value) {
    return that(Double.isFinite(value), name, "finite", value);
  }

  /** Checks that a value lies in (0, 1]. Throws an IllegalArgumentException if it does not. */
  public static double fraction(String name, double value) {
    return that(value > 0 && value <= 1, name, "above 0 and at most 1", value);
  }

  /** Checks that a value lies in [0, 1]. Throws an IllegalArgumentException if it does not. */
  public static double share(String name, double value) {
    return that(value >= 0 && value <= 1, name, "from 0 to 1", value);
  }

  /**
   * Checks that a whole number is at least a minimum. Throws an IllegalArgumentException if it is
   * smaller, or larger than an int.
   */
  public static int atLeast(String name, long value, int minimum) {
    if (value > Integer.MAX_VALUE) {
      throw failure(name, "a whole number of at most " + Integer.MAX_VALUE, value);
    }
    if (value < minimum) {
      throw failure(name, "a whole number of at least " + minimum, value);
    }
    return (int) value;
  }

  /**
   * Checks that a whole number lies between two others, both included. Throws an
   * IllegalArgumentException if it does not.
   */
  public static int within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw failure(name, "from " + least + " to " + most, value);
    }
    return value;
  }

  /**
   * The product of sizes, none of them negative.
   *
   * @return the product; 2⁶³−1 if it is larger, since one that overflows could pass for a small one
   */
  public static long product(int... sizes) {
    long product = 1;
    for (int size : sizes) {
      product = size != 0 && product > Long.MAX_VALUE / size ? Long.MAX_VALUE : product * size;
    }
    return product;
  }

  /**
   * Checks that values fit into an array.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  public static int room(String what, long values, String advice) {
    not(
        values > Integer.MAX_VALUE,
        "%s must have at most %s values, got %s. %s",
        what,
        Integer.MAX_VALUE,
        values,
        advice);
    return (int) values;
  }

  /**
   * Refuses a case by an IllegalArgumentException whose message, of {@link String#format}, is put
   * together only then.
   */
  public static void not(boolean wrong, String format, Object... values) {
    if (wrong) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, format, values));
    }
  }

  /** Checks that a value is given. Throws an IllegalArgumentException if it is null. */
  public static <T> T given(String name, T value) {
    if (value == null) {
      throw failure(name, "given", null);
    }
    return value;
  }

  private static double that(boolean holds, String name, String rule, double value) {
    if (!holds) {
      throw failure(name, rule, value);
    }
    return value;
  }

  private static IllegalArgumentException failure(String name, String rule, Object value) {
    return new IllegalArgumentException(name + " must be " + rule + ", got " + value);
  }
}
