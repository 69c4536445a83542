package org.dl4jsnn.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a decoder leaves out, by kind. */
final class SkippedEvents {

  private final Map<String, Long> counts = new TreeMap<>();

  void count(String kind) {
    count(kind, 1);
  }

  void count(String kind, long number) {
    if (number > 0) {
      counts.merge(kind, number, Long::sum);
    }
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    counts.forEach((kind, count) -> sentences.add("left out: " + count + " " + kind));
    return sentences;
  }
}
