package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The textbook simulation, step by step with whole arrays: slow, plain, and independent of the
 * event-driven engine.
 */
final class DenseReference {

  private DenseReference() {}

  /** The spikes of every step, [minibatch, …] each. */
  static INDArray[] simulate(Synapse synapse, SpikingNeuron neuron, SpikeTrain input) {
    INDArray membrane =
        Nd4j.create(synapse.outputShape().arrayShape(input.minibatch()))
            .addi(neuron.initialMembrane());
    INDArray[] spikes = new INDArray[input.steps()];
    for (int step = 0; step < spikes.length; step++) {
      INDArray current = Nd4j.create(membrane.shape());
      synapse.current(frame(input, step), 1, current);
      membrane.addi(current);
      INDArray fired = membrane.gt((float) neuron.threshold()).castTo(membrane.dataType());
      if (neuron.reset().isSubtractive()) {
        membrane.subi(fired.mul((float) neuron.threshold()));
      } else {
        membrane.muli(fired.rsub(1)).addi(fired.mul((float) neuron.reset().value()));
      }
      membrane.muli((float) neuron.leak());
      spikes[step] = fired;
    }
    return spikes;
  }

  /** The amplitudes of one step as an array. */
  static INDArray frame(SpikeTrain train, int step) {
    int neurons = train.shape().neurons();
    float[] frame = new float[train.minibatch() * neurons];
    SpikeEvents events = new SpikeEvents(train.shape());
    for (int sample = 0; sample < train.minibatch(); sample++) {
      train.read(sample, step, events);
      for (int e = 0; e < events.size(); e++) {
        int neuron = train.shape().arrayIndex(events.neuron(e));
        frame[sample * neurons + neuron] = events.amplitude(e);
      }
    }
    return Nd4j.create(frame, train.shape().arrayShape(train.minibatch()), 'c');
  }
}
