package org.dl4jsnn.asf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** One folder of golden vectors; the README next to the folders describes the files. */
record GoldenSet(Path folder, JsonNode meta) {

  static GoldenSet read(Path folder) {
    try {
      return new GoldenSet(
          folder, new ObjectMapper().readTree(folder.resolve("meta.json").toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String network() {
    return meta.get("net").asText();
  }

  int batches() {
    return meta.get("batches").size();
  }

  JsonNode batch(int batch) {
    return meta.get("batches").get(batch);
  }

  double number(String name) {
    return meta.get(name).asDouble();
  }

  INDArray array(String name) {
    Path file = folder.resolve(name + ".npy");
    return Nd4j.createFromNpyFile(file.toFile()).castTo(DataType.FLOAT);
  }

  INDArray array(int batch, String name) {
    return array("b" + batch + "_" + name);
  }

  /** The accumulated input current of a layer, whose name stands first in some sets. */
  INDArray accumulatedInput(int batch, String layer) {
    String first = "IF_" + layer + "_in";
    return Files.exists(folder.resolve("b" + batch + "_" + first + ".npy"))
        ? array(batch, first)
        : array(batch, "IF_in_" + layer);
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }
}
