package org.dl4jsnn.internal.layer;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;

/**
 * While open, passes of a network only observe: they draw the fixed noise of inference and do not
 * advance the fresh noise of the network's own passes (see {@code
 * SpikeEncoding.Builder.freshInferenceNoise}). So a tool that only observes does not change later
 * outputs.
 */
public final class ObservingPass implements AutoCloseable {

  private final List<SpikeEncodingLayer> encodings;

  /**
   * Starts observing a network that must not be used elsewhere until this is closed.
   *
   * @param layers its layers without their wrappers; null in place of a vertex
   */
  public ObservingPass(List<Layer> layers) {
    encodings =
        layers.stream()
            .filter(SpikeEncodingLayer.class::isInstance)
            .map(SpikeEncodingLayer.class::cast)
            .toList();
    encodings.forEach(SpikeEncodingLayer::beginObservation);
  }

  @Override
  public void close() {
    encodings.forEach(SpikeEncodingLayer::endObservation);
  }
}
