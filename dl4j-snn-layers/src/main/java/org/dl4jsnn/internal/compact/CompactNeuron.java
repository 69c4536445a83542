package org.dl4jsnn.internal.compact;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.host.LearnedNeuron;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.IntegerSynapticNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.nir.dialect.DialectNeuron;

/**
 * Neurons with the parameters of a {@link SpikingNeuron}: one of four kinds, with its numbers and
 * learned parameters, if any.
 *
 * @param kind the kind
 * @param membrane threshold, leak, reset and initial membrane
 * @param first the first number of the kind: synaptic decay, adaptation strength, refractory steps;
 *     0 for none
 * @param second the second number of the kind: adaptation decay; 0 for none
 * @param learned one value, or one per channel, for every parameter of the kind; empty if nothing
 *     was learned
 */
public record CompactNeuron(
    Kind kind, SpikingNeuron membrane, double first, double second, List<double[]> learned) {

  /** Built-in kinds of neurons; files hold their ordinals. */
  public enum Kind {
    /** (Leaky) integrate-and-fire. */
    SPIKING,
    /** With a synaptic current. */
    SYNAPTIC,
    /** With an adaptive threshold. */
    ADAPTIVE,
    /** With a refractory period. */
    REFRACTORY,
    /** With integers; an {@link IntegerNeuron}, which this record does not hold. */
    INTEGER,
    /** From another program; a {@link DialectNeuron}, which this record does not hold. */
    DIALECT,
    /** With integers; an {@link IntegerSynapticNeuron}, which this record does not hold. */
    INTEGER_SYNAPTIC
  }

  /**
   * Refuses neurons that no model file can hold.
   *
   * @param dynamics the dynamics of the neurons
   * @param channels channels of the layer
   * @return the neurons
   * @throws IllegalArgumentException if they are of another kind
   */
  public static NeuronDynamics requireKnown(NeuronDynamics dynamics, int channels) {
    boolean isKnown =
        dynamics instanceof IntegerNeuron
            || dynamics instanceof IntegerSynapticNeuron
            || dynamics instanceof DialectNeuron;
    if (!isKnown) {
      of(dynamics, channels);
    }
    return dynamics;
  }

  /**
   * The form of a neuron.
   *
   * @param dynamics a neuron of these kinds, or one with learned parameters
   * @param channels channels of the layer
   * @return its form
   * @throws IllegalArgumentException if it is of another kind
   */
  public static CompactNeuron of(NeuronDynamics dynamics, int channels) {
    if (dynamics instanceof LearnedNeuron neuron) {
      List<double[]> values = new ArrayList<>();
      for (NeuronParameter parameter : neuron.parameters()) {
        values.add(
            parameter.isOfLayer()
                ? new double[] {parameter.mean()}
                : parameter.ofChannels(channels));
      }
      CompactNeuron initial = of(neuron.initial(), channels);
      return new CompactNeuron(
          initial.kind, initial.membrane, initial.first, initial.second, List.copyOf(values));
    }
    if (dynamics instanceof SpikingNeuron neuron) {
      return new CompactNeuron(Kind.SPIKING, neuron, 0, 0, List.of());
    }
    if (dynamics instanceof SynapticNeuron neuron) {
      return new CompactNeuron(
          Kind.SYNAPTIC, neuron.membrane(), neuron.synapticDecay(), 0, List.of());
    }
    if (dynamics instanceof AdaptiveNeuron neuron) {
      return new CompactNeuron(
          Kind.ADAPTIVE,
          neuron.membrane(),
          neuron.adaptationStrength(),
          neuron.adaptationDecay(),
          List.of());
    }
    if (dynamics instanceof RefractoryNeuron neuron) {
      return new CompactNeuron(
          Kind.REFRACTORY, neuron.membrane(), neuron.refractorySteps(), 0, List.of());
    }
    throw new IllegalArgumentException(
        "neurons must be integrate-and-fire, synaptic, adaptive, refractory, integer or of a "
            + "dialect, got "
            + dynamics.getClass().getSimpleName()
            + " ("
            + dynamics
            + ")");
  }

  /**
   * The initial neuron of a layer.
   *
   * @return the neuron without learned parameters
   * @throws IllegalArgumentException if a number is out of range
   */
  public DifferentiableDynamics initial() {
    return switch (kind) {
      case SPIKING -> membrane;
      case SYNAPTIC -> new SynapticNeuron(membrane, first);
      case ADAPTIVE -> new AdaptiveNeuron(membrane, first, second);
      case REFRACTORY -> new RefractoryNeuron(membrane, steps());
      case INTEGER, DIALECT, INTEGER_SYNAPTIC ->
          throw new IllegalArgumentException("neurons with a membrane must be of another kind");
    };
  }

  private int steps() {
    if (first != Math.rint(first) || Math.abs(first) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("refractory steps must be a whole number, got " + first);
    }
    return (int) first;
  }

  /**
   * The neuron.
   *
   * @return a neuron that fires the same spikes as the layer's
   * @throws IllegalArgumentException if a number is out of range
   */
  public NeuronDynamics dynamics() {
    DifferentiableDynamics initial = initial();
    if (learned.isEmpty()) {
      return initial;
    }
    List<NeuronParameter> parameters = new ArrayList<>();
    for (int p = 0; p < learned.size(); p++) {
      String name = initial.parameters().get(p).name();
      parameters.add(NeuronParameter.ofChannels(name, learned.get(p)));
    }
    return LearnedNeuron.simplest(new LearnedNeuron(initial, parameters));
  }
}
