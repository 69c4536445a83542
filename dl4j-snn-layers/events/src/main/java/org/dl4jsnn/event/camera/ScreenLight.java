package org.dl4jsnn.event.camera;

/** The screen's light for grey levels, from a table with linear interpolation. */
final class ScreenLight {

  private static final int STEPS = 4096;

  private final float[] table = new float[STEPS + 2];

  ScreenLight(double gamma) {
    for (int i = 0; i <= STEPS; i++) {
      table[i] = (float) StrictMath.pow((double) i / STEPS, gamma);
    }
    // Its weight is always 0; saves a check for a level of 1.
    table[STEPS + 1] = table[STEPS];
  }

  /** Light from 0 to 1 for levels from 0 to 1. */
  float[] of(float[] levels) {
    float[] light = new float[levels.length];
    for (int i = 0; i < light.length; i++) {
      float place = levels[i] * STEPS;
      int below = (int) place;
      light[i] = table[below] + (place - below) * (table[below + 1] - table[below]);
    }
    return light;
  }
}
