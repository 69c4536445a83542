package org.dl4jsnn.internal.compact;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;

/**
 * Neurons with the membrane of an {@link IntegerNeuron}.
 *
 * @param membrane thresholds, leaks, reset and initial membranes
 * @param more what the neuron has beside its membrane: numbers of all channels, or of each
 * @param maker makes a neuron of its membrane and these numbers
 */
record IntegerForm<N extends NeuronDynamics>(
    Class<N> type,
    Function<N, IntegerNeuron> membrane,
    List<Numbers<N>> more,
    BiFunction<IntegerNeuron, List<int[]>, N> maker)
    implements NeuronKind.Form<N> {

  /** Numbers by the name that messages give them. */
  record Numbers<N>(String name, Function<N, int[]> of) {}

  /** Bits of a byte: there is a floor; channels without leak stay exact beside others. */
  private static final int FLOOR = 1;

  private static final int EXACT = 2;

  private static final int VERSION_OF_EXACT = 4;

  @Override
  public int version(N neuron) {
    return membrane.apply(neuron).isExactWithoutLeak() ? VERSION_OF_EXACT : 1;
  }

  @Override
  public void write(N neuron, List<NeuronParameter> learned, int channels, DataOutputStream out)
      throws IOException {
    IntegerNeuron whole = membrane.apply(neuron);
    out.writeBoolean(whole.isSubtractive());
    out.writeByte((whole.isFloored() ? FLOOR : 0) + (whole.isExactWithoutLeak() ? EXACT : 0));
    integers(whole.thresholds(), out);
    integers(whole.leaks(), out);
    integers(whole.resetValues(), out);
    integers(whole.initialMembranes(), out);
    for (Numbers<N> numbers : more) {
      integers(numbers.of().apply(neuron), out);
    }
  }

  static void integers(int[] values, DataOutputStream out) throws IOException {
    out.writeInt(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  @Override
  public NeuronDynamics read(NeuronSource in, int channels) throws IOException {
    boolean subtractive = in.flag("whether spikes subtract the threshold");
    int flags = in.small("floor and rounding of integer neurons", 0, FLOOR + EXACT);
    int[] thresholds = in.integersOfChannels("thresholds", channels);
    int[] leaks = in.integersOfChannels("leaks", channels);
    int[] resetValues = in.integersOfChannels("reset values", channels);
    int[] initial = in.integersOfChannels("initial membranes", channels);
    IntegerNeuron neuron =
        new IntegerNeuron(
            thresholds, leaks, subtractive, resetValues, initial, (flags & FLOOR) != 0);
    IntegerNeuron whole = (flags & EXACT) != 0 ? neuron : neuron.roundedWithoutLeak();
    List<int[]> numbers = new ArrayList<>();
    for (Numbers<N> each : more) {
      numbers.add(in.integersOfChannels(each.name(), channels));
    }
    return maker.apply(whole, numbers);
  }
}
