package org.dl4jsnn.internal.compact;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.linear.Charging;
import org.dl4jsnn.neuron.linear.Firing;
import org.dl4jsnn.neuron.linear.Integration;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.neuron.linear.LinearStep;
import org.dl4jsnn.neuron.linear.MembraneReset;

/** Neurons that are linear between spikes. */
final class LinearForm implements NeuronKind.Form<LinearNeuron> {

  @Override
  public Class<LinearNeuron> type() {
    return LinearNeuron.class;
  }

  @Override
  public void write(
      LinearNeuron neuron, List<NeuronParameter> learned, int channels, DataOutputStream out)
      throws IOException {
    Charging charging = neuron.charging();
    step(charging.membrane(), out);
    out.writeBoolean(charging.synapse() != null);
    if (charging.synapse() != null) {
      step(charging.synapse(), out);
      reals(charging.seen(), out);
    }
    out.writeByte(neuron.firing().ordinal());
    reals(neuron.thresholds(), out);
    out.writeByte(neuron.reset().ordinal());
    reals(neuron.resetValue(), out);
  }

  private static void step(LinearStep step, DataOutputStream out) throws IOException {
    out.writeByte(step.integration().ordinal());
    reals(step.gain(), out);
    reals(step.decay(), out);
    reals(step.rest(), out);
    reals(step.initial(), out);
  }

  private static void reals(List<Double> values, DataOutputStream out) throws IOException {
    NeuronKind.reals(values.stream().mapToDouble(Double::doubleValue).toArray(), out);
  }

  @Override
  public NeuronDynamics read(NeuronSource in, int channels) throws IOException {
    LinearStep membrane = step("membrane", in, channels);
    boolean hasSynapse = in.flag("whether there is a synaptic current");
    LinearStep synapse = hasSynapse ? step("synaptic current", in, channels) : null;
    List<Double> seen = hasSynapse ? reals("shares seen", in, channels) : null;
    Firing firing = in.constant("when a neuron fires", Firing.values());
    List<Double> thresholds = reals("thresholds", in, channels);
    MembraneReset reset = in.constant("reset", MembraneReset.values());
    return new LinearNeuron(
        new Charging(synapse, seen, membrane),
        firing,
        thresholds,
        reset,
        reals("reset values", in, channels));
  }

  private static LinearStep step(String name, NeuronSource in, int channels) throws IOException {
    return new LinearStep(
        in.constant("integration of the " + name, Integration.values()),
        reals("gains of the " + name, in, channels),
        reals("shares of the " + name, in, channels),
        reals("rests of the " + name, in, channels),
        reals("what the " + name + " begins with", in, 1));
  }

  private static List<Double> reals(String name, NeuronSource in, int channels) throws IOException {
    return Arrays.stream(in.realsOfChannels(name, channels)).boxed().toList();
  }
}
