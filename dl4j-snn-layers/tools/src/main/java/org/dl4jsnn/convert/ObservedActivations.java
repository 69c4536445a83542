package org.dl4jsnn.convert;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The activations of a network's layers for a minibatch. */
final class ObservedActivations {

  private static final int IMAGE_AXES = 4;

  private final NetworkWalk walk;
  private final boolean channelsLast;

  /** If {@code channelsLast}, images are [minibatch, height, width, channels]. */
  ObservedActivations(NeuralNetwork network, boolean channelsLast) {
    this.walk = NetworkWalk.of(network);
    this.channelsLast = channelsLast;
  }

  /** The names of the stages behind layers of neurons. */
  static Set<String> stagesOf(List<NeuronGroup> groups) {
    return groups.stream().map(group -> group.stage().name()).collect(Collectors.toSet());
  }

  /** The activations of layers and vertices, as [minibatch, channels, height, width]. */
  Map<String, float[]> of(INDArray features, Set<String> names) {
    Map<String, float[]> seen = new HashMap<>();
    walk.run(
        new INDArray[] {features},
        false,
        passage -> {
          if (names.contains(passage.part().name())) {
            seen.put(passage.part().name(), HostArrays.floats(channelsFirst(passage.outcome())));
          }
        });
    return seen;
  }

  private INDArray channelsFirst(INDArray activation) {
    return channelsLast && activation.rank() == IMAGE_AXES
        ? activation.permute(0, 3, 1, 2)
        : activation;
  }
}
