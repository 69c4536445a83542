package org.dl4jsnn.property;

/** The kind of numbers: with sums that are exact in any order, or arbitrary. */
enum Arithmetic {

  /** Multiples of 1/64. */
  EXACT {
    @Override
    double of(double value) {
      return Math.rint(value * GRID) / GRID;
    }
  },

  /** Any numbers. */
  ROUGH {
    @Override
    double of(double value) {
      return value;
    }
  };

  private static final double GRID = 64;

  /** The value itself, or the nearest exact one. */
  abstract double of(double value);

  /** The same for values that must not be zero. */
  final double positive(double value) {
    return Math.max(1 / GRID, of(value));
  }

  /** Leaks make products, which are exact for few steps only. */
  final double leak(double value) {
    return this == EXACT ? 1 : value;
  }

  /** The rest of a decaying variable; also a product. */
  final double decay(double value) {
    return leak(value);
  }
}
