package org.dl4jsnn.convert;

import java.util.LinkedHashSet;
import java.util.Set;

/** Collects what cannot be converted, to report all of it at once. */
final class ConversionRefusals {

  private final Set<String> reasons = new LinkedHashSet<>();

  void add(String part, String reason) {
    reasons.add(part + ": " + reason);
  }

  /** Refuses the network, with all reasons, if anything was noted. */
  void check() {
    if (!reasons.isEmpty()) {
      throw new IllegalArgumentException(
          ("network must be of layers that can be converted to spiking ones, got %s part%s"
                  + " that cannot:\n  %s")
              .formatted(
                  reasons.size(), reasons.size() == 1 ? "" : "s", String.join("\n ", reasons)));
    }
  }
}
