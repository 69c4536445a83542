package org.dl4jsnn.examples.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.internal.io.SizedFiles;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Figures in a file, one JSON object per line. */
public final class JsonLines {

  private JsonLines() {}

  /** Reads a file. */
  public static List<Map<?, ?>> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UserError("Cannot find the file " + file.toAbsolutePath());
    }
    ObjectMapper json = new ObjectMapper();
    List<Map<?, ?>> lines = new ArrayList<>();
    for (String line : SizedFiles.lines(file)) {
      try {
        lines.add(json.readValue(line, Map.class));
      } catch (JsonProcessingException e) {
        throw new UserError("Every line of " + file + " must be JSON, got: " + line, e);
      }
    }
    return lines;
  }
}
