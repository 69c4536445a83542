package org.dl4jsnn.monitor;

import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.layer.ObservingPass;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.spike.SpikeTrains;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A pass of inference, layer by layer up to the read-out, with someone who looks at what each layer
 * passes on. Layers compute what they always do.
 */
final class InferencePass {

  private InferencePass() {}

  /** Looks at a layer right after its forward pass, of which it still knows everything. */
  @FunctionalInterface
  interface Visitor {

    /**
     * Called for every layer that passes spikes on.
     *
     * @param index of the layer in the network
     * @param layer the layer; of a frozen one, the layer inside
     * @param train what it passed on
     */
    void visit(int index, Layer layer, SpikeTrain train);
  }

  /**
   * Runs a network, and clears its layers afterwards.
   *
   * @param network a network that is not being trained at the same time
   * @param features a minibatch
   * @param visitor looks at its layers
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  static void run(MultiLayerNetwork network, INDArray features, Visitor visitor) {
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    INDArray activation = features;
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        ObservingPass observing = ObservingPass.of(network)) {
      for (int i = 0; i < network.getnLayers() && !isReadOut(network.getLayer(i)); i++) {
        InputPreProcessor before = network.getLayerWiseConfigurations().getInputPreProcess(i);
        if (before != null) {
          int minibatch = Math.toIntExact(features.size(0));
          activation = before.preProcess(activation, minibatch, workspaces);
        }
        activation = network.getLayer(i).activate(activation, false, workspaces);
        Optional<SpikeTrains.Beside> beside = SpikeTrains.beside(activation);
        if (beside.isPresent()) {
          visitor.visit(i, inner(network.getLayer(i)), beside.get().train());
        }
      }
    } finally {
      SpikeTrains.release(activation);
      clear(network);
    }
  }

  private static boolean isReadOut(Layer layer) {
    return layer instanceof IOutputLayer;
  }

  private static Layer inner(Layer layer) {
    return layer instanceof BaseWrapperLayer wrapper ? wrapper.getUnderlying() : layer;
  }

  /** Forgets the pass. Not {@code network.clear()}, which would take the updater's state along. */
  static void clear(MultiLayerNetwork network) {
    for (Layer layer : network.getLayers()) {
      layer.clear();
    }
  }
}
