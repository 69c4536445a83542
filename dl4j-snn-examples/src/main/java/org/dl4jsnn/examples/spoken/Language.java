package org.dl4jsnn.examples.spoken;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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
