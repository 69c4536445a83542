package org.dl4jsnn.monitor;

import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.internal.host.LearnedNeuron;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.internal.walk.NetworkVisitor;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.dl4jsnn.synapse.StepCharge;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The recording of one layer.
 *
 * @param train its spikes
 * @param neuron the dynamics of its neurons; null if it has none, or custom dynamics
 * @param flow its accumulated flow; null if it has no neurons
 * @param neurons the neurons whose membranes were followed, in the order of arrays
 * @param membranes their membrane potentials, [minibatch][neurons][T]; null if none were followed
 */
record ProbedLayer(
    SpikeTrain train,
    SpikingNeuron neuron,
    AccumulatedFlow flow,
    int[] neurons,
    float[][][] membranes) {

  private static final int MEMBRANE = 0;

  /**
   * Records a part of a network that passed spikes on.
   *
   * @param passage its pass
   * @param wanted neurons whose membranes to follow; empty for all, null for no membranes
   */
  static ProbedLayer look(NetworkVisitor.Passage passage, int[] wanted) {
    SpikeTrain train = passage.train().orElseThrow();
    if (!(passage.part().layer() instanceof SpikingLayer spiking)) {
      return new ProbedLayer(train, null, null, new int[0], null);
    }
    NeuronDynamics learned = spiking.neurons();
    SpikingNeuron neuron =
        LearnedNeuron.simplest(learned) instanceof SpikingNeuron simplest ? simplest : null;
    if (wanted == null) {
      return new ProbedLayer(train, neuron, flow(spiking, train), new int[0], null);
    }
    int[] neurons = chosen(wanted, train.shape(), passage.part().name());
    SpikeTrain input = passage.arriving().orElseThrow();
    SimulatedWindow window =
        new SimulatedWindow(
            spiking.synapse(), spiking.recurrence(), learned, NeuronState.atRest(), input, train);
    return new ProbedLayer(train, neuron, flow(spiking, train), neurons, follow(window, neurons));
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
            "neuron of layer '"
                + layer
                + "' ("
                + shape
                + ") must be from 0 to "
                + (shape.neurons() - 1)
                + ", got "
                + neuron);
      }
    }
    return wanted.length == 0 ? IntStream.range(0, shape.neurons()).toArray() : wanted;
  }

  private static float[][][] follow(SimulatedWindow window, int[] neurons) {
    SpikeTrain output = window.output();
    float[][][] membranes = new float[output.minibatch()][neurons.length][output.steps()];
    int[] places = IntStream.of(neurons).map(output.shape()::neuronIndex).toArray();
    Supplier<StepCharge> charges = MembraneReplay.charges(window.synapse());
    Supplier<IntConsumer> newTask =
        () -> {
          MembraneReplay replay = new MembraneReplay(window, charges.get());
          return sample ->
              replay.run(
                  sample,
                  0,
                  output.steps(),
                  replay.start(sample),
                  (step, followed) -> {
                    float[] membrane = followed.variable(MEMBRANE);
                    for (int row = 0; row < places.length; row++) {
                      membranes[sample][row][step] = membrane[places[row]];
                    }
                  });
        };
    ParallelSamples.run(output.minibatch(), newTask);
    return membranes;
  }
}
