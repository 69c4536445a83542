package org.dl4jsnn.event.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.SeededOrder;
import org.dl4jsnn.noise.NoiseKey;

/**
 * Chooses by a seed: every index has its own draw, and the smallest draws are chosen. The same on
 * every machine.
 */
final class SeededSplit {

  private SeededSplit() {}

  /** Chooses a given number of the numbers below a limit. */
  static Set<Integer> choose(int limit, int count, long seed) {
    return new HashSet<>(order(limit, NoiseKey.training(seed, 0).stream(0)).subList(0, count));
  }

  /** The numbers below a limit, in the order of their draws. */
  private static List<Integer> order(int limit, long stream) {
    return SeededOrder.of(limit, i -> NoiseKey.draw(stream, i));
  }

  /** Samples in their order: true are a share of each class, rounded to whole samples. */
  static Map<Boolean, List<EventSample>> split(List<EventSample> samples, double share, long seed) {
    Set<EventSample> chosen = ofClasses(samples, share, seed);
    return samples.stream().collect(Collectors.partitioningBy(chosen::contains));
  }

  /** That share of the samples. */
  static Set<EventSample> ofClasses(List<EventSample> samples, double share, long seed) {
    Require.not(!(share > 0 && share < 1), "share must be above 0 and below 1, got %s", share);
    Map<Integer, List<EventSample>> byClass = new TreeMap<>();
    for (EventSample sample : samples) {
      byClass.computeIfAbsent(sample.label(), label -> new ArrayList<>()).add(sample);
    }
    Set<EventSample> chosen = new HashSet<>();
    byClass.forEach(
        (label, ofClass) -> {
          int count = (int) Math.round(share * ofClass.size());
          long stream = NoiseKey.training(seed, 0).stream(label);
          order(ofClass.size(), stream).subList(0, count).forEach(i -> chosen.add(ofClass.get(i)));
        });
    return chosen;
  }
}
