package org.dl4jsnn.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The spikes of every layer of a network in one pass of inference, which otherwise go when the next
 * layer has taken them. All of them are in memory at once: some T/8 bytes a neuron and sample.
 */
public final class RecordedTrains {

  private final List<Recorded> trains;

  private RecordedTrains(List<Recorded> trains) {
    this.trains = trains;
  }

  /**
   * The spikes of a layer.
   *
   * @param index of the layer in the network
   * @param layer its name
   * @param train what it passed on
   */
  public record Recorded(int index, String layer, SpikeTrain train) {}

  /**
   * Runs a network and keeps what its layers pass on.
   *
   * @param network a network that is not being trained at the same time
   * @param features a minibatch
   * @return the trains
   */
  public static RecordedTrains of(MultiLayerNetwork network, INDArray features) {
    List<Recorded> trains = new ArrayList<>();
    InferencePass.run(
        network,
        features,
        (index, layer, train) ->
            trains.add(new Recorded(index, layer.conf().getLayer().getLayerName(), train)));
    return new RecordedTrains(trains);
  }

  /**
   * All trains.
   *
   * @return in order of the layers; that of the encoding first
   */
  public List<Recorded> all() {
    return List.copyOf(trains);
  }

  /**
   * What a layer gets.
   *
   * @param index of the layer in the network
   * @return the train of the last layer before it that has one
   * @throws NoSuchElementException if there is none
   */
  public SpikeTrain before(int index) {
    return trains.stream()
        .filter(recorded -> recorded.index() < index)
        .reduce((earlier, later) -> later)
        .orElseThrow()
        .train();
  }
}
