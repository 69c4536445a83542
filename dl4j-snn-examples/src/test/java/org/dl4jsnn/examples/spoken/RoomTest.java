package org.dl4jsnn.examples.spoken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoomTest {

  private static double rootMeanSquare(float[] sound, int from, int to) {
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += (double) sound[i] * sound[i];
    }
    return Math.sqrt(squares / (to - from));
  }

  private static float[] word() {
    float[] word = new float[3 * Speech.Wave.RATE];
    Arrays.fill(word, Speech.Wave.RATE, 2 * Speech.Wave.RATE, 0.25f);
    return word;
  }

  @Test
  void shouldPutPausesAroundTheWordAlone() {
    float[] heard = new Room(0.5, 1, 0, 0).hear(word(), new Random(1));
    assertEquals((int) (2.5 * Speech.Wave.RATE), heard.length);
    assertEquals(0, heard[Speech.Wave.RATE / 2 - 1]);
    assertEquals(1, heard[Speech.Wave.RATE / 2], 1e-6);
    assertEquals(0, heard[3 * Speech.Wave.RATE / 2]);
  }

  @Test
  void shouldAddNoiseOfTheStrengthAskedFor() {
    float[] heard = new Room(10, 0, 0, 0.2).hear(word(), new Random(1));
    assertEquals(0.2, rootMeanSquare(heard, 0, 10 * Speech.Wave.RATE), 0.02);
  }

  @Test
  void shouldPreferHighTonesWithATilt() {
    float[] word = word();
    for (int i = 0; i < word.length; i++) {
      word[i] *= i % 2 == 0 ? 1 : 0.5f;
    }
    double low = mean(new Room(0, 0, -0.9, 0).hear(word, new Random(1)));
    double high = mean(new Room(0, 0, 0.9, 0).hear(word, new Random(1)));
    assertEquals(true, high < low / 2, low + " and " + high);
  }

  private static double mean(float[] sound) {
    double sum = 0;
    for (float sample : sound) {
      sum += sample;
    }
    return sum / sound.length;
  }

  @Test
  void shouldRefuseSilence() {
    Room room = new Room(0, 0, 0, 0);
    assertThrows(IllegalArgumentException.class, () -> room.hear(new float[100], new Random(1)));
  }
}
