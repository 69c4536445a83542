package org.dl4jsnn.nir.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what cannot be converted, so that one message names all of it. */
final class NirRefusals {

  private final Map<String, String> reasons = new LinkedHashMap<>();

  /** Notes a reason, unless the name already has one. */
  void add(String name, String reason) {
    reasons.putIfAbsent(name, reason);
  }

  /**
   * Runs an action for a node or layer and notes why it failed; empty on failure or without a
   * result.
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
