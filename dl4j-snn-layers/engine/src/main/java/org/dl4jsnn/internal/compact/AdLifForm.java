package org.dl4jsnn.internal.compact;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.neuron.AdLifNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;

/** Adaptive neurons with feedback; with the numbers that a layer learned, if it did. */
final class AdLifForm implements NeuronKind.Form<AdLifNeuron> {

  @Override
  public Class<AdLifNeuron> type() {
    return AdLifNeuron.class;
  }

  @Override
  public boolean holdsLearned() {
    return true;
  }

  @Override
  public void write(
      AdLifNeuron neuron, List<NeuronParameter> learned, int channels, DataOutputStream out)
      throws IOException {
    out.writeByte(neuron.form().ordinal());
    out.writeDouble(neuron.threshold());
    out.writeDouble(neuron.scale());
    List<NeuronParameter> all = learned.isEmpty() ? neuron.parameters() : learned;
    for (NeuronParameter parameter : all.subList(1, all.size())) {
      boolean isOne = parameter.isOfLayer();
      NeuronKind.reals(
          isOne ? new double[] {parameter.mean()} : parameter.ofChannels(channels), out);
    }
  }

  @Override
  public NeuronDynamics read(NeuronSource in, int channels) throws IOException {
    AdLifNeuron.Form form = in.constant("form of an adLIF neuron", AdLifNeuron.Form.values());
    double threshold = in.real("threshold");
    double scale = in.real("adaptation scale");
    return new AdLifNeuron(
        form,
        threshold,
        reals(NeuronParameter.MEMBRANE_DECAY, in, channels),
        reals(NeuronParameter.ADAPTATION_DECAY, in, channels),
        reals(NeuronParameter.FEEDBACK, in, channels),
        reals(NeuronParameter.SPIKE_ADAPTATION, in, channels),
        scale);
  }

  private static List<Double> reals(String name, NeuronSource in, int channels) throws IOException {
    return Arrays.stream(in.realsOfChannels(name, channels)).boxed().toList();
  }
}
