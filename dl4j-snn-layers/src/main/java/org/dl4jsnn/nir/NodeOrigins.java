package org.dl4jsnn.nir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.nir.dialect.DialectNode;

/** The node information that layers keep. */
final class NodeOrigins {

  private static final String TO_ZERO = "zero";
  private static final String BY_SUBTRACTION = "subtract";

  private NodeOrigins() {}

  static DialectNode of(NirDialect dialect, NirNeurons node) {
    Map<String, List<Double>> parameters = new LinkedHashMap<>();
    List<String> doubles = new ArrayList<>();
    node.parameters()
        .forEach(
            (name, tensor) -> {
              parameters.put(name, NodeNumbers.list(tensor.doubles()));
              if (!tensor.isSingle()) {
                doubles.add(name);
              }
            });
    return new DialectNode(
        dialect.name(),
        dialect.timeStep(),
        dialect
            .reset()
            .map(reset -> reset == NirReset.BY_SUBTRACTION ? BY_SUBTRACTION : TO_ZERO)
            .orElse(null),
        dialect.isLateReset(),
        node.type(),
        parameters,
        doubles);
  }

  static NirReset reset(String text) {
    return switch (text) {
      case TO_ZERO -> NirReset.TO_VALUE;
      case BY_SUBTRACTION -> NirReset.BY_SUBTRACTION;
      default -> throw new IllegalArgumentException("reset must be zero or subtract, got " + text);
    };
  }
}
