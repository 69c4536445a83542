package org.dl4jsnn.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.layer.FanOut;
import org.dl4jsnn.internal.spike.RepeatedSpikeTrain;
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
 *
 * <pre>{@code
 * for (SynapticOperations.OfLayer layer : SynapticOperations.count(network, features)) {
 *   double additions = layer.additions(); // per sample
 * }
 * }</pre>
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
    Map<Integer, FanOuts> kept = new HashMap<>();
    double additions = additions(passage, kept);
    FanOuts fanOuts = kept.get(part.place());
    if (fanOuts == null || !fanOuts.isWeighted()) {
      return Optional.empty();
    }
    SpikeTrain input = passage.arriving().orElseThrow();
    double all = DoubleStream.of(fanOuts.inputs).sum();
    return Optional.of(
        new OfLayer(
            part.name(),
            additions / input.minibatch(),
            all + DoubleStream.of(fanOuts.recurrent).sum(),
            RepeatedSpikeTrain.spikesOf(input).isEmpty() ? all : 0));
  }

  /**
   * The additions of a pass of a part, of all its samples together; 0 if no spikes arrived.
   *
   * @param kept fan-outs by place, taken from there or put there
   */
  static double additions(NetworkVisitor.Passage passage, Map<Integer, FanOuts> kept) {
    NetworkPart part = passage.part();
    if (!part.isCharged() || passage.arriving().isEmpty()) {
      return 0;
    }
    SpikeTrain input = passage.arriving().get();
    SpikeTrain output = passage.train().orElseThrow();
    FanOuts fanOuts = kept.computeIfAbsent(part.place(), place -> FanOuts.of(part, input, output));
    double additions = 0;
    Optional<SpikeTrain> spikes = RepeatedSpikeTrain.spikesOf(input);
    if (fanOuts.isWeighted() && spikes.isPresent()) {
      additions += additions(spikes.get(), fanOuts.inputs, input.isConstant());
    }
    if (fanOuts.isWeighted() && fanOuts.recurrent[0] > 0) {
      additions += additions(output, fanOuts.recurrent, false);
    }
    return additions;
  }

  /** How many neurons each input of a part reaches, and each of its neurons; none unweighted. */
  record FanOuts(double[] inputs, double[] recurrent) {

    static FanOuts of(NetworkPart part, SpikeTrain input, SpikeTrain output) {
      BaseSpikingLayer layer = (BaseSpikingLayer) part.configuration();
      Map<String, INDArray> parameters = part.layer().paramTable();
      if (!layer.synapse(input.shape(), parameters).isWeighted()) {
        return new FanOuts(new double[0], new double[0]);
      }
      double[] recurrent = new double[output.shape().neurons()];
      Arrays.fill(recurrent, layer.recurrence(parameters).fanOut(recurrent.length));
      return new FanOuts(FanOut.of(input.shape(), parameters, layer::synapse), recurrent);
    }

    boolean isWeighted() {
      return inputs.length > 0;
    }
  }

  /** One addition per event and neuron that it reaches; of counts, as many as were counted. */
  static double additions(SpikeTrain input, double[] reached, boolean isCount) {
    SpikeEvents events = new SpikeEvents(input.shape());
    double additions = 0;
    for (int sample = 0; sample < input.minibatch(); sample++) {
      for (int step = 0; step < input.steps(); step++) {
        input.read(sample, step, events);
        for (int e = 0; e < events.size(); e++) {
          double spikes = isCount ? Math.abs(events.amplitude(e)) : 1;
          additions += spikes * reached[input.shape().arrayIndex(events.neuron(e))];
        }
      }
    }
    return additions;
  }
}
