package org.dl4jsnn.examples.guide;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.model.ModelLimits;
import org.dl4jsnn.model.SafeModels;

/** An untrusted model, as shown in docs/deploy.md. */
final class UntrustedModels {

  private UntrustedModels() {}

  static MultiLayerNetwork load(Path file) throws IOException {
    // begin load
    MultiLayerNetwork network = SafeModels.defaults().multiLayerNetwork(file);
    // end load
    return network;
  }

  static MultiLayerNetwork loadMore(Path file) throws IOException {
    // begin more
    SafeModels models =
        SafeModels.defaults()
            .allowing(EvenSpikes.class) // your own encoder
            .within(ModelLimits.defaults().bytes(4L << 30)); // instead of 1 GiB
    // end more
    return models.multiLayerNetwork(file);
  }
}
