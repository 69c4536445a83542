package org.dl4jsnn.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.Model;

/**
 * A model's file with the state of its training, one file so that the two cannot disagree. Not
 * Deeplearning4j's CheckpointListener: it writes its files in place, where a kill cuts them short,
 * and knows no position inside an epoch.
 *
 * @param network the network
 * @param state the training's state; empty for a model that was saved without
 */
record Checkpoint<M extends Model>(Trainee<M> network, Optional<TrainingState> state) {

  private static final String ENTRY = "training.json";

  /** 16 MiB: a hundred thousand epochs. */
  private static final int LARGEST_STATE = 1 << 24;

  /** Where a training that was never saved stands. */
  static <M extends Model> Checkpoint<M> fresh(M network) {
    return new Checkpoint<>(Trainee.of(network), Optional.empty());
  }

  static void save(Trainee<?> network, TrainingState state, Path file) throws IOException {
    ModelFile.write(network, file, ENTRY, state.toJson());
  }

  /**
   * What a file holds.
   *
   * @param network the network that was loaded from it
   */
  static <M extends Model> Checkpoint<M> of(Trainee<M> network, Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(ENTRY);
      return new Checkpoint<>(
          network,
          entry == null
              ? Optional.empty()
              : Optional.of(TrainingState.fromJson(bytes(zip.getInputStream(entry)))));
    } catch (IOException | RuntimeException e) {
      throw ModelFile.damaged(file, e);
    }
  }

  private static byte[] bytes(InputStream entry) throws IOException {
    byte[] bytes = entry.readNBytes(LARGEST_STATE + 1);
    if (bytes.length > LARGEST_STATE) {
      throw new IOException(ENTRY + " must have at most " + LARGEST_STATE + " bytes, got more");
    }
    return bytes;
  }

  /** The state; without one, that of an epoch's start. */
  TrainingState stateOr(TrainingData data) {
    return state.orElseGet(() -> TrainingState.atEpochStart(data.batch(), data.trainingSize()));
  }
}
