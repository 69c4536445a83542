package org.dl4jsnn.nir.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A graph that cannot become a network, or a network that cannot become a graph: the message names
 * every node or layer that cannot be converted, and why; those of the same reason together.
 */
public final class NirConversionException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** Reasons by names. */
  private final LinkedHashMap<String, String> reasons;

  NirConversionException(String rule, Map<String, String> reasons) {
    super(
        rule
            + ", got "
            + reasons.size()
            + " that cannot be:"
            + byReason(reasons).entrySet().stream()
                .map(each -> System.lineSeparator() + "  " + each.getValue() + ": " + each.getKey())
                .collect(Collectors.joining()));
    this.reasons = new LinkedHashMap<>(reasons);
  }

  /** The names of each reason, in their order. */
  private static Map<String, String> byReason(Map<String, String> reasons) {
    return reasons.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getValue,
                LinkedHashMap::new,
                Collectors.mapping(Map.Entry::getKey, Collectors.joining(", "))));
  }

  /** {@return the reasons why something cannot be converted, by the names of nodes or layers} */
  public Map<String, String> reasons() {
    return Collections.unmodifiableMap(reasons);
  }
}
