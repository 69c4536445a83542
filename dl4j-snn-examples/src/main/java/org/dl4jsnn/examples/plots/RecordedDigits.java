package org.dl4jsnn.examples.plots;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/**
 * The trained network for recordings of digits that comes with the examples: frames [2, 10, 34, 34]
 * of N-MNIST's sensor. Its card is in docs/start.md.
 */
final class RecordedDigits {

  private static final String FILE = "recorded-digits.zip";

  private RecordedDigits() {}

  static MultiLayerNetwork network() {
    try (InputStream file = RecordedDigits.class.getResourceAsStream(FILE)) {
      return ModelSerializer.restoreMultiLayerNetwork(file, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
