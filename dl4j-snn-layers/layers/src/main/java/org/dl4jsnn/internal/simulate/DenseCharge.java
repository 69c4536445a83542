package org.dl4jsnn.internal.simulate;

import java.util.Arrays;
import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The charge of synapses that only map whole arrays: one small operation per step. */
final class DenseCharge implements StepCharge {

  private final Synapse synapse;
  private final FeatureShape output;
  private final float[] amplitudes;

  DenseCharge(Synapse synapse) {
    this.synapse = synapse;
    this.output = synapse.outputShape();
    this.amplitudes = new float[synapse.inputShape().neurons()];
  }

  @Override
  @SuppressWarnings("try") // the scope is entered and left, not read
  public void charge(SpikeEvents events, float[] membrane) {
    FeatureShape input = synapse.inputShape();
    Arrays.fill(amplitudes, 0);
    for (int e = 0; e < events.size(); e++) {
      amplitudes[input.arrayIndex(events.neuron(e))] = events.amplitude(e);
    }
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray flow = Nd4j.createUninitialized(synapse.dataType(), input.arrayShape(1), 'c');
        INDArray current =
            Nd4j.createUninitialized(synapse.dataType(), output.arrayShape(1), 'c')) {
      HostArrays.copy(amplitudes, flow);
      synapse.current(flow, 1, current);
      float[] currents = HostArrays.floats(current);
      for (int neuron = 0; neuron < membrane.length; neuron++) {
        membrane[neuron] += currents[output.arrayIndex(neuron)];
      }
    }
  }
}
