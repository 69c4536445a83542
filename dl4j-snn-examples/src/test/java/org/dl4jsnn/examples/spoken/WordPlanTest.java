package org.dl4jsnn.examples.spoken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

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
}
