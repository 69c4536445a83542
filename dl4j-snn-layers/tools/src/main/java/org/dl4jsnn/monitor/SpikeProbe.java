package org.dl4jsnn.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.layer.LeakyReadOutLayer;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Watches chosen layers of a network during one inference pass: their spikes, accumulated flows
 * and, for chosen neurons, membrane potentials.
 *
 * <pre>{@code
 * SpikeRecording seen =
 *     SpikeProbe.of(network).layer("conv1").membranes("dense", 3, 17).record(features);
 * float[] u = seen.membrane("dense", 17);
 * float[] a = seen.variable("dense", "adaptation", 0, 17); // of an AdaptiveNeuron
 * }</pre>
 *
 * <p>Unwatched layers run as in {@code network.output}. For a watched layer one dense operation
 * computes the accumulated input, and membranes come from a replay of the layer over its spikes
 * ({@link org.dl4jsnn.internal.simulate.MembraneReplay}), whichever engine simulated it.
 *
 * <p>Memory per watched layer, for each neuron and sample: T/8 bytes for spikes and two numbers for
 * flows; for each followed neuron and sample, 4·T bytes more per state variable, and 4·T where its
 * threshold changes. The spikes of other layers are released as soon as the next layer has read
 * them. Immutable.
 */
public final class SpikeProbe {

  /** All neurons of a layer. */
  private static final int[] ALL = {};

  private final NeuralNetwork network;

  /** The watched layers, and their neurons whose membranes are followed. */
  private final Map<String, int[]> membranes;

  private final List<String> watched;

  private SpikeProbe(NeuralNetwork network, List<String> watched, Map<String, int[]> membranes) {
    this.network = network;
    this.watched = watched;
    this.membranes = membranes;
  }

  /**
   * {@return a probe that watches nothing yet}
   *
   * @param network an initialised MultiLayerNetwork or ComputationGraph
   * @throws IllegalArgumentException if it is of another type, or not initialised
   */
  public static SpikeProbe of(NeuralNetwork network) {
    NetworkWalk.of(network); // refuses other types
    return new SpikeProbe(network, List.of(), Map.of());
  }

  /**
   * {@return the same probe, also watching one more layer}
   *
   * @param name the layer's name; in a graph the vertex's
   * @throws IllegalArgumentException if no layer that passes spikes on has this name; the message
   *     lists those that exist
   */
  public SpikeProbe layer(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException(
          "layer must be one of " + String.join(", ", names()) + ", got " + name);
    }
    return watching(name);
  }

  private SpikeProbe watching(String name) {
    List<String> more = new ArrayList<>(watched);
    if (!more.contains(name)) {
      more.add(name);
    }
    return new SpikeProbe(network, more, membranes);
  }

  private Optional<NetworkPart> part(String name) {
    return NetworkWalk.of(network).parts().stream()
        .filter(part -> part.name().equals(name))
        .findFirst();
  }

  private boolean isReadOut(String name) {
    return part(name).filter(part -> part.layer() instanceof LeakyReadOutLayer).isPresent();
  }

  /**
   * {@return the same probe, watching all layers that pass spikes on and, in a graph, the vertices
   * that combine spikes} Layers that pass on currents or numbers of spikes are left out.
   */
  public SpikeProbe allLayers() {
    NetworkWalk walk = NetworkWalk.of(network);
    BitSet amounts = walk.amounts();
    return new SpikeProbe(network, names(walk, part -> !amounts.get(part.place())), membranes);
  }

  /**
   * {@return the same probe, also watching a layer and the state of some of its neurons: membrane
   * potentials, thresholds and all other state variables}
   *
   * @param name the name of a layer of neurons, built-in or custom, or of a {@code LeakyReadOut};
   *     not of an encoding, dropout or max pooling
   * @param neurons indices in the order of arrays, (channel · height + y) · width + x; none for all
   *     neurons
   * @throws IllegalArgumentException if there is no such layer, or an index is negative
   */
  public SpikeProbe membranes(String name, int... neurons) {
    SpikeProbe probe = isReadOut(name) ? watching(name) : layer(name);
    NetworkPart part = part(name).orElseThrow();
    if (!part.hasNeurons() && !isReadOut(name)) {
      throw new IllegalArgumentException(
          "layer must have neurons for their membranes to be watched, got " + part);
    }
    for (int neuron : neurons) {
      Require.atLeast("neuron", neuron, 0);
    }
    Map<String, int[]> more = new LinkedHashMap<>(membranes);
    more.merge(name, neurons.length == 0 ? ALL : neurons.clone(), SpikeProbe::both);
    return new SpikeProbe(network, probe.watched, more);
  }

  private static int[] both(int[] before, int[] more) {
    return before.length == 0 || more.length == 0
        ? ALL
        : IntStream.concat(Arrays.stream(before), Arrays.stream(more)).distinct().toArray();
  }

  /**
   * Runs the network in inference.
   *
   * @param features one minibatch per network input
   * @return the recording
   * @throws IllegalArgumentException if no layer is watched, if a neuron is not in its layer, or if
   *     the number of feature arrays differs from the number of inputs
   */
  public SpikeRecording record(INDArray... features) {
    Require.given("features", features);
    Require.not(
        watched.isEmpty(),
        "layers to watch must be named, got none. Possible cause: layer() returns a new probe and"
            + " does not change the old one");
    Map<String, ProbedLayer> seen = new LinkedHashMap<>();
    NetworkWalk.of(network)
        .run(
            features,
            false,
            passage -> {
              String name = passage.part().name();
              if (watched.contains(name)) {
                seen.put(name, ProbedLayer.look(passage, membranes.get(name)));
              }
            });
    return new SpikeRecording(seen);
  }

  /** The parts that pass spikes or currents on. */
  private List<String> names() {
    return names(NetworkWalk.of(network), part -> true);
  }

  private static List<String> names(NetworkWalk walk, Predicate<NetworkPart> wanted) {
    return walk.parts().stream()
        .filter(NetworkPart::passesSpikes)
        .filter(wanted)
        .map(NetworkPart::name)
        .toList();
  }
}
