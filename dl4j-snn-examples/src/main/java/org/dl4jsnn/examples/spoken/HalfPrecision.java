package org.dl4jsnn.examples.spoken;

/** Numbers of half precision (IEEE 754 binary16). */
final class HalfPrecision {

  private static final int MANTISSA_DIFFERENCE = 13;
  private static final int BIAS_DIFFERENCE = 127 - 15;
  private static final float SMALLEST_NORMAL = 0x1p-14f;
  private static final float SMALLEST = 0x1p-24f;
  private static final float LARGEST = 65_504;

  private HalfPrecision() {}

  /**
   * The nearest half-precision number; ties go to the even one.
   *
   * @param value from 0 to 65504
   */
  static short of(float value) {
    if (!(value >= 0 && value <= LARGEST)) {
      throw new IllegalArgumentException("value must be from 0 to 65504, got " + value);
    }
    if (value < SMALLEST_NORMAL) {
      return (short) Math.rint(value / SMALLEST);
    }
    int bits = Float.floatToIntBits(value) - (BIAS_DIFFERENCE << 23);
    int half = bits >> MANTISSA_DIFFERENCE;
    int rest = bits & (1 << MANTISSA_DIFFERENCE) - 1;
    int middle = 1 << MANTISSA_DIFFERENCE - 1;
    boolean up = rest > middle || rest == middle && (half & 1) == 1;
    return (short) (half + (up ? 1 : 0));
  }
}
