package org.dl4jsnn.internal.compact;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.neuron.AdLifNeuron;
import org.dl4jsnn.neuron.IntegerAdLifNeuron;
import org.dl4jsnn.neuron.NeuronParameter;

/** Adaptive neurons with feedback, in whole numbers. */
final class IntegerAdLifForm implements NeuronKind.Form<IntegerAdLifNeuron> {

  @Override
  public Class<IntegerAdLifNeuron> type() {
    return IntegerAdLifNeuron.class;
  }

  @Override
  public void write(
      IntegerAdLifNeuron neuron, List<NeuronParameter> learned, int channels, DataOutputStream out)
      throws IOException {
    out.writeByte(neuron.form().ordinal());
    for (int[] numbers : neuron.numbers()) {
      IntegerForm.integers(numbers, out);
    }
  }

  @Override
  public IntegerAdLifNeuron read(NeuronSource in, int channels) throws IOException {
    AdLifNeuron.Form form = in.constant("form of an adLIF neuron", AdLifNeuron.Form.values());
    List<int[]> numbers = new ArrayList<>();
    for (String name :
        List.of(
            "thresholds", "membrane decays", "adaptation decays", "feedback", "spike adaptation")) {
      numbers.add(in.integersOfChannels(name, channels));
    }
    return new IntegerAdLifNeuron(
        form, numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3), numbers.get(4));
  }
}
