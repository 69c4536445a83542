package org.dl4jsnn.examples.train;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The entry of a model's file from which a training continues. */
public final class SavedState {

  private static final String ENTRY = "training.json";

  private SavedState() {}

  static boolean isIn(Path model) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(model)) {
      return Files.exists(zip.getPath(ENTRY));
    }
  }

  public static int minibatches(Path model) throws IOException {
    return (Integer) read(model).get("minibatches");
  }

  @SuppressWarnings("unchecked") // an object of JSON
  private static Map<String, Object> read(Path model) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(model)) {
      byte[] json = Files.readAllBytes(zip.getPath(ENTRY));
      return new ObjectMapper().readValue(json, LinkedHashMap.class);
    }
  }

  private static void write(Path model, Map<String, Object> state) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(model)) {
      Files.write(zip.getPath(ENTRY), new ObjectMapper().writeValueAsBytes(state));
    }
  }

  /** Gives a model that was saved without one a state. */
  static void write(Path model, int minibatches, int batch, int images) throws IOException {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("minibatches", minibatches);
    state.put("batch", batch);
    state.put("samples", images);
    state.put("loss", "1.0");
    state.put("seconds", 1.0);
    state.put("rates", List.of());
    state.put("rows", List.of());
    state.put("input", "");
    write(model, state);
  }

  /** Changes the place in the epoch. */
  public static void change(Path model, int minibatches, int batch) throws IOException {
    Map<String, Object> state = read(model);
    state.put("minibatches", minibatches);
    state.put("batch", batch);
    write(model, state);
  }
}
