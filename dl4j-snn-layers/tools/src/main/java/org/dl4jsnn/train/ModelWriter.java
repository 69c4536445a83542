package org.dl4jsnn.train;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes the file format of Deeplearning4j's ModelSerializer, with additional entries.
 * ModelSerializer can only add entries to an existing file, through a second file of the same size;
 * this class writes everything in one pass.
 */
final class ModelWriter implements AutoCloseable {

  private final ModelZip zip;

  /** How arrays are compressed. */
  private final int strategy;

  private ModelWriter(OutputStream out, int strategy) {
    this.zip = new ModelZip(out);
    this.strategy = strategy;
  }

  /** Starts a file. */
  static ModelWriter to(OutputStream out) {
    return new ModelWriter(out, Deflater.DEFAULT_STRATEGY);
  }

  /**
   * Starts a file while a training waits. Weights in training hardly repeat themselves; if no
   * repetitions are searched for, a file is about as small and made in a fifth of the time
   * (docs/decisions/0029-training-loop.md).
   */
  static ModelWriter ofTrainingTo(OutputStream out) {
    return new ModelWriter(out, Deflater.HUFFMAN_ONLY);
  }

  /** A zip file whose entries may be compressed in different ways. */
  private static final class ModelZip extends ZipOutputStream {

    ModelZip(OutputStream out) {
      super(out);
    }

    void begin(String entry, int strategy) throws IOException {
      def.setStrategy(strategy);
      putNextEntry(new ZipEntry(entry));
    }
  }

  /** Whether a file looks like a model; its entries are not read. */
  static boolean isModel(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getEntry(ModelSerializer.CONFIGURATION_JSON) != null
          && zip.getEntry(ModelSerializer.COEFFICIENTS_BIN) != null;
    } catch (ZipException e) {
      // Not even a zip file.
      return false;
    }
  }

  /** Adds a network with its updater's state. */
  void add(Model network) throws IOException {
    requireKind(network);
    if (network instanceof MultiLayerNetwork layers) {
      add(
          layers.getLayerWiseConfigurations().toJson(),
          layers.params(),
          layers.getUpdater().getStateViewArray());
    } else if (network instanceof ComputationGraph graph) {
      add(
          graph.getConfiguration().toJson(),
          graph.params(),
          graph.getUpdater().getStateViewArray());
    }
  }

  /** Refuses models of other types. */
  static void requireKind(Model network) {
    if (!(network instanceof MultiLayerNetwork || network instanceof ComputationGraph)) {
      throw new IllegalArgumentException(
          "network must be a MultiLayerNetwork or a ComputationGraph, got " + network);
    }
  }

  private void add(String configuration, INDArray parameters, INDArray state) throws IOException {
    add(ModelSerializer.CONFIGURATION_JSON, configuration.getBytes(StandardCharsets.UTF_8));
    add(ModelSerializer.COEFFICIENTS_BIN, parameters);
    if (state != null && state.length() > 0) {
      add(ModelSerializer.UPDATER_BIN, state);
    }
  }

  /** Adds an array. */
  void add(String entry, INDArray array) throws IOException {
    zip.begin(entry, strategy);
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(zip));
    Nd4j.write(array, out);
    out.flush();
    zip.closeEntry();
  }

  /** Adds an entry, which Deeplearning4j ignores. */
  void add(String entry, byte[] content) throws IOException {
    zip.begin(entry, Deflater.DEFAULT_STRATEGY);
    zip.write(content);
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
