package org.dl4jsnn.monitor;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.internal.walk.NetworkVisitor.Passage;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How {@link SpatioTemporalBackprop} goes back through a layer, and what that costs: by events,
 * work grows with the share of active pairs.
 *
 * @param layer the layer's name
 * @param byEvents whether the gradient is computed event by event (equation 87 of
 *     docs/mathematics.md) and not densely
 * @param share of all pairs of neuron and time step, those whose membrane potential is so near the
 *     threshold that the surrogate gradient is not 0; 1 for a surrogate with tails
 */
public record ActivePairs(String layer, boolean byEvents, double share) {

  /**
   * Looks at one inference pass.
   *
   * @param network a MultiLayerNetwork or ComputationGraph, which is not being trained at the same
   *     time
   * @param features one minibatch per network input
   * @return one entry per spiking layer that learns by that rule, in the order of the network
   * @throws IllegalArgumentException if the network is of another type
   */
  public static List<ActivePairs> of(NeuralNetwork network, INDArray... features) {
    List<ActivePairs> layers = new ArrayList<>();
    NetworkWalk.of(network)
        .run(
            features,
            false,
            passage -> {
              if (passage.part().hasNeurons()
                  && passage.part().layer() instanceof SpikingLayer spiking
                  && spiking.settings().backprop() instanceof SpatioTemporalBackprop rule) {
                layers.add(of(passage, spiking, rule));
              }
            });
    return layers;
  }

  private static ActivePairs of(
      Passage passage, SpikingLayer spiking, SpatioTemporalBackprop rule) {
    SimulatedWindow window =
        spiking.window(passage.arriving().orElseThrow(), passage.train().orElseThrow());
    double reach = rule.surrogate(window.neuron().threshold()).reach();
    double share = Double.isInfinite(reach) ? 1 : share(window, reach);
    boolean byEvents = rule.goesByEvents(window, passage.outcome().dataType());
    return new ActivePairs(passage.part().name(), byEvents, share);
  }

  private static double share(SimulatedWindow window, double reach) {
    SpikeTrain output = window.output();
    long[] active = new long[output.minibatch()];
    Charges charges = MembraneReplay.charges(window.synapse());
    ParallelSamples.run(
        active.length,
        () -> {
          MembraneReplay replay = new MembraneReplay(window, charges.get());
          float[] membrane = new float[output.shape().neurons()];
          float[] threshold = new float[membrane.length];
          return sample ->
              replay.run(
                  sample,
                  0,
                  output.steps(),
                  replay.start(sample),
                  (step, neurons) -> {
                    window.neuron().compare(neurons, membrane, threshold);
                    for (int i = 0; i < membrane.length; i++) {
                      active[sample] += Math.abs(membrane[i] - threshold[i]) < reach ? 1 : 0;
                    }
                  });
        });
    double sum = 0;
    for (long ofSample : active) {
      sum += ofSample;
    }
    return sum / ((double) active.length * output.steps() * output.shape().neurons());
  }
}
