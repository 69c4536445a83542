package org.dl4jsnn.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.layer.FanOut;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkVisitor;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Counts the operations of a network's weighted layers per sample: every arriving spike adds one
 * weight to each neuron that it reaches. In a recurrent layer, so does every fired spike, one step
 * later.
 */
public final class SynapticOperations {

  private SynapticOperations() {}

  /**
   * The operations of a layer for one sample, on average.
   *
   * @param layer the layer's name
   * @param additions weights added over the whole window, one per spike and neuron that it reaches;
   *     those of a recurrent layer's own last step included, which arrive in the next piece of a
   *     stream
   * @param multiplyAdds multiply-adds of the same layer without spikes
   * @param constantMultiplyAdds multiply-adds of a constant current, which is multiplied by the
   *     weights once per window; 0 for spikes
   */
  public record OfLayer(
      String layer, double additions, double multiplyAdds, double constantMultiplyAdds) {

    /** {@return whether the input is a constant current; false for spikes} */
    public boolean constantInput() {
      return constantMultiplyAdds > 0;
    }
  }

  /**
   * Counts in one inference pass.
   *
   * @param network a MultiLayerNetwork or ComputationGraph that is not being trained at the same
   *     time
   * @param features one minibatch per network input
   * @return the weighted spiking layers, in the order in which the network runs
   * @throws IllegalArgumentException if the network is of another type, or the number of feature
   *     arrays differs from the number of inputs
   */
  public static List<OfLayer> count(NeuralNetwork network, INDArray... features) {
    List<OfLayer> counts = new ArrayList<>();
    NetworkWalk.of(network).run(features, false, passage -> count(passage).ifPresent(counts::add));
    return counts;
  }

  private static Optional<OfLayer> count(NetworkVisitor.Passage passage) {
    NetworkPart part = passage.part();
    if (!part.hasNeurons()) {
      return Optional.empty();
    }
    BaseSpikingLayer layer = (BaseSpikingLayer) part.configuration();
    SpikeTrain input = passage.arriving().orElseThrow();
    Map<String, INDArray> parameters = part.layer().paramTable();
    return layer.synapse(input.shape(), parameters).isWeighted()
        ? Optional.of(count(part.name(), layer, parameters, input, passage.train().orElseThrow()))
        : Optional.empty();
  }

  private static OfLayer count(
      String name,
      BaseSpikingLayer layer,
      Map<String, INDArray> parameters,
      SpikeTrain input,
      SpikeTrain output) {
    double[] reached = FanOut.of(input.shape(), parameters, layer::synapse);
    double all = 0;
    for (double ofInput : reached) {
      all += ofInput;
    }
    double constant = input.isConstant() ? all : 0;
    int neurons = output.shape().neurons();
    double[] recurrent = new double[neurons];
    Arrays.fill(recurrent, layer.recurrence(parameters).fanOut(neurons));
    all += neurons * recurrent[0];
    double additions = input.isConstant() ? 0 : additions(input, reached);
    if (recurrent[0] > 0) {
      additions += additions(output, recurrent);
    }
    return new OfLayer(name, additions, all, constant);
  }

  private static double additions(SpikeTrain input, double[] reached) {
    SpikeEvents events = new SpikeEvents(input.shape());
    double additions = 0;
    for (int sample = 0; sample < input.minibatch(); sample++) {
      for (int step = 0; step < input.steps(); step++) {
        input.read(sample, step, events);
        for (int e = 0; e < events.size(); e++) {
          additions += reached[input.shape().arrayIndex(events.neuron(e))];
        }
      }
    }
    return additions / input.minibatch();
  }
}
