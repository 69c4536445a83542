package org.dl4jsnn.internal.layer;

import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.Observation;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.host.RecordedFlow;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.synapse.SimulatedWindow;

/**
 * What a spiking layer knows of its forward pass, until the network clears its layers: all of it,
 * or there was none.
 */
final class ForwardPass {

  private final SimulatedFlow flow;
  private final NeuronDynamics neuron;
  private final InputCurrents currents;
  private final GradientInbox inbox;
  private final GradientInbox inboxBelow;
  private final BackpropRule rule;

  /** What an observing rule will look at; null where it has, or need not. */
  private SimulatedWindow unseen;

  /** What it keeps of it; null before it looked, and after the backward pass. */
  private Observation observation;

  /**
   * A pass just done. A pass of inference is observed only if a backward pass follows, as in
   * FrozenLayerWithBackprop.
   *
   * @param window what was simulated
   * @param recorded what the simulation recorded of the flow, or null
   * @param currents how spikes became currents
   * @param inbox where the layers above leave gradients in time
   * @param inboxBelow where this one does
   * @param rule how the layer learns
   * @param training whether this is a pass of training
   */
  ForwardPass(
      SimulatedWindow window,
      RecordedFlow recorded,
      InputCurrents currents,
      GradientInbox inbox,
      GradientInbox inboxBelow,
      BackpropRule rule,
      boolean training) {
    this.flow = SimulatedFlow.of(window.input(), window.output(), recorded);
    this.neuron = window.neuron();
    this.currents = currents;
    this.inbox = inbox;
    this.inboxBelow = inboxBelow;
    this.rule = rule;
    if (!rule.isObserving()) {
      observation = Observation.NONE;
    } else if (training) {
      observation = rule.observe(window);
    } else {
      unseen = window;
    }
  }

  SimulatedFlow flow() {
    return flow;
  }

  /** The neurons as they were simulated. */
  NeuronDynamics neuron() {
    return neuron;
  }

  InputCurrents currents() {
    return currents;
  }

  GradientInbox inbox() {
    return inbox;
  }

  GradientInbox inboxBelow() {
    return inboxBelow;
  }

  /**
   * What the rule keeps of the simulation.
   *
   * @throws IllegalStateException if the backward pass was done
   */
  Observation observation(String layer) {
    if (observation == null && unseen != null) {
      observation = rule.observe(unseen);
    }
    if (observation == null) {
      throw new IllegalStateException(
          layer
              + " has no forward pass to learn from. Possible cause: its backward pass was done"
              + " before, and each needs a forward pass of its own");
    }
    return observation;
  }

  /** The backward pass is done; what was observed is not needed any more. */
  void learned() {
    observation = null;
    unseen = null;
  }
}
