package org.dl4jsnn.examples.spoken;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A speaker of both languages: an espeak-ng variant with its own vocal tract, pitch and roughness,
 * and an accent in English.
 *
 * @param variant the file's name among espeak-ng's variants
 * @param accent espeak-ng's name of the English
 */
record Voice(String variant, String accent) {

  /** The variants of espeak-ng 1.52 that sound human and intelligible. */
  private static final List<String> VARIANTS =
      words(
          "adam Alex Alicia Andrea Andy Annie antonio aunty belinda benjamin boris caleb david "
              + "Denis Diogo ed edward Gene grandma grandpa gustave Henrique Hugo ian Jacky john "
              + "kaukovalta Lee linda Marco Mario max Michael michel Miguel mike norbert pablo paul "
              + "pedro quincy Reed rob robert sandro shelby steph travis victor zac f1 f2 f3 f4 f5 m1 "
              + "m2 m3 m4 m5 m6 m7 m8 anika klatt");

  private static final List<String> ACCENTS =
      words("en-gb en-us en-gb-scotland en-gb-x-rp " + "en-gb-x-gbclan en-gb-x-gbcwmd en-029");

  private static final String GERMAN = "de";

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  /** All voices, of different variants. */
  static List<Voice> all() {
    return IntStream.range(0, VARIANTS.size())
        .mapToObj(i -> new Voice(VARIANTS.get(i), ACCENTS.get(i % ACCENTS.size())))
        .toList();
  }

  /** espeak-ng's name of this voice in a language. */
  String in(Language language) {
    return (language == Language.GERMAN ? GERMAN : accent) + "+" + variant;
  }

  /** The languages and their digits; labels are in this order, as in the Heidelberg Digits. */
  enum Language {
    ENGLISH("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    GERMAN("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun");

    private final List<String> digits;

    Language(String... digits) {
      this.digits = List.of(digits);
    }

    /** The words of all labels. */
    static List<String> words() {
      return Stream.of(values()).flatMap(language -> language.digits.stream()).toList();
    }

    /** The language of a label. */
    static Language of(int label) {
      return values()[label / values()[0].digits.size()];
    }

    /** The classes' names in the files, in ASCII. */
    static List<String> keys() {
      return words().stream().map(word -> word.replace("ü", "ue")).toList();
    }

    @Override
    public String toString() {
      return Arrays.toString(digits.toArray());
    }
  }
}
