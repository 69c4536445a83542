package org.dl4jsnn.convert;

import java.util.LinkedHashSet;
import java.util.Set;

/** Collects what cannot be converted, to report all of it at once. */
final class ConversionRefusals {

  private final Set<String> reasons = new LinkedHashSet<>();

  /**
   * Notes a refusal.
   *
   * @param part the layer or vertex
   * @param reason why it cannot be converted
   */
  void add(String part, String reason) {
    reasons.add(part + ": " + reason);
  }

  /**
   * Refuses the network if anything was noted.
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
