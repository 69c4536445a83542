package org.dl4jsnn.asf;

import java.util.Optional;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.LayerPass;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Rate-based backpropagation (equations 21 and 22 of docs/mathematics.md): one backward pass over
 * firing rates, with one slope per neuron and sample instead of one per layer. The cost of that
 * pass does not depend on T, as with {@link AsfBackprop}. The forward pass of training costs more:
 * an epoch of LeNet5 takes 1.3 times as long as with that rule at T = 10, and 3 times at T = 100
 * (docs/reports/gradient-rules.md).
 *
 * <pre>{@code
 * BackpropRules.apply(configuration, new RateBackprop().withDetachedReset());
 *
 * MultiLayerNetwork other = BackpropRules.swap(trained, new RateBackprop(Surrogate.arctan(1)));
 * }</pre>
 *
 * <pre>  ∂r / ∂(mean current) = (1/T) · Σ_t h[t] · κ[t] </pre>
 *
 * with h the surrogate gradient and κ the eligibility, gathered in the forward pass of training.
 *
 * <p>Source: Yu et al., "Advancing Training Efficiency of Deep Spiking Neural Networks through
 * Rate-based Backpropagation", NeurIPS 2024, arXiv 2410.11488. There θ is 1; here a reset by
 * subtraction subtracts any θ, and a hard reset may go to any value. Immutable.
 *
 * @param surrogate replaces the derivative of a spike
 * @param detachReset whether the eligibility treats the reset's spikes as constants
 * @serial exclude
 */
public record RateBackprop(Surrogate surrogate, boolean detachReset) implements BackpropRule {

  private static final long serialVersionUID = 1L;

  /** The width of the published surrogate, 1/α for α = 4. */
  public static final double PUBLISHED_WIDTH = 0.25;

  /**
   * Creates the rule with the published surrogate, the logistic function with α = 4; gradient
   * through the reset.
   */
  public RateBackprop() {
    this(Surrogate.sigmoid(PUBLISHED_WIDTH));
  }

  /**
   * Creates the rule with another surrogate; gradient through the reset.
   *
   * @param surrogate replaces the derivative of a spike
   */
  public RateBackprop(Surrogate surrogate) {
    this(surrogate, false);
  }

  /**
   * Creates the rule.
   *
   * @param surrogate replaces the derivative of a spike
   * @param detachReset whether the eligibility treats the reset's spikes as constants
   */
  public RateBackprop {
    Require.given("surrogate", surrogate);
  }

  /**
   * {@return the same rule, but the eligibility treats the reset's spikes as constants} With a
   * reset to a value far below zero, the gradient through the reset grows from step to step, beyond
   * single precision for reset values around −1000; detached it does not.
   */
  public RateBackprop withDetachedReset() {
    return new RateBackprop(surrogate, true);
  }

  /**
   * The rule goes forward through the neurons step by step, so it finds the gradients of all
   * parameters (equation 42 of docs/mathematics.md).
   */
  @Override
  public Optional<String> whyNotLearned(NeuronDynamics neuron, String parameter) {
    return Optional.empty();
  }

  @Override
  public boolean isObserving() {
    return true;
  }

  @Override
  public Object observe(SimulatedWindow window) {
    return EligibilitySlopes.of(window, surrogate, detachReset);
  }

  @Override
  public INDArray backprop(LayerPass pass, INDArray rateGradient) {
    INDArray gradient =
        pass.workspaces()
            .createUninitialized(
                ArrayType.BP_WORKING_MEM, rateGradient.dataType(), rateGradient.shape(), 'c');
    EligibilitySlopes slopes = (EligibilitySlopes) pass.observation();
    HostArrays.copy(slopes.currents(), gradient);
    if (slopes.learned().length > 0) {
      double[] ofRates = rateGradient.dup('c').data().asDouble();
      for (int l = 0; l < slopes.learned().length; l++) {
        pass.learn(slopes.learned()[l], slopes.ofParameter(l, ofRates));
      }
    }
    return pass.propagate(gradient.muli(rateGradient));
  }

  @Override
  public String toString() {
    return "RateBackprop (" + surrogate + (detachReset ? ", reset detached" : "") + ")";
  }
}
