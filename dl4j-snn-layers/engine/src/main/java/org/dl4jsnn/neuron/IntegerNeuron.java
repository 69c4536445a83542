package org.dl4jsnn.neuron;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.dl4jsnn.Internal;
import org.dl4jsnn.internal.Require;

/**
 * A (leaky) integrate-and-fire neuron in whole numbers, as on digital neuromorphic chips (equation
 * 75 of docs/mathematics.md). Thresholds and reset values are set per layer or per channel.
 *
 * <pre>{@code
 * IntegerNetwork<MultiLayerNetwork> chip = IntegerQuantization.toBits(8).quantize(trained);
 * IntegerNeuron neuron = chip.layers().get(0).neuron();
 *
 * IntegerNeuron own = // threshold, leak, hard reset to 0, initial membrane
 *     new IntegerNeuron(new int[] {100}, new int[] {3686}, false, new int[] {0}, new int[] {0});
 * }</pre>
 *
 * <pre>
 *  charge  u ← u + c                  c a sum of integer weights
 *  fire    s = 1 if u &gt; θ             strictly greater
 *  reset   u ← u_r, or u ← u − θ;   u ← max(u, −θ) if it has a floor
 *  leak    u ← ⌊u · k / 4096⌋          rounded towards zero; with k = 4096, no leak, u stays
 * </pre>
 *
 * Single precision holds whole numbers up to 2²⁴ = 16,777,216 exactly; larger membrane potentials
 * are rounded. Meant for inference: rules that follow the membrane treat the rounding as the
 * identity, and weights that they change are no longer whole. Immutable.
 *
 * <p>Only a charge that is not whole, as that of real features, makes a difference between rounding
 * and staying. Files of earlier versions hold layers in which channels without leak were rounded,
 * too, if others leaked; such layers still are ({@link #isExactWithoutLeak}).
 *
 * <p>Source of the leak: Davies et al., "Loihi: a neuromorphic manycore processor with on-chip
 * learning", IEEE Micro 38(1), 2018, whose decays are twelve-bit fractions.
 */
public final class IntegerNeuron implements DifferentiableDynamics {

  /** The value of k without leak. */
  public static final int NO_LEAK = 4096;

  private static final long serialVersionUID = 1L;
  private static final int LARGEST = 1 << 24;

  private static final int MEMBRANE = 0;

  /** Indices of the parameters. */
  static final int THRESHOLD = 0;

  static final int LEAK = 1;
  private static final int RESET_VALUE = 2;
  static final int INITIAL = 3;

  /** θ: one for all neurons, or one per channel. */
  private final int[] thresholds;

  /** k: one for all neurons, or one per channel. */
  private final int[] leaks;

  /** Whether a spike subtracts the threshold. */
  private final boolean subtractive;

  /** Whether membranes stay at −θ or above; not written where they do not. */
  private final boolean floored;

  /**
   * Whether channels without leak are not rounded although others leak; not written where all leak
   * or none does. Absent in files of earlier versions, which rounded them.
   */
  private final boolean exactWithoutLeak;

  /** u_r: one for all neurons, or one per channel. */
  private final int[] resetValues;

  /** u₀, the membrane potential before the first step: one for all neurons, or one per channel. */
  private final int[] initialMembranes;

  /**
   * A neuron without a floor.
   *
   * @param thresholds θ: one for all neurons, or one per channel; from 1 to 2²⁴
   * @param leaks k: one for all neurons, or one per channel; from 1 to {@value #NO_LEAK}
   * @param subtractive whether a spike subtracts the threshold; otherwise it sets the reset value
   * @param resetValues u_r: one for all neurons, or one per channel; from −2²⁴ to 2²⁴
   * @param initialMembranes u₀, the membrane potential before the first step: one for all neurons,
   *     or one per channel; from −2²⁴ to 2²⁴
   * @throws IllegalArgumentException if a number is invalid
   */
  public IntegerNeuron(
      int[] thresholds,
      int[] leaks,
      boolean subtractive,
      int[] resetValues,
      int[] initialMembranes) {
    this(thresholds, leaks, subtractive, resetValues, initialMembranes, false);
  }

  /**
   * A neuron.
   *
   * @param thresholds θ: one for all neurons, or one per channel; from 1 to 2²⁴
   * @param leaks k: one for all neurons, or one per channel; from 1 to {@value #NO_LEAK}
   * @param subtractive whether a spike subtracts the threshold; otherwise it sets the reset value
   * @param resetValues u_r: one for all neurons, or one per channel; from −2²⁴ to 2²⁴
   * @param initialMembranes u₀, the membrane potential before the first step: one for all neurons,
   *     or one per channel; from −2²⁴ to 2²⁴
   * @param floored whether membranes stay at −θ or above
   * @throws IllegalArgumentException if a number is invalid
   */
  public IntegerNeuron(
      int[] thresholds,
      int[] leaks,
      boolean subtractive,
      int[] resetValues,
      int[] initialMembranes,
      boolean floored) {
    this(thresholds, leaks, subtractive, resetValues, initialMembranes, floored, true);
  }

  private IntegerNeuron(
      int[] thresholds,
      int[] leaks,
      boolean subtractive,
      int[] resetValues,
      int[] initialMembranes,
      boolean floored,
      boolean exactWithoutLeak) {
    this.floored = floored;
    this.thresholds = checked("thresholds", thresholds, 1, LARGEST);
    this.leaks = checked("leaks", leaks, 1, NO_LEAK);
    this.exactWithoutLeak = exactWithoutLeak && isPartlyWithoutLeak();
    this.subtractive = subtractive;
    this.resetValues = checked("reset values", resetValues, -LARGEST, LARGEST);
    this.initialMembranes = checked("initial membranes", initialMembranes, -LARGEST, LARGEST);
  }

  /** Whether some channels leak and others do not. */
  private boolean isPartlyWithoutLeak() {
    return Arrays.stream(leaks).anyMatch(k -> k == NO_LEAK)
        && Arrays.stream(leaks).anyMatch(k -> k != NO_LEAK);
  }

  static int[] checked(String name, int[] values, int least, int most) {
    Require.given(name, values);
    Require.atLeast("number of " + name, values.length, 1);
    for (int value : values) {
      Require.not(
          value < least || value > most,
          "%s must be whole numbers from %s to %s, got %s",
          name,
          least,
          most,
          value);
    }
    return values.clone();
  }

  /** One variable, u − u₀, since a state variable cannot start from a different u₀ per channel. */
  @Override
  public List<StateVariable> variables() {
    return List.of(new StateVariable("membrane above its initial value", 0));
  }

  @Override
  public List<NeuronParameter> parameters() {
    return List.of(
        parameter(NeuronParameter.THRESHOLD, thresholds),
        parameter(NeuronParameter.LEAK, leaks),
        parameter("reset value", resetValues),
        parameter("initial membrane", initialMembranes));
  }

  static NeuronParameter parameter(String name, int[] values) {
    return NeuronParameter.ofChannels(name, Arrays.stream(values).asDoubleStream().toArray());
  }

  /** The largest threshold of all channels. */
  @Override
  public double threshold() {
    return Arrays.stream(thresholds).max().orElseThrow();
  }

  /** {@return θ; one for all neurons, or one per channel} */
  public int[] thresholds() {
    return thresholds.clone();
  }

  /**
   * {@return k: the share of the membrane potential kept from step to step, in 4096ths; one for all
   * neurons, or one per channel}
   */
  public int[] leaks() {
    return leaks.clone();
  }

  /**
   * {@return whether a spike subtracts the threshold; otherwise it sets the membrane to the reset
   * value}
   */
  public boolean isSubtractive() {
    return subtractive;
  }

  /** {@return whether membranes stay at −θ or above; true if inhibition has a floor} */
  public boolean isFloored() {
    return floored;
  }

  /**
   * {@return whether some channels leak and those without leak are not rounded; false if all
   * channels leak, if none does, or for a layer of a file of an earlier version, in which channels
   * without leak are rounded where others leak}
   */
  public boolean isExactWithoutLeak() {
    return exactWithoutLeak;
  }

  /**
   * {@return the neuron as files of earlier versions mean it: channels without leak are rounded,
   * too, if others leak; the same if all channels leak or none does}
   */
  @Internal
  public IntegerNeuron roundedWithoutLeak() {
    return new IntegerNeuron(
        thresholds, leaks, subtractive, resetValues, initialMembranes, floored, false);
  }

  /**
   * {@return u_r: the membrane potential after a hard reset; one for all neurons, or one per
   * channel}
   */
  public int[] resetValues() {
    return resetValues.clone();
  }

  /**
   * {@return u₀: the membrane potential before the first step; one for all neurons, or one per
   * channel}
   */
  public int[] initialMembranes() {
    return initialMembranes.clone();
  }

  @Override
  public void excess(Neurons neurons, float[] excess) {
    float[] u = neurons.variable(MEMBRANE);
    float[] theta = neurons.parameter(THRESHOLD);
    float[] initial = neurons.parameter(INITIAL);
    for (int i = 0; i < u.length; i++) {
      excess[i] = u[i] + initial[i] - theta[i];
    }
  }

  @Override
  public void compare(Neurons neurons, float[] membrane, float[] threshold) {
    float[] u = neurons.variable(MEMBRANE);
    float[] theta = neurons.parameter(THRESHOLD);
    float[] initial = neurons.parameter(INITIAL);
    for (int i = 0; i < u.length; i++) {
      membrane[i] = u[i] + initial[i];
      threshold[i] = theta[i];
    }
  }

  @Override
  public void reset(Neurons neurons) {
    reset(neurons, neurons.variable(MEMBRANE));
  }

  /** Resets and leaks the charged membranes u. */
  void reset(Neurons neurons, float[] u) {
    float[] theta = neurons.parameter(THRESHOLD);
    float[] value = neurons.parameter(RESET_VALUE);
    float[] initial = neurons.parameter(INITIAL);
    for (int n = 0; n < neurons.firedCount(); n++) {
      int i = neurons.fired(n);
      u[i] = subtractive ? u[i] - theta[i] : value[i] - initial[i];
    }
    for (int i = 0; floored && i < u.length; i++) {
      u[i] = Math.max(u[i], -theta[i] - initial[i]);
    }
    if (!neurons.isEverywhere(LEAK, NO_LEAK)) {
      float[] k = neurons.parameter(LEAK);
      for (int i = 0; i < u.length; i++) {
        if (k[i] != NO_LEAK || !exactWithoutLeak) {
          u[i] = kept((double) u[i] + initial[i], k[i]) - initial[i];
        }
      }
    }
  }

  /** k parts of 4096; exact, since a double holds the product of 24 and 12 bits. */
  static float kept(double whole, float k) {
    return (long) (whole * k / NO_LEAK);
  }

  @Override
  public boolean keepsExcessAtReset() {
    return subtractive;
  }

  @Override
  public void differentiate(LocalDerivatives at) {
    double[] u = at.variable(MEMBRANE);
    for (int i = 0; i < at.count(); i++) {
      at.excess(MEMBRANE)[i] = 1;
      at.reset(MEMBRANE, MEMBRANE)[i] = keptAt(at, u[i], i);
      at.resetBySpike(MEMBRANE)[i] = bySpike(at, u[i], i);
      at.leak(MEMBRANE)[i] = at.parameter(LEAK)[i] / NO_LEAK;
    }
  }

  /** ∂ρ/∂u of the charged membrane of neuron i. */
  double keptAt(LocalDerivatives at, double charged, int i) {
    return aboveFloor(at, charged, i) * (subtractive ? 1 : 1 - at.spikes()[i]);
  }

  /** ∂ρ/∂s of the charged membrane of neuron i. */
  double bySpike(LocalDerivatives at, double charged, int i) {
    return subtractive
        ? -aboveFloor(at, charged, i) * at.parameter(THRESHOLD)[i]
        : at.parameter(RESET_VALUE)[i] - at.parameter(INITIAL)[i] - charged;
  }

  /** 0 where the floor holds the membrane, otherwise 1. */
  private double aboveFloor(LocalDerivatives at, double charged, int i) {
    double theta = at.parameter(THRESHOLD)[i];
    double taken = subtractive ? at.spikes()[i] * theta : 0;
    return floored && charged + at.parameter(INITIAL)[i] + theta - taken <= 0 ? 0 : 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IntegerNeuron that
        && Arrays.equals(thresholds, that.thresholds)
        && Arrays.equals(leaks, that.leaks)
        && subtractive == that.subtractive
        && floored == that.floored
        && exactWithoutLeak == that.exactWithoutLeak
        && Arrays.equals(resetValues, that.resetValues)
        && Arrays.equals(initialMembranes, that.initialMembranes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        Arrays.hashCode(thresholds),
        Arrays.hashCode(leaks),
        subtractive,
        floored,
        exactWithoutLeak,
        Arrays.hashCode(resetValues),
        Arrays.hashCode(initialMembranes));
  }

  @Override
  public String toString() {
    return "integer threshold "
        + text(thresholds)
        + ", leak "
        + text(leaks)
        + "/4096, reset "
        + (subtractive ? "by subtraction" : "to " + text(resetValues))
        + (floored ? ", never below minus the threshold" : "");
  }

  static String text(int[] values) {
    return values.length == 1 ? String.valueOf(values[0]) : "of " + values.length + " channels";
  }
}
