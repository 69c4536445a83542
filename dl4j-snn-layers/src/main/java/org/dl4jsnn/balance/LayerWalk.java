package org.dl4jsnn.balance;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs a network layer after layer, as in training, and stops at every layer that has a dial, so
 * that the layers above see what it was turned to.
 */
final class LayerWalk {

  private final MultiLayerNetwork network;

  /** By the layers' places. */
  private final SortedMap<Integer, Dial> dials = new TreeMap<>();

  /**
   * A walk.
   *
   * @param network an initialised network
   * @param newDial makes the dial of a weighted spiking layer
   */
  LayerWalk(MultiLayerNetwork network, Function<SpikingLayer, Dial> newDial) {
    this.network = network;
    for (int i = 0; i < network.getnLayers(); i++) {
      // A frozen layer is wrapped, and average pooling has no weights.
      if (network.getLayer(i) instanceof SpikingLayer layer
          && layer.paramTable().containsKey(Synapse.WEIGHT)) {
        dials.put(i, newDial.apply(layer));
      }
    }
    if (dials.isEmpty()) {
      throw new IllegalArgumentException(
          "network must hold at least one weighted spiking layer to balance, got none. Possible"
              + " cause: all are frozen, or the layers are stock ones");
    }
  }

  /**
   * Walks as far as the last layer with a dial. Turns all dials back where a stop fails.
   *
   * @param features a minibatch
   * @param stop what to do at a layer
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  void run(INDArray features, BiConsumer<LayerTrial, Dial> stop) {
    boolean done = false;
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray activation = features;
      for (int i = 0; i <= dials.lastKey(); i++) {
        activation = pass(i, activation, stop);
      }
      done = true;
    } finally {
      if (!done) {
        dials.values().forEach(dial -> dial.turn(1));
      }
      for (Layer layer : network.getLayers()) {
        layer.clear();
      }
    }
  }

  private INDArray pass(int index, INDArray activation, BiConsumer<LayerTrial, Dial> stop) {
    Layer layer = network.getLayer(index);
    // The iteration chooses the noise.
    layer.setIterationCount(network.getIterationCount());
    INDArray input = preProcess(index, activation);
    if (!dials.containsKey(index)) {
      return layer.activate(input, true, LayerWorkspaceMgr.noWorkspaces());
    }
    LayerTrial trial = new LayerTrial((SpikingLayer) layer, input);
    stop.accept(trial, dials.get(index));
    return trial.run();
  }

  private INDArray preProcess(int index, INDArray activation) {
    InputPreProcessor before = network.getLayerWiseConfigurations().getInputPreProcess(index);
    int minibatch = Math.toIntExact(activation.size(0));
    return before == null
        ? activation
        : before.preProcess(activation, minibatch, LayerWorkspaceMgr.noWorkspaces());
  }
}
