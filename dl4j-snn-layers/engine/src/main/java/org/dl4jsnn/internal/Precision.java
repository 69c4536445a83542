package org.dl4jsnn.internal;

/** Numbers in another precision. */
public final class Precision {

  private Precision() {}

  /** The numbers in double precision. */
  public static double[] doubles(float[] singles) {
    double[] doubles = new double[singles.length];
    for (int i = 0; i < singles.length; i++) {
      doubles[i] = singles[i];
    }
    return doubles;
  }

  /** The numbers rounded to single precision. */
  public static float[] singles(double[] doubles) {
    float[] singles = new float[doubles.length];
    for (int i = 0; i < doubles.length; i++) {
      singles[i] = (float) doubles[i];
    }
    return singles;
  }
}
