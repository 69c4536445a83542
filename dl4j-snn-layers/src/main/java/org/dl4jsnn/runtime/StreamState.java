package org.dl4jsnn.runtime;

import java.util.List;
import org.dl4jsnn.internal.host.FlowSoFar;
import org.dl4jsnn.internal.host.IntegratorState;
import org.dl4jsnn.neuron.NeuronState;

/**
 * A network between two pieces of a stream. A value.
 *
 * @param steps so far
 * @param neurons for every part the state of its neurons; at rest where it has none
 * @param integrators for every part the state of its integrators, alike
 * @param flows for every part the flow of what gated pooling pools, alike
 */
record StreamState(
    long steps,
    List<NeuronState> neurons,
    List<IntegratorState> integrators,
    List<FlowSoFar> flows) {

  /** Before the first step. */
  static final StreamState AT_REST = new StreamState(0, null, null, null);

  NeuronState neurons(int part) {
    return neurons == null ? NeuronState.atRest() : neurons.get(part);
  }

  IntegratorState integrators(int part) {
    return integrators == null ? IntegratorState.atRest() : integrators.get(part);
  }

  FlowSoFar flow(int part) {
    return flows == null ? FlowSoFar.atStart() : flows.get(part);
  }
}
