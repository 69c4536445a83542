package org.dl4jsnn.zoo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/**
 * A trained network that the library contains; its model card is in docs/start.md.
 *
 * @param resource the file, in the format of Deeplearning4j's ModelSerializer
 */
record Pretrained(String resource) {

  /** LeNet5 for MNIST's digits. */
  static final Pretrained LENET5 = new Pretrained("lenet5-mnist.zip");

  MultiLayerNetwork load() {
    try (InputStream file = Pretrained.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException(
            "the library must hold "
                + resource
                + ", and does not. Possible cause: its jar was repackaged without resources");
      }
      return ModelSerializer.restoreMultiLayerNetwork(file, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
