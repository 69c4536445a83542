package org.dl4jsnn.internal.compact;

import java.io.DataOutputStream;
import java.util.List;
import org.dl4jsnn.neuron.GradedNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;

/** No neurons, hence no numbers. */
final class GradedForm implements NeuronKind.Form<GradedNeuron> {

  @Override
  public Class<GradedNeuron> type() {
    return GradedNeuron.class;
  }

  @Override
  public void write(
      GradedNeuron neuron, List<NeuronParameter> learned, int channels, DataOutputStream out) {
    // nothing to write
  }

  @Override
  public NeuronDynamics read(NeuronSource in, int channels) {
    return new GradedNeuron();
  }
}
