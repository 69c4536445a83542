package org.dl4jsnn.examples.spoken;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Draws a set from a seed: the voices for training, and how each word is spoken. */
final class WordPlan {

  private static final int SLOWEST = 130;
  private static final int FASTEST = 220;
  private static final int LOWEST = 25;
  private static final int HIGHEST = 75;
  private static final double LONGEST_PAUSE = 0.15;
  private static final double STRONGEST_TILT = 0.3;
  private static final double DECIBELS = 20;

  /** In random order; a speaker's number is its voice's index here. */
  final List<Voice> voices;

  private final int repetitions;
  private final double quietest;
  private final double loudest;
  private final Random random;

  /** A plan; noise lies from {@code quietest} to {@code loudest} dB below the word. */
  WordPlan(int repetitions, double quietest, double loudest, long seed) {
    this.repetitions = repetitions;
    this.quietest = quietest;
    this.loudest = loudest;
    random = new Random(seed);
    List<Voice> drawn = new ArrayList<>(Voice.all());
    Collections.shuffle(drawn, random);
    voices = List.copyOf(drawn);
  }

  /** The words of some speakers in random order. */
  List<SpokenWord> words(int firstSpeaker, int speakers) {
    List<SpokenWord> words = new ArrayList<>();
    List<String> texts = Voice.Language.words();
    for (int speaker = firstSpeaker; speaker < firstSpeaker + speakers; speaker++) {
      for (int label = 0; label < texts.size(); label++) {
        for (int i = 0; i < repetitions; i++) {
          words.add(word(label, speaker, texts.get(label)));
        }
      }
    }
    Collections.shuffle(words, random);
    return words;
  }

  private SpokenWord word(int label, int speaker, String text) {
    String voice = voices.get(speaker).in(Voice.Language.of(label));
    Speech.Utterance utterance =
        new Speech.Utterance(
            voice, random.nextInt(SLOWEST, FASTEST + 1), random.nextInt(LOWEST, HIGHEST + 1), text);
    double below = loudest + (quietest - loudest) * random.nextDouble();
    Room room =
        new Room(
            LONGEST_PAUSE * random.nextDouble(),
            LONGEST_PAUSE * random.nextDouble(),
            STRONGEST_TILT * (2 * random.nextDouble() - 1),
            Math.pow(10, -below / DECIBELS));
    return new SpokenWord(label, speaker, utterance, room, random.nextLong());
  }

  /**
   * A word of a set: what is spoken, by whom, and how it is recorded.
   *
   * @param label its class
   * @param speaker the number of its voice
   * @param utterance how it is spoken
   * @param heard its pauses, tilt and noise
   * @param seed the seed of noise and neurons
   */
  record SpokenWord(int label, int speaker, Speech.Utterance utterance, Room heard, long seed) {}
}
