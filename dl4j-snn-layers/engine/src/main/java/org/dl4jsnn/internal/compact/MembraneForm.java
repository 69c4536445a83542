package org.dl4jsnn.internal.compact;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.host.LearnedNeuron;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;

/**
 * Neurons with the membrane of a {@link SpikingNeuron} and up to two numbers of their own, with one
 * value, or one per channel, for every parameter if a layer learned them.
 *
 * @param membrane threshold, leak, reset and initial membrane
 * @param first the first number; 0 for none
 * @param second the second number; 0 for none
 * @param maker makes a neuron of its membrane and numbers
 */
record MembraneForm<N extends DifferentiableDynamics>(
    Class<N> type,
    Function<N, SpikingNeuron> membrane,
    ToDoubleFunction<N> first,
    ToDoubleFunction<N> second,
    Maker<N> maker)
    implements NeuronKind.Form<N> {

  /** Makes a neuron. */
  interface Maker<N> {
    N make(SpikingNeuron membrane, double first, double second);
  }

  @Override
  public boolean holdsLearned() {
    return true;
  }

  @Override
  public void write(N neuron, List<NeuronParameter> learned, int channels, DataOutputStream out)
      throws IOException {
    SpikingNeuron spiking = membrane.apply(neuron);
    out.writeDouble(spiking.threshold());
    out.writeDouble(spiking.leak());
    out.writeBoolean(spiking.reset().isSubtractive());
    out.writeDouble(spiking.reset().value());
    out.writeDouble(spiking.initialMembrane());
    out.writeDouble(first.applyAsDouble(neuron));
    out.writeDouble(second.applyAsDouble(neuron));
    out.writeByte(learned.size());
    for (NeuronParameter parameter : learned) {
      boolean isOne = parameter.isOfLayer();
      NeuronKind.reals(
          isOne ? new double[] {parameter.mean()} : parameter.ofChannels(channels), out);
    }
  }

  @Override
  public NeuronDynamics read(NeuronSource in, int channels) throws IOException {
    double threshold = in.real("threshold");
    double leak = in.real("leak");
    boolean subtractive = in.flag("whether spikes subtract the threshold");
    double resetValue = in.real("reset value");
    double initialMembrane = in.real("initial membrane");
    Reset reset = subtractive ? Reset.bySubtraction() : Reset.to(resetValue);
    Require.not(
        subtractive && resetValue != 0,
        "reset value must be 0 with reset by subtraction, got %s",
        resetValue);
    SpikingNeuron spiking = new SpikingNeuron(threshold, leak, reset, initialMembrane);
    N initial =
        maker.make(
            spiking, in.real("first number of the kind"), in.real("second number of the kind"));
    return learned(initial, in, channels);
  }

  private static NeuronDynamics learned(
      DifferentiableDynamics initial, NeuronSource in, int channels) throws IOException {
    List<NeuronParameter> parameters = initial.parameters();
    int count = in.small("learned parameters", 0, parameters.size());
    if (count == 0) {
      return initial;
    }
    Require.not(
        count != parameters.size(),
        "learned parameters must be none or %s, got %s",
        parameters.size(),
        count);
    List<NeuronParameter> learned = new ArrayList<>();
    for (NeuronParameter parameter : parameters) {
      double[] values = in.realsOfChannels("a learned parameter", channels);
      learned.add(NeuronParameter.ofChannels(parameter.name(), values));
    }
    return LearnedNeuron.simplest(new LearnedNeuron(initial, learned));
  }

  /** A whole number. */
  static int whole(String name, double value) {
    Require.not(
        value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE,
        "%s must be a whole number, got %s",
        name,
        value);
    return (int) value;
  }
}
