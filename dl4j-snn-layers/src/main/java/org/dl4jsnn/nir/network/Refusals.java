package org.dl4jsnn.nir.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what does not map, so that one message has all of it. */
final class Refusals {

  private final Map<String, String> reasons = new LinkedHashMap<>();

  /** Notes a reason, unless there is one for the name already. */
  void add(String name, String reason) {
    reasons.putIfAbsent(name, reason);
  }

  /**
   * Does something for a node or a layer, and notes why where it cannot be done; empty then, or
   * where nothing comes of it.
   */
  <T> Optional<T> attempt(String name, Supplier<T> what) {
    try {
      return Optional.ofNullable(what.get());
    } catch (IllegalArgumentException e) {
      String prefix = name + ": ";
      String reason = String.valueOf(e.getMessage());
      add(name, reason.startsWith(prefix) ? reason.substring(prefix.length()) : reason);
      return Optional.empty();
    }
  }

  void throwIfAny(String rule) {
    if (!reasons.isEmpty()) {
      throw new NirConversionException(rule, reasons);
    }
  }
}
