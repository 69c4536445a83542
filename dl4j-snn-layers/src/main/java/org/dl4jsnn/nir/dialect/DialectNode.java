package org.dl4jsnn.nir.dialect;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.internal.Require;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The graph node from which a dialect made neurons or integrators. A layer keeps it so that a
 * network trained further here returns to its program with the node's own numbers. Immutable.
 *
 * @param dialect snntorch, norse, sinabs, spikingjelly or exact
 * @param timeStep dt, s
 * @param reset zero or subtract; null for the program's
 * @param lateReset whether resets come one step late
 * @param type the kind of node in files, such as "LIF"
 * @param parameters the numbers by their names in files, such as "v_threshold": one for all
 *     neurons, or one per channel
 * @param doubles names of those in double precision
 * @serial exclude
 */
public record DialectNode(
    @JsonProperty("dialect") String dialect,
    @JsonProperty("timeStep") double timeStep,
    @JsonProperty("reset") String reset,
    @JsonProperty("lateReset") boolean lateReset,
    @JsonProperty("type") String type,
    @JsonProperty("parameters") Map<String, List<Double>> parameters,
    @JsonProperty("doubles") List<String> doubles)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * A node.
   *
   * @param dialect its name
   * @param timeStep dt, s
   * @param reset zero or subtract, or null
   * @param lateReset whether resets come one step late
   * @param type the kind of node
   * @param parameters the numbers by their names
   * @param doubles names of those in double precision
   * @throws IllegalArgumentException if an argument is missing or the time step is not positive and
   *     finite
   */
  public DialectNode {
    Require.given("dialect", dialect);
    Require.positiveFinite("time step", timeStep);
    Require.given("type of node", type);
    Map<String, List<Double>> copies = new LinkedHashMap<>();
    Require.given("parameters", parameters)
        .forEach((name, values) -> copies.put(name, List.copyOf(Require.given(name, values))));
    parameters = Collections.unmodifiableMap(copies);
    doubles = List.copyOf(Require.given("names of numbers in double precision", doubles));
  }
}
