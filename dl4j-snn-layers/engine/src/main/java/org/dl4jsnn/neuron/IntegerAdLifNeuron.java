package org.dl4jsnn.neuron;

import static org.dl4jsnn.neuron.AdLifStep.ADAPTATION;
import static org.dl4jsnn.neuron.AdLifStep.INPUT;
import static org.dl4jsnn.neuron.AdLifStep.LAST_SPIKE;
import static org.dl4jsnn.neuron.AdLifStep.MEMBRANE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.Require;

/**
 * An {@link AdLifNeuron} in whole numbers, for digital chips and microcontrollers (equation 92 of
 * docs/mathematics.md). Membrane u and adaptation w count 256ths of a unit and saturate at ±(2²³ −
 * 1), so a strong feedback cannot overflow; shares are 65,536ths, since an adaptation may last
 * hundreds of steps.
 *
 * <pre>
 *  charge  x ← c                       the current of the step, in units
 *          w⁺ = ⌊(B · w + A_u · u) / 65536⌋ + A_s · z
 *          u ← ⌊(A · u + (65536 − A) · (256 x − w⁺)) / 65536⌋     symplectic; Euler: with w
 *  fire    s = 1 if u &gt; 256 θ
 *  reset   u ← u · (1 − s),  w ← w⁺,  z ← s
 * </pre>
 *
 * ⌊ ⌋ rounds towards zero. Meant for inference, as {@link IntegerNeuron} is. Immutable.
 */
public final class IntegerAdLifNeuron implements DifferentiableDynamics {

  /** What shares are parts of. */
  public static final int WHOLE = 1 << 16;

  /** What membranes and adaptations are parts of. */
  public static final int UNIT = 256;

  private static final long serialVersionUID = 1L;
  private static final int MOST = (1 << 23) - 1;

  /** The largest threshold, in units; a spike's adaptation is at most as large. */
  public static final int MOST_THRESHOLD = MOST / UNIT;

  /** The order of computation. */
  private final AdLifNeuron.Form form;

  /** θ: one for all neurons, or one per channel, as all numbers. */
  private final int[] thresholds;

  /** A. */
  private final int[] membraneDecays;

  /** B. */
  private final int[] adaptationDecays;

  /** A_u. */
  private final int[] feedback;

  /** A_s. */
  private final int[] spikeAdaptation;

  /**
   * A neuron. Every array has one number for all neurons, or one per channel.
   *
   * @param form the order of computation
   * @param thresholds θ, in units; from 1 to 32,767
   * @param membraneDecays A, the share of the membrane potential kept, in 65,536ths; from 0 to
   *     65,535
   * @param adaptationDecays B, the share of the adaptation kept, in 65,536ths; from 0 to 65,535
   * @param feedback A_u, what the membrane potential adds to the adaptation, in 65,536ths of it; of
   *     magnitude below 2²⁴
   * @param spikeAdaptation A_s, what a spike adds to the adaptation, in 256ths of a unit; of
   *     magnitude below 2²³
   * @throws IllegalArgumentException if a number is invalid
   */
  public IntegerAdLifNeuron(
      AdLifNeuron.Form form,
      int[] thresholds,
      int[] membraneDecays,
      int[] adaptationDecays,
      int[] feedback,
      int[] spikeAdaptation) {
    this.form = Require.given("form", form);
    this.thresholds = IntegerNeuron.checked("thresholds", thresholds, 1, MOST_THRESHOLD);
    this.membraneDecays = IntegerNeuron.checked("membrane decays", membraneDecays, 0, WHOLE - 1);
    this.adaptationDecays =
        IntegerNeuron.checked("adaptation decays", adaptationDecays, 0, WHOLE - 1);
    this.feedback = IntegerNeuron.checked("feedback", feedback, -2 * MOST, 2 * MOST);
    this.spikeAdaptation = IntegerNeuron.checked("spike adaptation", spikeAdaptation, -MOST, MOST);
  }

  /** {@return the order of computation} */
  public AdLifNeuron.Form form() {
    return form;
  }

  /** {@return θ, A, B, A_u and A_s, each one for all neurons, or one per channel} */
  public List<int[]> numbers() {
    return List.of(
        thresholds.clone(),
        membraneDecays.clone(),
        adaptationDecays.clone(),
        feedback.clone(),
        spikeAdaptation.clone());
  }

  @Override
  public List<StateVariable> variables() {
    return AdLifStep.VARIABLES;
  }

  @Override
  public List<NeuronParameter> parameters() {
    List<String> names =
        List.of(
            NeuronParameter.THRESHOLD,
            NeuronParameter.MEMBRANE_DECAY,
            NeuronParameter.ADAPTATION_DECAY,
            NeuronParameter.FEEDBACK,
            NeuronParameter.SPIKE_ADAPTATION);
    List<NeuronParameter> parameters = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      parameters.add(IntegerNeuron.parameter(names.get(i), numbers().get(i)));
    }
    return parameters;
  }

  /** The largest threshold of all channels, in 256ths of a unit, as membranes are. */
  @Override
  public double threshold() {
    return (double) UNIT * Arrays.stream(thresholds).max().orElseThrow();
  }

  /** One step of one neuron, in whole numbers that a double holds. */
  private final class Step extends AdLifStep {

    private final float[] theta;
    private final float[] alpha;
    private final float[] beta;
    private final float[] byMembrane;
    private final float[] bySpike;

    Step(Neurons neurons) {
      super(neurons);
      theta = neurons.parameter(0);
      alpha = neurons.parameter(1);
      beta = neurons.parameter(2);
      byMembrane = neurons.parameter(3);
      bySpike = neurons.parameter(4);
    }

    @Override
    float adapted(int i) {
      long kept = (long) ((double) beta[i] * w[i] + (double) byMembrane[i] * u[i]) / WHOLE;
      return bounded(kept + (long) (bySpike[i] * z[i]));
    }

    @Override
    float charged(int i) {
      double felt = form == AdLifNeuron.Form.SYMPLECTIC ? adapted(i) : w[i];
      double drive = (double) UNIT * x[i] - felt;
      return bounded(
          (long) ((double) alpha[i] * u[i] + (WHOLE - (double) alpha[i]) * drive) / WHOLE);
    }

    @Override
    float threshold(int i) {
      return UNIT * theta[i];
    }
  }

  private static float bounded(long value) {
    return Math.max(-MOST, Math.min(MOST, value));
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

  /** Adaptation is not a reset: it carries the neuron's memory, and gradients go through it. */
  @Override
  public boolean isResetBySpike(int variable) {
    return variable == MEMBRANE;
  }

  @Override
  public void differentiate(LocalDerivatives at) {
    double[] s = at.spikes();
    boolean early = form == AdLifNeuron.Form.SYMPLECTIC;
    for (int i = 0; i < at.count(); i++) {
      double alpha = at.parameter(1)[i] / WHOLE;
      double beta = at.parameter(2)[i] / WHOLE;
      double byMembrane = at.parameter(3)[i] / WHOLE;
      double bySpike = at.parameter(4)[i];
      at.excess(INPUT)[i] = (1 - alpha) * UNIT;
      at.excess(MEMBRANE)[i] = alpha - (early ? (1 - alpha) * byMembrane : 0);
      at.excess(ADAPTATION)[i] = -(1 - alpha) * (early ? beta : 1);
      at.excess(LAST_SPIKE)[i] = early ? -(1 - alpha) * bySpike : 0;
      double charged = 0;
      for (int variable = INPUT; variable <= LAST_SPIKE; variable++) {
        at.reset(MEMBRANE, variable)[i] = (1 - s[i]) * at.excess(variable)[i];
        charged += at.excess(variable)[i] * at.variable(variable)[i];
      }
      at.resetBySpike(MEMBRANE)[i] = -charged;
      at.reset(ADAPTATION, MEMBRANE)[i] = byMembrane;
      at.reset(ADAPTATION, ADAPTATION)[i] = beta;
      at.reset(ADAPTATION, LAST_SPIKE)[i] = bySpike;
      at.resetBySpike(LAST_SPIKE)[i] = 1;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IntegerAdLifNeuron that
        && form == that.form
        && Arrays.deepEquals(numbers().toArray(), that.numbers().toArray());
  }

  @Override
  public int hashCode() {
    return 31 * form.hashCode() + Arrays.deepHashCode(numbers().toArray());
  }

  @Override
  public String toString() {
    return "integer threshold "
        + IntegerNeuron.text(thresholds)
        + ", adaptation with feedback, "
        + (form == AdLifNeuron.Form.EULER ? "Euler" : "symplectic");
  }
}
