package org.dl4jsnn.internal.live;

import org.dl4jsnn.internal.host.DelayLine;
import org.dl4jsnn.internal.host.IntegratorState;
import org.dl4jsnn.internal.host.RunningFlow;
import org.dl4jsnn.neuron.NeuronState;

/**
 * The immutable state of a part between two pieces of a stream.
 *
 * @param neurons the state of its neurons; at rest if it has none
 * @param integrators likewise, of its integrators
 * @param flow likewise, the flow pooled by gated pooling
 * @param line likewise, the spikes still delayed
 */
public record PartState(
    NeuronState neurons, IntegratorState integrators, RunningFlow flow, DelayLine line) {

  /** Before the first step. */
  public static final PartState AT_REST =
      new PartState(
          NeuronState.atRest(), IntegratorState.atRest(), RunningFlow.atStart(), DelayLine.empty());

  public static PartState of(NeuronState neurons) {
    return new PartState(neurons, AT_REST.integrators, AT_REST.flow, AT_REST.line);
  }

  public static PartState of(IntegratorState integrators) {
    return new PartState(AT_REST.neurons, integrators, AT_REST.flow, AT_REST.line);
  }

  public static PartState of(RunningFlow flow) {
    return new PartState(AT_REST.neurons, AT_REST.integrators, flow, AT_REST.line);
  }

  public static PartState of(DelayLine line) {
    return new PartState(AT_REST.neurons, AT_REST.integrators, AT_REST.flow, line);
  }
}
