package org.dl4jsnn.neuron;

import static org.dl4jsnn.neuron.AdLifStep.ADAPTATION;
import static org.dl4jsnn.neuron.AdLifStep.INPUT;
import static org.dl4jsnn.neuron.AdLifStep.LAST_SPIKE;
import static org.dl4jsnn.neuron.AdLifStep.MEMBRANE;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.dl4jsnn.internal.Require;

/**
 * An adaptive leaky integrate-and-fire neuron with sub-threshold feedback (adLIF): an adaptation
 * that follows the membrane potential and the spikes is subtracted from the current (equations 88
 * and 89 of docs/mathematics.md). Unlike the raised threshold of {@link AdaptiveNeuron}, it makes
 * the membrane resonate. One step, for every neuron of a layer:
 *
 * <pre>{@code
 * AdLifNeuron resonating = AdLifNeuron.drawn(AdLifNeuron.Form.SYMPLECTIC, 100, 1);
 * SpikingDense layer =
 *     new SpikingDense.Builder()
 *         .nOut(100) // as the neuron has channels
 *         .neuron(resonating)
 *         .backprop(new SpatioTemporalBackprop().withDetachedReset())
 *         .build();
 * }</pre>
 *
 * <pre>
 *  charge  x ← c                                       the current of the step
 *          w⁺ = β · w + (1 − β) · q · (a · u + b · z)
 *          u ← α · u + (1 − α) · (x − w⁺)              {@link Form#SYMPLECTIC}
 *          u ← α · u + (1 − α) · (x − w)               {@link Form#EULER}
 *  fire    s = 1 if u &gt; θ
 *  reset   u ← u · (1 − s),  w ← w⁺,  z ← s
 * </pre>
 *
 * with w the adaptation and z the last spike, which begin at 0 as the membrane potential u does.
 * The symplectic form is stable for stronger feedback: Euler's adds energy to an oscillation at
 * every step. α, β, a and b have one value for all neurons or one per channel. Immutable.
 *
 * <p>Source: Baronig et al., "Advancing spatio-temporal processing through adaptation in spiking
 * neural networks", Nature Communications 2025, arXiv 2408.07517.
 *
 * @param form the order of computation
 * @param threshold θ; positive and finite
 * @param membraneDecay α, the share of the membrane potential kept from step to step; in [0, 1)
 * @param adaptationDecay β, the share of the adaptation kept from step to step; in [0, 1)
 * @param feedback a, how the membrane potential adapts the neuron; finite
 * @param spikeAdaptation b, how a spike adapts the neuron; finite
 * @param scale q; positive and finite
 * @serial exclude
 */
public record AdLifNeuron(
    Form form,
    double threshold,
    List<Double> membraneDecay,
    List<Double> adaptationDecay,
    List<Double> feedback,
    List<Double> spikeAdaptation,
    double scale)
    implements DifferentiableDynamics {

  /** q of the source. */
  public static final double PUBLISHED_SCALE = 120;

  /** Bounds of a and b when they are learned, as in the source. */
  private static final double MOST_FEEDBACK = 1;

  private static final double MOST_SPIKE_ADAPTATION = 2;

  /** Indices of the parameters. */
  private static final int THRESHOLD = 0;

  private static final int ALPHA = 1;
  private static final int BETA = 2;
  private static final int A = 3;
  private static final int B = 4;

  /** The order of computation; model files hold the ordinals. */
  public enum Form {
    /** Euler's forward step: the membrane sees the adaptation of the step before. */
    EULER,
    /** The membrane sees the adaptation that its own last value has changed. */
    SYMPLECTIC
  }

  /**
   * Creates a neuron.
   *
   * @param form the order of computation
   * @param threshold θ
   * @param membraneDecay α, one value, or one per channel
   * @param adaptationDecay β, one value, or one per channel
   * @param feedback a, one value, or one per channel
   * @param spikeAdaptation b, one value, or one per channel
   * @param scale q
   * @throws IllegalArgumentException if a value is invalid
   */
  public AdLifNeuron {
    Require.given("form", form);
    Require.positiveFinite(NeuronParameter.THRESHOLD, threshold);
    membraneDecay = shares(NeuronParameter.MEMBRANE_DECAY, membraneDecay);
    adaptationDecay = shares(NeuronParameter.ADAPTATION_DECAY, adaptationDecay);
    feedback = finite(NeuronParameter.FEEDBACK, feedback);
    spikeAdaptation = finite(NeuronParameter.SPIKE_ADAPTATION, spikeAdaptation);
    Require.positiveFinite("adaptation scale", scale);
  }

  private static List<Double> shares(String name, List<Double> values) {
    for (double value : finite(name, values)) {
      Require.not(
          value < 0 || (float) value >= 1,
          "%s must be at least 0 and below 1 in single precision, got %s",
          name,
          value);
    }
    return List.copyOf(values);
  }

  private static List<Double> finite(String name, List<Double> values) {
    Require.given(name, values);
    Require.atLeast("values of " + name, values.size(), 1);
    values.forEach(value -> Require.finite(name + " in single precision", value.floatValue()));
    return List.copyOf(values);
  }

  /**
   * The same four numbers for all neurons, θ = 1 and q of the source.
   *
   * @param form the order of computation
   * @param membraneDecay α
   * @param adaptationDecay β
   * @param feedback a
   * @param spikeAdaptation b
   * @return the neuron
   * @throws IllegalArgumentException if a value is invalid
   */
  public static AdLifNeuron of(
      Form form,
      double membraneDecay,
      double adaptationDecay,
      double feedback,
      double spikeAdaptation) {
    return new AdLifNeuron(
        form,
        1,
        List.of(membraneDecay),
        List.of(adaptationDecay),
        List.of(feedback),
        List.of(spikeAdaptation),
        PUBLISHED_SCALE);
  }

  /**
   * Different numbers for every channel, drawn as in the source: time constants of the membrane
   * from 5 to 25 steps and of the adaptation from 60 to 300 steps, a from 0 to 1, b from 0 to 2.
   *
   * @param form the order of computation
   * @param channels channels of the layer: its neurons, if it is fully connected
   * @param seed where the numbers come from
   * @return the neuron, with θ = 1
   * @throws IllegalArgumentException if there is no channel
   */
  public static AdLifNeuron drawn(Form form, int channels, long seed) {
    Require.atLeast("channels", channels, 1);
    Random random = new Random(seed);
    List<Double> alpha = new ArrayList<>();
    List<Double> beta = new ArrayList<>();
    List<Double> a = new ArrayList<>();
    List<Double> b = new ArrayList<>();
    for (int i = 0; i < channels; i++) {
      alpha.add(Math.exp(-1 / (5 + 20 * random.nextDouble())));
      beta.add(Math.exp(-1 / (60 + 240 * random.nextDouble())));
      a.add(MOST_FEEDBACK * between(random));
      b.add(MOST_SPIKE_ADAPTATION * between(random));
    }
    return new AdLifNeuron(form, 1, alpha, beta, a, b, PUBLISHED_SCALE);
  }

  /** Inside 0 and 1, as learned numbers must be. */
  private static double between(Random random) {
    return 0.001 + 0.998 * random.nextDouble();
  }

  /**
   * {@return the same neuron with another threshold}
   *
   * @param newThreshold θ
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public AdLifNeuron withThreshold(double newThreshold) {
    return new AdLifNeuron(
        form, newThreshold, membraneDecay, adaptationDecay, feedback, spikeAdaptation, scale);
  }

  /**
   * The same neuron for longer time steps: its decays, to the power of their length. The decays
   * that {@link #drawn} gives are meant for steps of a few ms.
   *
   * @param times how many of its steps become one
   * @return the neuron
   * @throws IllegalArgumentException if the number is not positive and finite
   */
  public AdLifNeuron withLongerSteps(double times) {
    Require.positiveFinite("times", times);
    return new AdLifNeuron(
        form,
        threshold,
        power(membraneDecay, times),
        power(adaptationDecay, times),
        feedback,
        spikeAdaptation,
        scale);
  }

  private static List<Double> power(List<Double> decays, double exponent) {
    return decays.stream().map(decay -> Math.pow(decay, exponent)).toList();
  }

  private boolean isSymplectic() {
    return form == Form.SYMPLECTIC;
  }

  @Override
  public List<StateVariable> variables() {
    return AdLifStep.VARIABLES;
  }

  @Override
  public List<NeuronParameter> parameters() {
    return List.of(
        NeuronParameter.ofLayer(NeuronParameter.THRESHOLD, threshold),
        parameter(NeuronParameter.MEMBRANE_DECAY, membraneDecay, 1),
        parameter(NeuronParameter.ADAPTATION_DECAY, adaptationDecay, 1),
        parameter(NeuronParameter.FEEDBACK, feedback, MOST_FEEDBACK),
        parameter(NeuronParameter.SPIKE_ADAPTATION, spikeAdaptation, MOST_SPIKE_ADAPTATION));
  }

  private static NeuronParameter parameter(String name, List<Double> values, double upper) {
    double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
    return NeuronParameter.ofChannels(name, numbers).within(0, upper);
  }

  /** Adaptation is not a reset: it carries the neuron's memory, and gradients go through it. */
  @Override
  public boolean isResetBySpike(int variable) {
    return variable == MEMBRANE;
  }

  /** One step of one neuron. */
  private final class Step extends AdLifStep {

    private final float[] alpha;
    private final float[] beta;
    private final float[] a;
    private final float[] b;

    Step(Neurons neurons) {
      super(neurons);
      alpha = neurons.parameter(ALPHA);
      beta = neurons.parameter(BETA);
      a = neurons.parameter(A);
      b = neurons.parameter(B);
    }

    @Override
    float adapted(int i) {
      return beta[i] * w[i] + (1 - beta[i]) * (a[i] * u[i] + b[i] * z[i]) * (float) scale;
    }

    @Override
    float charged(int i) {
      float felt = isSymplectic() ? adapted(i) : w[i];
      return alpha[i] * u[i] + (1 - alpha[i]) * (x[i] - felt);
    }

    @Override
    float threshold(int i) {
      return (float) threshold;
    }
  }

  @Override
  public void excess(Neurons neurons, float[] excess) {
    new Step(neurons).excess(excess);
  }

  @Override
  public void compare(Neurons neurons, float[] membrane, float[] threshold) {
    new Step(neurons).compare(membrane, threshold);
  }

  @Override
  public void reset(Neurons neurons) {
    new Step(neurons).reset();
  }

  @Override
  public void differentiate(LocalDerivatives at) {
    double[] s = at.spikes();
    double ofNew = isSymplectic() ? 1 : 0;
    for (int i = 0; i < at.count(); i++) {
      double alpha = at.parameter(ALPHA)[i];
      double beta = at.parameter(BETA)[i];
      double share = (1 - beta) * scale;
      double byMembrane = share * at.parameter(A)[i];
      double bySpike = share * at.parameter(B)[i];
      at.excess(INPUT)[i] = 1 - alpha;
      at.excess(MEMBRANE)[i] = alpha - (1 - alpha) * ofNew * byMembrane;
      at.excess(ADAPTATION)[i] = -(1 - alpha) * (isSymplectic() ? beta : 1);
      at.excess(LAST_SPIKE)[i] = -(1 - alpha) * ofNew * bySpike;
      for (int variable = 0; variable <= LAST_SPIKE; variable++) {
        at.reset(MEMBRANE, variable)[i] = (1 - s[i]) * at.excess(variable)[i];
      }
      at.resetBySpike(MEMBRANE)[i] = -charged(at, i);
      at.reset(ADAPTATION, MEMBRANE)[i] = byMembrane;
      at.reset(ADAPTATION, ADAPTATION)[i] = beta;
      at.reset(ADAPTATION, LAST_SPIKE)[i] = bySpike;
      at.resetBySpike(LAST_SPIKE)[i] = 1;
    }
  }

  private double adapted(LocalDerivatives at, int i) {
    double beta = at.parameter(BETA)[i];
    return beta * at.variable(ADAPTATION)[i] + (1 - beta) * scale * adapting(at, i);
  }

  /** a · u + b · z. */
  private static double adapting(LocalDerivatives at, int i) {
    return at.parameter(A)[i] * at.variable(MEMBRANE)[i]
        + at.parameter(B)[i] * at.variable(LAST_SPIKE)[i];
  }

  private double charged(LocalDerivatives at, int i) {
    double alpha = at.parameter(ALPHA)[i];
    return alpha * at.variable(MEMBRANE)[i] + (1 - alpha) * (at.variable(INPUT)[i] - felt(at, i));
  }

  private double felt(LocalDerivatives at, int i) {
    return isSymplectic() ? adapted(at, i) : at.variable(ADAPTATION)[i];
  }

  @Override
  public void differentiateByParameters(LocalDerivatives at) {
    double[] u = at.variable(MEMBRANE);
    for (int i = 0; i < at.count(); i++) {
      double share = (1 - at.parameter(BETA)[i]) * scale;
      charge(at, i, ALPHA, u[i] - (at.variable(INPUT)[i] - felt(at, i)));
      adapt(at, i, BETA, at.variable(ADAPTATION)[i] - scale * adapting(at, i));
      adapt(at, i, A, share * u[i]);
      adapt(at, i, B, share * at.variable(LAST_SPIKE)[i]);
    }
  }

  /** Writes the effect of a parameter on the charged membrane. */
  private static void charge(LocalDerivatives at, int i, int parameter, double byCharge) {
    at.excessByParameter(parameter)[i] = byCharge;
    at.leftByParameter(MEMBRANE, parameter)[i] = (1 - at.spikes()[i]) * byCharge;
  }

  /** Writes the effect of a parameter on the adaptation, and through it on the membrane. */
  private void adapt(LocalDerivatives at, int i, int parameter, double byAdaptation) {
    at.leftByParameter(ADAPTATION, parameter)[i] = byAdaptation;
    double felt = isSymplectic() ? byAdaptation : 0;
    charge(at, i, parameter, -(1 - at.parameter(ALPHA)[i]) * felt);
  }

  @Override
  public String toString() {
    return "adaptive leaky integrate-and-fire with feedback ("
        + form.name().toLowerCase(Locale.ROOT)
        + "), threshold "
        + threshold
        + ", "
        + parameters().subList(ALPHA, B + 1)
        + ", scale "
        + scale;
  }
}
