package org.dl4jsnn.monitor;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The spikes of every layer of a network in one inference pass. Normally spikes are released once
 * the next layer has read them; here all stay in memory at once, about T/8 bytes per neuron and
 * sample.
 */
public final class RecordedTrains {

  private final List<Recorded> trains;

  /** The places of layers and vertices that passed on something else than spikes. */
  private final BitSet amounts;

  /** The layers' input trains, by the layers' places in the network. */
  private final Map<Integer, SpikeTrain> before;

  /** The layers' places. */
  private final Map<String, Integer> places;

  private RecordedTrains(
      List<Recorded> trains,
      BitSet amounts,
      Map<Integer, SpikeTrain> before,
      Map<String, Integer> places) {
    this.trains = trains;
    this.amounts = amounts;
    this.before = before;
    this.places = places;
  }

  /**
   * The spikes of a layer, or of a vertex that combines spikes.
   *
   * @param index the layer's index in the network; in a graph its index among the vertices in
   *     topological order, without the graph's inputs
   * @param layer its name; in a graph the vertex's
   * @param train the spikes that it passed on
   */
  public record Recorded(int index, String layer, SpikeTrain train) {}

  /**
   * Runs a network and keeps the spikes that its layers pass on.
   *
   * @param network a MultiLayerNetwork or ComputationGraph that is not being trained at the same
   *     time
   * @param features one minibatch per network input
   * @return the trains
   * @throws IllegalArgumentException if the network is of another type, or the number of feature
   *     arrays differs from the number of inputs
   */
  public static RecordedTrains of(NeuralNetwork network, INDArray... features) {
    NetworkWalk walk = NetworkWalk.of(network);
    List<Recorded> trains = new ArrayList<>();
    SpikeTrain[] made = new SpikeTrain[walk.parts().size()];
    walk.run(
        features,
        false,
        passage -> {
          NetworkPart part = passage.part();
          passage
              .train()
              .ifPresent(
                  train -> {
                    made[part.place()] = train;
                    trains.add(new Recorded(part.place(), part.name(), train));
                  });
        });
    Map<Integer, SpikeTrain> before = new HashMap<>();
    Map<String, Integer> places = new HashMap<>();
    for (NetworkPart part : walk.parts()) {
      places.put(part.name(), part.place());
      nearest(walk, part, made).ifPresent(train -> before.put(part.place(), train));
    }
    return new RecordedTrains(trains, walk.amounts(), before, places);
  }

  /** The train that a part gets, or the last one lost on the only path to it. */
  private static Optional<SpikeTrain> nearest(
      NetworkWalk walk, NetworkPart part, SpikeTrain[] made) {
    if (part.inputs().size() != 1 || part.inputs().get(0) < 0) {
      return Optional.empty();
    }
    int below = part.inputs().get(0);
    return made[below] == null
        ? nearest(walk, walk.parts().get(below), made)
        : Optional.of(made[below]);
  }

  /** {@return all trains in the order in which the network runs, starting with the encoding} */
  public List<Recorded> all() {
    return List.copyOf(trains);
  }

  /**
   * {@return the trains of spikes in the same order: all but the currents that layers without
   * neurons ({@link org.dl4jsnn.neuron.GradedNeuron}) pass on, their sums, and numbers of spikes
   * ({@link org.dl4jsnn.conf.SpikeAccumulation})}
   */
  public List<Recorded> spikes() {
    return trains.stream().filter(train -> !amounts.get(train.index())).toList();
  }

  /**
   * {@return what a layer passed on}
   *
   * @param layer its name; in a graph the vertex's
   * @throws NoSuchElementException if no layer of this name has one
   */
  public SpikeTrain train(String layer) {
    return trains.stream()
        .filter(each -> each.layer().equals(layer))
        .map(Recorded::train)
        .findFirst()
        .orElseThrow(
            () -> new NoSuchElementException("no layer '" + layer + "' passed a spike train on"));
  }

  /**
   * {@return a layer's input: the train of the last layer before it that has one}
   *
   * @param index the layer's index in the network, as in {@link Recorded#index}
   * @throws NoSuchElementException if there is no such train, or several layers come before
   */
  public SpikeTrain before(int index) {
    SpikeTrain train = before.get(index);
    if (train == null) {
      throw new NoSuchElementException("no layer before layer " + index + " has a spike train");
    }
    return train;
  }

  /**
   * {@return a layer's input: the train of the last layer before it that has one}
   *
   * @param layer its name; in a graph the vertex's
   * @throws NoSuchElementException if there is no such train, if several layers come before, or if
   *     no layer has this name
   */
  public SpikeTrain before(String layer) {
    Integer place = places.get(layer);
    if (place == null) {
      throw new NoSuchElementException("the network has no layer '" + layer + "'");
    }
    return before(place);
  }
}
