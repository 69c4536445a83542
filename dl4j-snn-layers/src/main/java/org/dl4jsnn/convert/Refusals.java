package org.dl4jsnn.convert;

import java.util.LinkedHashSet;
import java.util.Set;

/** What of a network cannot be converted; all of it is said at once. */
final class Refusals {

  private final Set<String> reasons = new LinkedHashSet<>();

  /**
   * Notes one.
   *
   * @param part the layer or vertex
   * @param reason what is wrong with it
   */
  void add(String part, String reason) {
    reasons.add(part + ": " + reason);
  }

  /**
   * Refuses the network if there is any.
   *
   * @throws IllegalArgumentException with all reasons
   */
  void check() {
    if (!reasons.isEmpty()) {
      throw new IllegalArgumentException(
          "network must be of layers that can be converted to spiking ones, got "
              + reasons.size()
              + " part"
              + (reasons.size() == 1 ? "" : "s")
              + " that cannot:\n  "
              + String.join("\n  ", reasons));
    }
  }
}
