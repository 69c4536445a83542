package org.dl4jsnn.examples.spoken;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.dl4jsnn.event.cochlea.CochleaBins;

/**
 * The words of a sound file as the trained network of spoken digits hears them: cut out at pauses,
 * made equally loud, and turned to frames by the {@link Cochlea} that made its training words.
 */
public final class HeardWords {

  /** The frames of the trained network: 70 channels, 40 steps of 20 ms. */
  public static final CochleaBins BINS = new CochleaBins(10, 20_000, 40);

  /** 10 ms. */
  private static final int BLOCK = Speech.Wave.RATE / 100;

  /** A block is silent if it is this share as loud as the loudest one. */
  private static final double SILENT = 0.05;

  /** Silent blocks that end a word; "sechs" has a pause of half as many. */
  private static final int PAUSE = 25;

  /** Fewer blocks are a click. */
  private static final int SHORTEST = 8;

  /** Like the quietest noise of the training words, 30 dB below the word. */
  private static final Room ROOM = new Room(0.05, 0.05, 0, 0.03);

  private HeardWords() {}

  /** The words of the classes, in English and German. */
  public static List<String> classes() {
    return Voice.Language.words();
  }

  /** Every word's counts of spikes, [T][channels]. Empty if the sound is silent. */
  public static List<float[][]> of(Path wav) throws IOException {
    float[] sound = Speech.Wave.samples(wav);
    Cochlea cochlea = new Cochlea();
    List<float[][]> words = new ArrayList<>();
    for (float[] word : cut(sound)) {
      Random random = new Random(words.size());
      float[] counts = BINS.count(cochlea.spikes(ROOM.hear(word, random), random), 0);
      words.add(stepByStep(counts));
    }
    return words;
  }

  private static float[][] stepByStep(float[] counts) {
    float[][] frames = new float[BINS.steps()][BINS.channels()];
    for (int step = 0; step < frames.length; step++) {
      for (int channel = 0; channel < frames[step].length; channel++) {
        frames[step][channel] = counts[channel * frames.length + step];
      }
    }
    return frames;
  }

  /** The parts of a sound between pauses. */
  static List<float[]> cut(float[] sound) {
    double[] loudness = new double[sound.length / BLOCK];
    for (int block = 0; block < loudness.length; block++) {
      for (int i = block * BLOCK; i < (block + 1) * BLOCK; i++) {
        loudness[block] += (double) sound[i] * sound[i];
      }
    }
    double loudest = Arrays.stream(loudness).max().orElse(0);
    List<float[]> words = new ArrayList<>();
    int first = -1;
    int last = -1;
    for (int block = 0; block < loudness.length + PAUSE; block++) {
      boolean isLoud = block < loudness.length && loudness[block] > SILENT * SILENT * loudest;
      if (isLoud) {
        first = first < 0 ? block : first;
        last = block;
      } else if (first >= 0 && block - last >= PAUSE) {
        if (last - first + 1 >= SHORTEST) {
          words.add(Arrays.copyOfRange(sound, first * BLOCK, (last + 1) * BLOCK));
        }
        first = -1;
      }
    }
    return words;
  }
}
