package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.internal.array.WrappedLayers;

/**
 * While open, passes of a network only observe: they draw the fixed noise of inference and do not
 * advance the fresh noise of the network's own passes (see {@code
 * SpikeEncoding.Builder.freshInferenceNoise}). So a tool that only observes does not change later
 * outputs.
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

  /** Starts observing a network that must not be used elsewhere until this is closed. */
  public static ObservingPass of(MultiLayerNetwork network) {
    return new ObservingPass(network.getLayers());
  }

  /** Starts observing a graph that must not be used elsewhere until this is closed. */
  public static ObservingPass of(ComputationGraph graph) {
    return new ObservingPass(graph.getLayers());
  }

  @Override
  public void close() {
    encodings.forEach(SpikeEncodingLayer::endObservation);
  }
}
