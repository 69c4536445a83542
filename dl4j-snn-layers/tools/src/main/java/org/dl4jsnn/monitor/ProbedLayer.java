package org.dl4jsnn.monitor;

import java.util.stream.IntStream;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.internal.host.LearnedNeuron;
import org.dl4jsnn.internal.layer.LeakyReadOutLayer;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.walk.NetworkVisitor;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The recording of one layer. A read-out that never fires has no train; what has no neurons, no
 * flow; {@code neuron} is null for dynamics of another kind, and {@code followed} if no state was
 * followed.
 */
record ProbedLayer(
    int minibatch,
    int steps,
    SpikeTrain train,
    SpikingNeuron neuron,
    AccumulatedFlow flow,
    FollowedState followed) {

  /**
   * Records a part of a network that passed spikes on, or read them, and the state of the neurons
   * wanted: empty for all, null for none.
   */
  static ProbedLayer look(NetworkVisitor.Passage passage, int[] wanted) {
    if (passage.part().layer() instanceof LeakyReadOutLayer readOut) {
      SpikeTrain arriving = passage.arriving().orElseThrow();
      int count = readOut.synapse(arriving.shape()).outputShape().neurons();
      int[] neurons = chosen(wanted, FeatureShape.vector(count), passage.part().name());
      FollowedState followed = FollowedState.of(readOut, arriving, neurons);
      return new ProbedLayer(arriving.minibatch(), arriving.steps(), null, null, null, followed);
    }
    SpikeTrain train = passage.train().orElseThrow();
    if (!(passage.part().layer() instanceof SpikingLayer spiking)) {
      return new ProbedLayer(train.minibatch(), train.steps(), train, null, null, null);
    }
    return new ProbedLayer(
        train.minibatch(),
        train.steps(),
        train,
        LearnedNeuron.simplest(spiking.neuron()) instanceof SpikingNeuron simplest
            ? simplest
            : null,
        flow(spiking, train),
        wanted == null ? null : follow(spiking, passage, wanted));
  }

  private static FollowedState follow(
      SpikingLayer spiking, NetworkVisitor.Passage passage, int[] wanted) {
    SpikeTrain train = passage.train().orElseThrow();
    SimulatedWindow window = spiking.window(passage.arriving().orElseThrow(), train);
    return FollowedState.of(window, chosen(wanted, train.shape(), passage.part().name()));
  }

  /** The layer's flow, and what its neurons send one another: all spikes but the last step's. */
  private static AccumulatedFlow flow(SpikingLayer spiking, SpikeTrain train) {
    AccumulatedFlow flow = spiking.accumulatedFlow();
    if (!spiking.recurrence().isNone()) {
      INDArray arrived = flow.out().dup('c');
      SpikeEvents last = new SpikeEvents(train.shape());
      for (int sample = 0; sample < train.minibatch(); sample++) {
        train.read(sample, train.steps() - 1, last);
        for (int e = 0; e < last.size(); e++) {
          int neuron = last.neuron(e);
          arrived.putScalar(sample, neuron, arrived.getDouble(sample, neuron) - last.amplitude(e));
        }
      }
      spiking.recurrence().accumulate(arrived, flow.in());
    }
    return flow;
  }

  private static int[] chosen(int[] wanted, FeatureShape shape, String layer) {
    for (int neuron : wanted) {
      if (neuron >= shape.neurons()) {
        throw new IllegalArgumentException(
            "neuron of layer '%s' (%s) must be from 0 to %s, got %s"
                .formatted(layer, shape, shape.neurons() - 1, neuron));
      }
    }
    return wanted.length == 0 ? IntStream.range(0, shape.neurons()).toArray() : wanted;
  }
}
