package org.dl4jsnn.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.spike.SpikeTrains;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
  @SuppressWarnings("try") // the scope is entered and left, not read
  public static RecordedTrains of(MultiLayerNetwork network, INDArray features) {
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    List<Recorded> trains = new ArrayList<>();
    INDArray activation = features;
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      for (int i = 0; i < network.getnLayers() && !isReadOut(network.getLayer(i)); i++) {
        InputPreProcessor before = network.getLayerWiseConfigurations().getInputPreProcess(i);
        if (before != null) {
          int minibatch = Math.toIntExact(features.size(0));
          activation = before.preProcess(activation, minibatch, workspaces);
        }
        Layer layer = network.getLayer(i);
        activation = layer.activate(activation, false, workspaces);
        Optional<SpikeTrains.Beside> beside = SpikeTrains.beside(activation);
        if (beside.isPresent()) {
          String name = layer.conf().getLayer().getLayerName();
          trains.add(new Recorded(i, name, beside.get().train()));
        }
      }
      return new RecordedTrains(trains);
    } finally {
      SpikeTrains.release(activation);
      clear(network);
    }
  }

  /** Forgets the pass. Not {@code network.clear()}, which would take the updater's state along. */
  static void clear(MultiLayerNetwork network) {
    for (Layer layer : network.getLayers()) {
      layer.clear();
    }
  }

  private static boolean isReadOut(Layer layer) {
    return layer instanceof IOutputLayer;
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
