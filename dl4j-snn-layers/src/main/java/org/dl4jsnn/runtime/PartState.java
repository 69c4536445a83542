package org.dl4jsnn.runtime;

import org.dl4jsnn.internal.host.DelayLine;
import org.dl4jsnn.internal.host.FlowSoFar;
import org.dl4jsnn.internal.host.IntegratorState;
import org.dl4jsnn.neuron.NeuronState;

/**
 * A part between two pieces of a stream. A value.
 *
 * @param neurons the state of its neurons; at rest where it has none
 * @param integrators the state of its integrators, alike
 * @param flow the flow of what gated pooling pools, alike
 * @param line the spikes that leave later, alike
 */
record PartState(NeuronState neurons, IntegratorState integrators, FlowSoFar flow, DelayLine line) {

  /** Before the first step. */
  static final PartState AT_REST =
      new PartState(
          NeuronState.atRest(), IntegratorState.atRest(), FlowSoFar.atStart(), DelayLine.empty());

  static PartState of(NeuronState neurons) {
    return new PartState(neurons, AT_REST.integrators, AT_REST.flow, AT_REST.line);
  }

  static PartState of(IntegratorState integrators) {
    return new PartState(AT_REST.neurons, integrators, AT_REST.flow, AT_REST.line);
  }

  static PartState of(FlowSoFar flow) {
    return new PartState(AT_REST.neurons, AT_REST.integrators, flow, AT_REST.line);
  }

  static PartState of(DelayLine line) {
    return new PartState(AT_REST.neurons, AT_REST.integrators, AT_REST.flow, line);
  }
}
