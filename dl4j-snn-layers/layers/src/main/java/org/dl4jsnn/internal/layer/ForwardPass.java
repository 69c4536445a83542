package org.dl4jsnn.internal.layer;

import java.util.function.Function;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.host.RecordedFlow;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a spiking layer keeps of its forward pass until the network clears its layers. A layer has
 * either a complete pass or none.
 *
 * <p>It keeps two numbers per neuron for any T. Since synapses are linear, they map accumulated
 * input spikes to the accumulated input current, with one dense operation per window. For rules
 * that need less, the simulation records it at almost no cost.
 */
final class ForwardPass {

  /** What a rule keeps that does not observe. */
  private static final Object NOTHING = new Object();

  private final AccumulatedSpikes in;
  private final AccumulatedSpikes out;
  private final RecordedFlow recorded;
  private final NeuronDynamics neuron;
  private final boolean startsAtRest;
  private final InputCurrents currents;
  private final GradientInbox inbox;
  private final GradientInbox inboxBelow;
  private final BackpropRule rule;

  /** The simulation that an observing rule has yet to observe; null otherwise. */
  private SimulatedWindow unseen;

  /** The rule's observation; null before it is made and after the backward pass. */
  private Object observation;

  /**
   * Creates the record of a pass. An inference pass is observed only if a backward pass follows, as
   * in FrozenLayerWithBackprop.
   *
   * @param recorded the flow that the simulation recorded, or null
   * @param inbox where the layers above leave gradients in time
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
    this.in = AccumulatedSpikes.of(window.input());
    this.out = AccumulatedSpikes.of(window.output());
    this.recorded = recorded;
    this.neuron = window.neuron();
    this.startsAtRest = window.start().isAtRest();
    this.currents = currents;
    this.inbox = inbox;
    this.inboxBelow = inboxBelow;
    this.rule = rule;
    if (!rule.isObserving() || neuron.passesCurrents()) {
      observation = NOTHING;
    } else if (training) {
      observation = rule.observe(window);
    } else {
      unseen = window;
    }
  }

  /** Spikes of every input. */
  AccumulatedSpikes in() {
    return in;
  }

  /** Spikes of every neuron. */
  AccumulatedSpikes out() {
    return out;
  }

  /** The recorded flow; null if nothing was recorded. */
  RecordedFlow recorded() {
    return recorded;
  }

  /** The layer's array shape, [minibatch, …]. */
  long[] outputShape() {
    return out.shape().arrayShape(out.minibatch());
  }

  /** The accumulated flow, in new arrays of given shapes in C order. */
  AccumulatedFlow flow(Function<long[], INDArray> newArray) {
    INDArray current = newArray.apply(outputShape());
    currents.accumulate(() -> array(in, newArray), out.steps(), current);
    return new AccumulatedFlow(current, array(out, newArray), out.steps());
  }

  private static INDArray array(AccumulatedSpikes spikes, Function<long[], INDArray> newArray) {
    INDArray array = newArray.apply(spikes.shape().arrayShape(spikes.minibatch()));
    Rates.write(spikes, 1, array);
    return array;
  }

  /** The neurons as they were simulated. */
  NeuronDynamics neuron() {
    return neuron;
  }

  /** Whether this is not a piece that continues another. */
  boolean startsAtRest() {
    return startsAtRest;
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
   * The rule's observation of the simulation.
   *
   * @throws IllegalStateException if the backward pass has been done
   */
  Object observation(String layer) {
    if (observation == null && unseen != null) {
      observation = rule.observe(unseen);
    }
    if (observation == null) {
      throw new IllegalStateException(
          layer
              + " has no forward pass to learn from. Possible cause: its backward pass has already"
              + " been done; each needs its own forward pass");
    }
    return observation;
  }

  /** Ends the backward pass and drops the observation. */
  void learned() {
    observation = null;
    unseen = null;
  }
}
