package org.dl4jsnn.examples.onnx;

/**
 * The values of an activation, and zero, which eight bits without sign stand for.
 *
 * @param least at most 0
 * @param largest at least 0
 */
record ValueRange(float least, float largest) {

  private static final float LARGEST_BYTE = 255;

  static final ValueRange ZERO = new ValueRange(0, 0);

  ValueRange with(ValueRange other) {
    return new ValueRange(Math.min(least, other.least), Math.max(largest, other.largest));
  }

  /** What one step stands for. */
  float scale() {
    return largest == least ? 1 : (largest - least) / LARGEST_BYTE;
  }

  /** The byte that stands for zero. */
  byte zeroPoint() {
    return (byte) Math.round(-least / scale());
  }
}
