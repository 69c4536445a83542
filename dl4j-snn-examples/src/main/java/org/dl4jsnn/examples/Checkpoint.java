package org.dl4jsnn.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A model's file with the state of its training, one file so that the two cannot disagree. Not
 * Deeplearning4j's CheckpointListener: it writes its files in place, where a kill cuts them short,
 * and knows no position inside an epoch.
 *
 * @param network the network
 * @param state the training's state; empty for a model that was saved without
 */
record Checkpoint(MultiLayerNetwork network, Optional<TrainingState> state) {

  private static final String ENTRY = "training.json";

  static void save(MultiLayerNetwork network, TrainingState state, Path file) {
    try {
      ModelFile.save(network, file, ENTRY, state.toJson());
    } catch (IOException e) {
      throw new IllegalStateException("Cannot make JSON of " + state, e);
    }
  }

  static Checkpoint load(Path file) {
    MultiLayerNetwork network = ModelFile.load(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(ENTRY);
      return new Checkpoint(
          network,
          entry == null
              ? Optional.empty()
              : Optional.of(TrainingState.fromJson(zip.getInputStream(entry).readAllBytes())));
    } catch (IOException | RuntimeException e) {
      throw ModelFile.damaged(file, e);
    }
  }

  /** The state; without one, that of an epoch's start. */
  TrainingState stateOr(int batch, int pictures) {
    return state.orElseGet(() -> TrainingState.atEpochStart(batch, pictures));
  }
}
