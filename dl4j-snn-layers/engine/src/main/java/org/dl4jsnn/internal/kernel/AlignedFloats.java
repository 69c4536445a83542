package org.dl4jsnn.internal.kernel;

/**
 * Arrays whose values begin at the start of a cache line, as far as Java allows: vectors that
 * straddle two lines cost up to half as much again.
 *
 * <p>An array begins 16 bytes after its object. The G1 collector puts objects of half a region and
 * more at the start of a region, so the values from index {@link #OFFSET} on are aligned if the
 * array is made that large ({@link KernelEnvironment}). With other collectors, or if regions are
 * too large, the offset is simply unused.
 */
final class AlignedFloats {

  /** Index of the first value. */
  static final int OFFSET = 12;

  private static final int LEAST_LENGTH = Kernels.environment().alignedLength();

  private AlignedFloats() {}

  /**
   * An array of zeros that lives for one call: aligned by chance only, since a large array would
   * take longer to allocate than it saves.
   *
   * @param length values, from {@link #OFFSET} on
   */
  static float[] scratch(int length) {
    return new float[Math.addExact(length, OFFSET)];
  }

  /**
   * An array of zeros.
   *
   * @param length values, from {@link #OFFSET} on
   * @return an array at least that long
   */
  static float[] create(int length) {
    return new float[Math.max(Math.addExact(length, OFFSET), LEAST_LENGTH)];
  }

  /**
   * An array of bytes that are zero.
   *
   * @param length values, from index 4 · {@link #OFFSET} on
   * @return an array at least that long
   */
  static byte[] bytes(int length) {
    int offset = OFFSET * Float.BYTES;
    return new byte[Math.max(Math.addExact(length, offset), LEAST_LENGTH * Float.BYTES)];
  }
}
