package org.dl4jsnn.examples.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.train.ModelFile;
import org.nd4j.shade.jackson.core.JsonFactory;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonToken;

/** A network from a file; its configuration says of which type it is. */
public final class SavedNetwork {

  /** A graph's configuration has vertices; that of a sequence has layers, {@code confs}. */
  private static final String VERTICES = "vertices";

  private SavedNetwork() {}

  /** A MultiLayerNetwork or a ComputationGraph. */
  public static NeuralNetwork load(Path file) {
    return isGraph(file) ? ModelFile.loadGraph(file) : ModelFile.load(file);
  }

  /** Whether a file holds a graph; false if it is damaged, which loading it explains. */
  public static boolean isGraph(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(ModelSerializer.CONFIGURATION_JSON);
      return entry != null && hasVertices(zip.getInputStream(entry));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean hasVertices(InputStream in) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        if (VERTICES.equals(json.getCurrentName())) {
          return true;
        }
        json.nextToken();
        json.skipChildren();
      }
      return false;
    }
  }
}
