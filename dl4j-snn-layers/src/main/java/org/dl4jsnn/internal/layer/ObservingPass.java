package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.internal.WrappedLayers;

/**
 * While open, passes of a network are those of an observer: they draw the fixed noise of inference
 * and take none of the fresh noise away that the network's own passes are to draw (see {@code
 * SpikeEncoding.Builder.freshInferenceNoise}). So a tool that only looks changes no later output.
 */
public final class ObservingPass implements AutoCloseable {

  private final List<SpikeEncodingLayer> encodings;

  private ObservingPass(Layer[] layers) {
    encodings =
        Arrays.stream(layers)
            .map(WrappedLayers::inner)
            .filter(SpikeEncodingLayer.class::isInstance)
            .map(SpikeEncodingLayer.class::cast)
            .toList();
    encodings.forEach(SpikeEncodingLayer::beginObservation);
  }

  /**
   * Begins to observe.
   *
   * @param network not in use elsewhere until this is closed
   * @return to be closed
   */
  public static ObservingPass of(MultiLayerNetwork network) {
    return new ObservingPass(network.getLayers());
  }

  /**
   * Begins to observe.
   *
   * @param graph not in use elsewhere until this is closed
   * @return to be closed
   */
  public static ObservingPass of(ComputationGraph graph) {
    return new ObservingPass(graph.getLayers());
  }

  @Override
  public void close() {
    encodings.forEach(SpikeEncodingLayer::endObservation);
  }
}
