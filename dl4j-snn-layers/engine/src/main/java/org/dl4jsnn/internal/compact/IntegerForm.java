package org.dl4jsnn.internal.compact;

import java.io.DataOutputStream;
import java.io.IOException;
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
 * @param decays synaptic decays; null for none
 * @param maker makes a neuron of its membrane and decays
 */
record IntegerForm<N extends NeuronDynamics>(
    Class<N> type,
    Function<N, IntegerNeuron> membrane,
    Function<N, int[]> decays,
    BiFunction<IntegerNeuron, int[], N> maker)
    implements NeuronKind.Form<N> {

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
    if (decays != null) {
      integers(decays.apply(neuron), out);
    }
  }

  private static void integers(int[] values, DataOutputStream out) throws IOException {
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
    return maker.apply(
        whole, decays == null ? null : in.integersOfChannels("synaptic decays", channels));
  }
}
