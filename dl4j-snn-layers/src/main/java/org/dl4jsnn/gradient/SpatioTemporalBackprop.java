package org.dl4jsnn.gradient;

import java.util.Objects;
import org.dl4jsnn.gradient.surrogate.ArctanSurrogate;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.StepGradient;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Spatio-temporal backpropagation: the gradient through layers and through time, with a {@link
 * Surrogate} for the derivative of a spike (equations 13 to 15 of docs/mathematics.md). The usual
 * way to train spiking networks, and what a spiking layer does unless it is given another rule.
 *
 * <p>Layers hand each other the gradient of every single spike, T · neurons numbers a sample, so
 * time and memory grow with T. Within a layer, membrane potentials are computed anew in the
 * backward pass for a few samples at a time. {@link #withSegments} bounds what that takes.
 *
 * <p>Source: Wu et al., "Spatio-Temporal Backpropagation for Training High-Performance Spiking
 * Neural Networks", Frontiers in Neuroscience 2018, doi 10.3389/fnins.2018.00331; Neftci et al.,
 * "Surrogate Gradient Learning in Spiking Neural Networks", IEEE Signal Processing Magazine 2019,
 * arXiv 1901.09948. Single and double precision only. Immutable.
 */
public final class SpatioTemporalBackprop implements BackpropRule {

  private static final long serialVersionUID = 1L;

  /** Segments as long as the window. */
  private static final int WHOLE_WINDOW = 0;

  /** Stands in for the derivative of a spike. */
  @JsonProperty private final Surrogate surrogate;

  /** Whether the gradient stops at the reset. */
  @JsonProperty private final boolean detachReset;

  /** Steps of a segment, or 0 for the whole window. */
  @JsonProperty private final int segmentSteps;

  /** Arctan surrogate of width 1, gradient through the reset, no segments. */
  public SpatioTemporalBackprop() {
    this(new ArctanSurrogate(1));
  }

  /**
   * The rule with another surrogate; gradient through the reset, no segments.
   *
   * @param surrogate stands in for the derivative of a spike
   */
  public SpatioTemporalBackprop(Surrogate surrogate) {
    this(surrogate, false, WHOLE_WINDOW);
  }

  @JsonCreator
  private SpatioTemporalBackprop(
      @JsonProperty("surrogate") Surrogate surrogate,
      @JsonProperty("detachReset") boolean detachReset,
      @JsonProperty("segmentSteps") int segmentSteps) {
    this.surrogate = Require.given("surrogate", surrogate);
    this.detachReset = detachReset;
    this.segmentSteps = Require.atLeast("segment steps", segmentSteps, WHOLE_WINDOW);
  }

  /**
   * The same rule, whose gradient does not go through the reset: the membrane of the next step
   * depends on the spike, but the spike is taken for a constant there.
   *
   * @return the rule
   */
  public SpatioTemporalBackprop withDetachedReset() {
    return new SpatioTemporalBackprop(surrogate, true, segmentSteps);
  }

  /**
   * The same rule, going back through the window in segments: only membranes at their starts are
   * kept, and a segment is simulated anew when its turn comes (checkpointing). Bounds the membranes
   * and currents that a layer holds at a time, for a second simulation; the gradients that layers
   * hand each other are as long as the window all the same.
   *
   * @param steps steps of a segment, at least 1
   * @return the rule
   * @throws IllegalArgumentException if a segment has no step
   */
  public SpatioTemporalBackprop withSegments(int steps) {
    Require.atLeast("segment steps", steps, 1);
    return new SpatioTemporalBackprop(surrogate, detachReset, steps);
  }

  @Override
  public boolean isTimeResolved() {
    return true;
  }

  /** Both trains, bit-packed; everything else is computed anew. */
  private record Recording(SimulatedWindow window) implements Observation {}

  @Override
  public boolean isObserving() {
    return true;
  }

  @Override
  public Observation observe(SimulatedWindow window) {
    return new Recording(window);
  }

  @Override
  public INDArray backprop(LayerPass pass, INDArray rateGradient) {
    SimulatedWindow window = ((Recording) pass.observation()).window();
    int steps = window.input().steps();
    int segment = segmentSteps == WHOLE_WINDOW ? steps : Math.min(segmentSteps, steps);
    try (StepGradient spikeGradient = pass.spikeGradient(rateGradient)) {
      MembraneGradient neurons = new MembraneGradient(window.neuron(), detachReset);
      return new UnrolledLayer(window, surrogate, neurons, segment)
          .backprop(spikeGradient, rateGradient.dataType(), pass);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpatioTemporalBackprop that
        && surrogate.equals(that.surrogate)
        && detachReset == that.detachReset
        && segmentSteps == that.segmentSteps;
  }

  @Override
  public int hashCode() {
    return Objects.hash(surrogate, detachReset, segmentSteps);
  }

  @Override
  public String toString() {
    return "SpatioTemporalBackprop ("
        + surrogate
        + (detachReset ? ", reset detached" : "")
        + (segmentSteps == WHOLE_WINDOW ? "" : ", segments of " + segmentSteps + " steps")
        + ")";
  }
}
