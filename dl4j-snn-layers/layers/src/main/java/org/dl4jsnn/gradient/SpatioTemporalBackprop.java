package org.dl4jsnn.gradient;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.dl4jsnn.Internal;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Spatio-temporal backpropagation: the gradient through layers and through time, with a {@link
 * Surrogate} for the derivative of a spike (equations 13 to 15 of docs/mathematics.md). The usual
 * way to train spiking networks, and the default rule of a spiking layer.
 *
 * <pre>{@code
 * BackpropRule rule =
 *     new SpatioTemporalBackprop(Surrogate.arctan(1))
 *         .withWidthInThresholds() // of each layer
 *         .withDetachedReset();
 * BackpropRules.apply(configuration, rule);
 * }</pre>
 *
 * <p>Layers hand each other the gradient of every single spike, T · neurons numbers per sample, so
 * time and memory grow with T. Within a layer, membrane potentials are recomputed in the backward
 * pass for a few samples at a time. {@link #withSegments} bounds the memory for that.
 *
 * <p>Source: Wu et al., "Spatio-Temporal Backpropagation for Training High-Performance Spiking
 * Neural Networks", Frontiers in Neuroscience 2018, doi 10.3389/fnins.2018.00331; Neftci et al.,
 * "Surrogate Gradient Learning in Spiking Neural Networks", IEEE Signal Processing Magazine 2019,
 * arXiv 1901.09948. Single and double precision only. Immutable.
 */
public final class SpatioTemporalBackprop implements BackpropRule {

  private static final long serialVersionUID = 1L;

  /** From this many thresholds on, a surrogate is nearly the same for all membranes. */
  private static final double WIDE = 10;

  /** From this growth over a window on, gradients no longer train. */
  private static final double GROWN = 1e3;

  /** Segments as long as the window. */
  private static final int WHOLE_WINDOW = 0;

  /**
   * In thresholds: the widest range of surrogates that end, within the spread of arctan's results.
   */
  private static final double DEFAULT_WIDTH = 2;

  /** Replaces the derivative of a spike. */
  private final Surrogate surrogate;

  /** Whether the width is a multiple of the layer's threshold. */
  private final boolean widthInThresholds;

  /** Whether the gradient stops at a hard reset. */
  private final boolean detachReset;

  /** Whether the gradient stops at a reset by subtraction. */
  private final boolean detachSubtraction;

  /** Steps of a segment, or 0 for the whole window. */
  private final int segmentSteps;

  /**
   * Creates the rule with a triangular surrogate twice as wide as the layer's threshold, hard
   * resets detached, no segments. The triangle ends, so that the gradient goes by events. Measured
   * in thresholds, the gradient is the same for any threshold, and in layers with one threshold it
   * does not grow from step to step (docs/mathematics.md).
   */
  public SpatioTemporalBackprop() {
    this(Surrogate.triangular(DEFAULT_WIDTH), true, true, false, WHOLE_WINDOW);
  }

  /**
   * Creates the rule with another surrogate, with the same width for all thresholds; hard resets
   * detached, no segments. With a reset by subtraction, a surrogate with a peak above 2/θ makes the
   * gradient grow from step to step; detach that reset too in this case ({@link
   * #withDetachedReset}).
   *
   * @param surrogate replaces the derivative of a spike
   */
  public SpatioTemporalBackprop(Surrogate surrogate) {
    this(surrogate, false, true, false, WHOLE_WINDOW);
  }

  private SpatioTemporalBackprop(
      Surrogate surrogate,
      boolean widthInThresholds,
      boolean detachReset,
      boolean detachSubtraction,
      int segmentSteps) {
    this.surrogate = Require.given("surrogate", surrogate);
    this.widthInThresholds = widthInThresholds;
    this.detachReset = detachReset;
    this.detachSubtraction = detachSubtraction;
    this.segmentSteps = Require.atLeast("segment steps", segmentSteps, WHOLE_WINDOW);
  }

  /**
   * The same rule with the surrogate's width as a multiple of the layer's threshold: the gradient
   * does not change if threshold, weights and bias are scaled together.
   *
   * @return the rule
   */
  public SpatioTemporalBackprop withWidthInThresholds() {
    return new SpatioTemporalBackprop(
        surrogate, true, detachReset, detachSubtraction, segmentSteps);
  }

  /**
   * The same rule without gradients through resets: the membrane of the next step depends on the
   * spike, but the spike is treated as constant there. With a reset by subtraction and without leak
   * the gradient then grows by up to T from layer to layer.
   *
   * @return the rule
   */
  public SpatioTemporalBackprop withDetachedReset() {
    return new SpatioTemporalBackprop(surrogate, widthInThresholds, true, true, segmentSteps);
  }

  /**
   * The same rule with gradients through every reset: the exact derivative of the smoothed network.
   * At a hard reset it may grow from step to step, by a factor of up to θ times the surrogate's
   * peak, until it is infinite.
   *
   * @return the rule
   */
  public SpatioTemporalBackprop withAttachedReset() {
    return new SpatioTemporalBackprop(surrogate, widthInThresholds, false, false, segmentSteps);
  }

  /**
   * {@return the same rule, going back through the window in segments: only the membranes at their
   * starts are kept, and each segment is simulated again when its turn comes (checkpointing)} This
   * bounds the membranes and currents that a layer holds at a time, at the cost of a second
   * simulation. The gradients that layers hand each other are still as long as the window.
   *
   * @param steps steps per segment, at least 1
   * @throws IllegalArgumentException if the number is less than 1
   */
  public SpatioTemporalBackprop withSegments(int steps) {
    Require.atLeast("segment steps", steps, 1);
    return new SpatioTemporalBackprop(
        surrogate, widthInThresholds, detachReset, detachSubtraction, steps);
  }

  @Override
  public boolean isTimeResolved() {
    return true;
  }

  @Override
  public boolean learnsRecurrence() {
    return true;
  }

  /**
   * The rule goes through the neurons step by step, so it finds the gradients of all parameters.
   */
  @Override
  public Optional<String> whyNotLearned(NeuronDynamics neuron, String parameter) {
    return Optional.empty();
  }

  /** Both trains, bit-packed; everything else is recomputed. */
  private record Recording(SimulatedWindow window) {}

  @Override
  public boolean isObserving() {
    return true;
  }

  @Override
  public Object observe(SimulatedWindow window) {
    return new Recording(window);
  }

  /**
   * Doubts surrogates far wider than the threshold, for which slopes of other libraries are easily
   * taken, and narrow ones with which gradients grow at every reset.
   */
  @Override
  public Optional<String> doubt(SimulatedWindow window) {
    double threshold = window.neuron().threshold();
    Surrogate ofLayer = surrogate(threshold);
    if (ofLayer.width() >= WIDE * threshold) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the surrogate's width should be about that of the threshold, %s, got %s."
                  + " Possible cause: another library's slope taken for a width; use"
                  + " the factory of Surrogate for slopes, such as fastSigmoidOfSlope(slope)",
              threshold,
              ofLayer.width()));
    }
    if (!(window.neuron() instanceof DifferentiableDynamics neuron)) {
      return Optional.empty();
    }
    int channels = window.output().shape().channels();
    double factor = new StepFactor(neuron, ofLayer, isDetached(neuron), channels).largest();
    int steps = window.output().steps();
    // Also if a custom neuron's factor is no number.
    if (!(steps * Math.log(factor) >= Math.log(GROWN))) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "going back through the reset, a step should multiply gradients by at most 1, got up to"
                + " %.3g, so they may grow %.1e times over %d steps under %s. Possible cause: a"
                + " surrogate narrower than half the threshold, %s, with constants of a library that"
                + " detaches resets, such as snnTorch. Use .withDetachedReset(), or the default,"
                + " new SpatioTemporalBackprop()",
            factor,
            Math.pow(factor, steps),
            steps,
            this,
            threshold));
  }

  /**
   * The surrogate of a layer.
   *
   * @param threshold the layer's threshold
   * @return the surrogate with its width in that layer
   */
  public Surrogate surrogate(double threshold) {
    return widthInThresholds ? surrogate.inThresholds(threshold) : surrogate;
  }

  /**
   * Whether the gradient of a layer is computed event by event; it is dense otherwise.
   *
   * @param window the layer's simulation
   * @param type the network's data type
   * @return true if event by event
   */
  @Internal
  public boolean goesByEvents(SimulatedWindow window, DataType type) {
    Surrogate ofLayer = surrogate(window.neuron().threshold());
    boolean whole = segmentSteps == WHOLE_WINDOW || segmentSteps >= window.input().steps();
    return whole
        && EventDrivenLayer.of(window, ofLayer, isDetached(window.neuron()), type, false)
            .isPresent();
  }

  @Override
  public INDArray backprop(LayerPass pass, INDArray rateGradient) {
    SimulatedWindow window = ((Recording) pass.observation()).window();
    int steps = window.input().steps();
    int segment = segmentSteps == WHOLE_WINDOW ? steps : Math.min(segmentSteps, steps);
    try (StepGradient spikeGradient = pass.spikeGradient(rateGradient)) {
      boolean detached = isDetached(window.neuron());
      Surrogate ofLayer = surrogate(window.neuron().threshold());
      // Segments bound the memory of a window, which the event-driven pass keeps sample by sample.
      Optional<EventDrivenLayer> events =
          segment < steps
              ? Optional.empty()
              : EventDrivenLayer.of(
                  window,
                  ofLayer,
                  detached,
                  rateGradient.dataType(),
                  pass.inputGradient().isWanted());
      if (events.isPresent()) {
        return events.get().backprop(spikeGradient, pass);
      }
      return new UnrolledLayer(window, ofLayer, detached, segment)
          .backprop(spikeGradient, rateGradient.dataType(), pass);
    }
  }

  private boolean isDetached(NeuronDynamics neuron) {
    boolean subtractive =
        neuron instanceof DifferentiableDynamics known && known.keepsExcessAtReset();
    return subtractive ? detachSubtraction : detachReset;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpatioTemporalBackprop that
        && surrogate.equals(that.surrogate)
        && widthInThresholds == that.widthInThresholds
        && detachReset == that.detachReset
        && detachSubtraction == that.detachSubtraction
        && segmentSteps == that.segmentSteps;
  }

  @Override
  public int hashCode() {
    return Objects.hash(surrogate, widthInThresholds, detachReset, detachSubtraction, segmentSteps);
  }

  private String reset() {
    if (detachReset != detachSubtraction) {
      return detachReset ? ", hard reset detached" : ", reset by subtraction detached";
    }
    return detachReset ? ", reset detached" : ", reset attached";
  }

  @Override
  public String toString() {
    return "SpatioTemporalBackprop (%s%s%s%s)"
        .formatted(
            surrogate,
            widthInThresholds ? " thresholds" : "",
            reset(),
            segmentSteps == WHOLE_WINDOW ? "" : ", segments of " + segmentSteps + " steps");
  }
}
