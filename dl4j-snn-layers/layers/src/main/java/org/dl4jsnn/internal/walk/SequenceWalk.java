package org.dl4jsnn.internal.walk;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A walk through layers in a row. */
final class SequenceWalk extends NetworkWalk {

  private final MultiLayerNetwork network;

  SequenceWalk(MultiLayerNetwork network) {
    super(parts(network));
    this.network = network;
  }

  private static List<NetworkPart> parts(MultiLayerNetwork network) {
    List<NetworkPart> parts = new ArrayList<>();
    int layers = network.getnLayers();
    for (int i = 0; i < layers; i++) {
      Layer layer = network.getLayer(i);
      parts.add(
          new NetworkPart(
              i,
              layer.conf().getLayer().getLayerName(),
              String.valueOf(i),
              layer,
              null,
              GraphWalk.isFrozen(layer),
              List.of(i - 1),
              i == layers - 1,
              new PartRun.OfLayer(
                  layer, network.getLayerWiseConfigurations().getInputPreProcess(i))));
    }
    return List.copyOf(parts);
  }

  @Override
  public int iteration() {
    return network.getIterationCount();
  }

  @Override
  public int epoch() {
    return network.getEpochCount();
  }

  @Override
  public INDArray[] features() {
    return new INDArray[] {network.getInput()};
  }

  @Override
  public NetworkPart readOut() {
    NetworkPart last = parts().get(parts().size() - 1);
    Require.not(
        !last.isReadOut(), "the network's last layer must be an output layer, got %s", last.kind());
    return last;
  }

  @Override
  List<String> inputNames() {
    return List.of("input");
  }

  @Override
  Runnable begin(INDArray[] features) {
    return this::clear;
  }

  @Override
  public void clear() {
    for (Layer layer : network.getLayers()) {
      layer.clear();
    }
  }
}
