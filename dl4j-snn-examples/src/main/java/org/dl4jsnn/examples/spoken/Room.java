package org.dl4jsnn.examples.spoken;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.dl4jsnn.internal.Require;

/**
 * The path from mouth to ear: a pause before and after the word, a microphone that favours low or
 * high tones, and noise.
 *
 * @param before seconds before the word
 * @param after seconds after the word
 * @param tilt from -1 to 1: y(t) = x(t) - tilt · x(t - 1), so 1 favours high tones
 * @param noise the noise's root mean square relative to the word's
 */
record Room(double before, double after, double tilt, double noise) {

  /** The share of the loudest sample below which the word has not started or is over. */
  private static final double SILENCE = 0.01;

  /** The share that brown noise keeps per step. */
  private static final double KEPT = 0.9;

  /** The sound at the ear, whose root mean square over the word is 1. */
  float[] hear(float[] word, RandomGenerator random) {
    float[] spoken = levelled(tilted(trimmed(word)));
    float[] heard = new float[samples(before) + spoken.length + samples(after)];
    System.arraycopy(spoken, 0, heard, samples(before), spoken.length);
    addNoise(heard, random);
    return heard;
  }

  private static int samples(double seconds) {
    return (int) Math.round(seconds * Speech.Wave.RATE);
  }

  private static float[] trimmed(float[] sound) {
    float loudest = 0;
    for (float sample : sound) {
      loudest = Math.max(loudest, Math.abs(sample));
    }
    int first = 0;
    int last = sound.length;
    while (first < last && Math.abs(sound[first]) <= SILENCE * loudest) {
      first++;
    }
    while (last > first && Math.abs(sound[last - 1]) <= SILENCE * loudest) {
      last--;
    }
    Require.not(first == last, "a word must have sound, got silence");
    return Arrays.copyOfRange(sound, first, last);
  }

  private float[] tilted(float[] sound) {
    float[] changed = new float[sound.length];
    float former = 0;
    for (int i = 0; i < sound.length; i++) {
      changed[i] = sound[i] - (float) tilt * former;
      former = sound[i];
    }
    return changed;
  }

  private static float[] levelled(float[] sound) {
    double squares = 0;
    for (float sample : sound) {
      squares += (double) sample * sample;
    }
    float scale = (float) Math.sqrt(sound.length / squares);
    for (int i = 0; i < sound.length; i++) {
      sound[i] *= scale;
    }
    return sound;
  }

  /** Noise with more low than high tones, as in rooms. */
  private void addNoise(float[] sound, RandomGenerator random) {
    double scale = noise * Math.sqrt(1 - KEPT * KEPT);
    double wander = noise * random.nextGaussian();
    for (int i = 0; i < sound.length; i++) {
      sound[i] += (float) wander;
      wander = KEPT * wander + scale * random.nextGaussian();
    }
  }
}
