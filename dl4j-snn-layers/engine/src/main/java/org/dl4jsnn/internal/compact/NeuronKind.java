package org.dl4jsnn.internal.compact;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.dl4jsnn.internal.compact.IntegerForm.Numbers;
import org.dl4jsnn.internal.host.LearnedNeuron;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.IntegerAdaptiveNeuron;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.IntegerRefractoryNeuron;
import org.dl4jsnn.neuron.IntegerSynapticNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;

/**
 * The neurons that model files can hold, and how. Files hold the ordinals: a new neuron goes to the
 * end, with the next version of the layout.
 */
public enum NeuronKind {
  /** (Leaky) integrate-and-fire. */
  SPIKING(1, new MembraneForm<>(SpikingNeuron.class, n -> n, n -> 0, n -> 0, (m, a, b) -> m)),

  /** With a synaptic current. */
  SYNAPTIC(
      1,
      new MembraneForm<>(
          SynapticNeuron.class,
          SynapticNeuron::membrane,
          SynapticNeuron::synapticDecay,
          n -> 0,
          (m, decay, b) -> new SynapticNeuron(m, decay))),

  /** With an adaptive threshold. */
  ADAPTIVE(
      1,
      new MembraneForm<>(
          AdaptiveNeuron.class,
          AdaptiveNeuron::membrane,
          AdaptiveNeuron::adaptationStrength,
          AdaptiveNeuron::adaptationDecay,
          AdaptiveNeuron::new)),

  /** With a refractory period. */
  REFRACTORY(
      1,
      new MembraneForm<>(
          RefractoryNeuron.class,
          RefractoryNeuron::membrane,
          RefractoryNeuron::refractorySteps,
          n -> 0,
          (m, steps, b) -> new RefractoryNeuron(m, MembraneForm.whole("refractory steps", steps)))),

  /** With integers. */
  INTEGER(2, new IntegerForm<>(IntegerNeuron.class, n -> n, List.of(), (m, none) -> m)),

  /** Linear between spikes, as in other programs. */
  LINEAR(2, new LinearForm()),

  /** With integers and a synaptic current. */
  INTEGER_SYNAPTIC(
      3,
      new IntegerForm<>(
          IntegerSynapticNeuron.class,
          IntegerSynapticNeuron::membrane,
          List.of(new Numbers<>("synaptic decays", IntegerSynapticNeuron::synapticDecays)),
          (m, more) -> new IntegerSynapticNeuron(m, more.get(0)))),

  /** With adaptation that the membrane feeds. */
  AD_LIF(5, new AdLifForm()),

  /** With integers and an adaptive threshold. */
  INTEGER_ADAPTIVE(
      6,
      new IntegerForm<>(
          IntegerAdaptiveNeuron.class,
          IntegerAdaptiveNeuron::membrane,
          List.of(
              new Numbers<>("adaptation strengths", IntegerAdaptiveNeuron::strengths),
              new Numbers<>("adaptation decays", IntegerAdaptiveNeuron::decays)),
          (m, more) -> new IntegerAdaptiveNeuron(m, more.get(0), more.get(1)))),

  /** With integers and a refractory period. */
  INTEGER_REFRACTORY(
      6,
      new IntegerForm<>(
          IntegerRefractoryNeuron.class,
          IntegerRefractoryNeuron::membrane,
          List.of(new Numbers<>("refractory steps", n -> new int[] {n.refractorySteps()})),
          (m, more) -> new IntegerRefractoryNeuron(m, more.get(0)[0]))),

  /** With integers and adaptation that the membrane feeds. */
  INTEGER_AD_LIF(6, new IntegerAdLifForm()),

  /** None: currents are passed on. */
  GRADED(7, new GradedForm());

  /** The first version of the layout with this kind. */
  private final int since;

  private final Form<?> form;

  NeuronKind(int since, Form<?> form) {
    this.since = since;
    this.form = form;
  }

  /** How the neurons of a class are written and read. */
  interface Form<N extends NeuronDynamics> {

    Class<N> type();

    /** The first version of the layout that can hold a neuron of a kind which some can hold. */
    default int version(N neuron) {
      return 1;
    }

    /** Whether it can hold what a layer has learned of a neuron. */
    default boolean holdsLearned() {
      return false;
    }

    /**
     * Writes a neuron.
     *
     * @param learned what its layer has learned of it; empty for nothing
     */
    void write(N neuron, List<NeuronParameter> learned, int channels, DataOutputStream out)
        throws IOException;

    /** Reads a neuron; invalid numbers throw an IllegalArgumentException. */
    NeuronDynamics read(NeuronSource in, int channels) throws IOException;
  }

  /** The class of the neurons. */
  Class<? extends NeuronDynamics> type() {
    return form.type();
  }

  /** The neuron as its layer was set. */
  private static NeuronDynamics initial(NeuronDynamics neuron) {
    return neuron instanceof LearnedNeuron learned ? learned.initial() : neuron;
  }

  private static NeuronKind of(NeuronDynamics neuron) {
    NeuronDynamics initial = initial(neuron);
    return Arrays.stream(values())
        .filter(kind -> kind.type() == initial.getClass())
        .filter(kind -> initial == neuron || kind.form.holdsLearned())
        .findFirst()
        .orElseThrow(() -> refused(initial));
  }

  @SuppressWarnings("unchecked") // of() has found the kind by the neuron's class
  private Form<NeuronDynamics> form() {
    return (Form<NeuronDynamics>) form;
  }

  private static IllegalArgumentException refused(NeuronDynamics neuron) {
    String known =
        Arrays.stream(values())
            .map(kind -> kind.type().getSimpleName())
            .collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "neurons must be one of "
            + known
            + ", got "
            + neuron.getClass().getSimpleName()
            + " ("
            + neuron
            + ")");
  }

  /**
   * Refuses neurons that no model file can hold. Throws an IllegalArgumentException if they are of
   * another kind.
   */
  public static NeuronDynamics requireKnown(NeuronDynamics neuron) {
    of(neuron);
    return neuron;
  }

  /** The latest version of the layout that a kind needs. */
  static int latestVersion() {
    return Arrays.stream(values()).mapToInt(kind -> kind.since).max().orElseThrow();
  }

  /** The first version of the layout that can hold a neuron. */
  static int version(NeuronDynamics neuron) {
    NeuronKind kind = of(neuron);
    return Math.max(kind.since, kind.form().version(initial(neuron)));
  }

  static void write(NeuronDynamics neuron, int channels, DataOutputStream out) throws IOException {
    NeuronKind kind = of(neuron);
    NeuronDynamics initial = initial(neuron);
    out.writeByte(kind.ordinal());
    kind.form().write(initial, initial == neuron ? List.of() : neuron.parameters(), channels, out);
  }

  /**
   * Reads neurons.
   *
   * @return neurons that fire the same spikes as the layer's
   * @throws IOException if the bytes are damaged
   * @throws IllegalArgumentException if a number is out of range
   */
  public static NeuronDynamics read(NeuronSource in, int channels) throws IOException {
    return in.constant("kind of neuron", values()).form.read(in, channels);
  }

  /** Writes a count and that many numbers. */
  static void reals(double[] values, DataOutputStream out) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }
}
