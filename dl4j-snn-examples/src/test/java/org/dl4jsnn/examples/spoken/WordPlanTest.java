package org.dl4jsnn.examples.spoken;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Words as they are planned, spoken and heard. */
class WordPlanTest {

  private static WordPlan plan(long seed) {
    return new WordPlan(3, 25, 5, seed);
  }

  @Test
  void shouldHaveEveryVoiceSayEveryWordAsOftenAsAsked() {
    List<WordPlan.SpokenWord> words = plan(1).words(0, 4);
    assertEquals(4 * 20 * 3, words.size());
    var counts =
        words.stream()
            .collect(
                Collectors.groupingBy(
                    word -> word.speaker() + " " + word.label(), Collectors.counting()));
    assertEquals(4 * 20, counts.size());
    assertEquals(Set.of(3L), new HashSet<>(counts.values()));
  }

  @Test
  void shouldTestWithOtherVoices() {
    WordPlan plan = plan(1);
    Set<String> training = variants(plan.words(0, 40));
    Set<String> test = variants(plan.words(40, 10));
    assertEquals(40, training.size());
    assertEquals(10, test.size());
    test.retainAll(training);
    assertEquals(Set.of(), test);
  }

  private static Set<String> variants(List<WordPlan.SpokenWord> words) {
    return words.stream()
        .map(word -> word.utterance().voice().split("\\+")[1])
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void shouldSpeakTheLabelsLanguage() {
    for (WordPlan.SpokenWord word : plan(1).words(0, 2)) {
      boolean isGerman = word.utterance().voice().startsWith("de+");
      assertEquals(word.label() >= 10, isGerman);
      assertEquals(Voice.Language.words().get(word.label()), word.utterance().word());
    }
  }

  @Test
  void shouldBeTheSameForASeed() {
    assertEquals(plan(5).words(0, 2), plan(5).words(0, 2));
    assertNotEquals(plan(5).words(0, 2), plan(6).words(0, 2));
  }

  @Test
  void shouldStayWithinWhatEspeakTakes() {
    for (WordPlan.SpokenWord word : plan(1).words(0, 5)) {
      assertTrue(word.utterance().pitch() >= 0 && word.utterance().pitch() <= 99);
      assertTrue(word.utterance().wordsPerMinute() >= 80);
      assertTrue(word.heard().noise() > 0.05 && word.heard().noise() < 0.6);
    }
  }

  /** Two samples, with an unknown length, as espeak-ng writes it. */
  static byte[] wave(int channels, int rate) {
    ByteBuffer bytes = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(ascii("RIFF")).putInt(0x7ffff024).put(ascii("WAVEfmt ")).putInt(16);
    bytes.putShort((short) 1).putShort((short) channels).putInt(rate).putInt(2 * rate);
    bytes.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(0x7ffff000);
    return bytes.putShort((short) 16_384).putShort(Short.MIN_VALUE).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void shouldTakeSamplesUpToTheEnd() throws IOException {
    assertArrayEquals(new float[] {0.5f, -1}, Speech.Wave.samples(wave(1, Speech.Wave.RATE)));
  }

  @Test
  void shouldRefuseOtherSounds() {
    IOException error = assertThrows(IOException.class, () -> Speech.Wave.samples(wave(2, 44_100)));
    assertEquals(
        "sound must be one channel of 16 bits at 22050 Hz, got 2 of 16 bits at 44100 Hz, coding"
            + " PCM_SIGNED",
        error.getMessage());
    assertThrows(IOException.class, () -> Speech.Wave.samples(new byte[3]));
    assertThrows(IOException.class, () -> Speech.Wave.samples(new byte[60]));
    byte[] whole = wave(1, Speech.Wave.RATE);
    assertThrows(IOException.class, () -> Speech.Wave.samples(Arrays.copyOf(whole, 30)));
  }

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
