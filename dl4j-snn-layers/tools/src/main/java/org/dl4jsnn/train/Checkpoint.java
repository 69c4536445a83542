package org.dl4jsnn.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.Model;
import org.dl4jsnn.model.SafeModels;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model's file including the state of its training, so that the two cannot disagree.
 * Deeplearning4j's CheckpointListener does not fit: it writes its files in place, so a kill
 * truncates them, and it does not record the position inside an epoch.
 *
 * @param network the network
 * @param state the training's state; empty for a model that was saved without one
 * @param average the average of the parameters; empty for a model that was saved without one
 */
record Checkpoint<M extends Model>(
    TrainableNetwork<M> network, Optional<TrainingState> state, Optional<INDArray> average) {

  private static final String ENTRY = "training.json";
  private static final String AVERAGE = "average.bin";

  /** 16 MiB: a hundred thousand epochs. */
  private static final int LARGEST_STATE = 1 << 24;

  /** The checkpoint of a training that was never saved. */
  static <M extends Model> Checkpoint<M> fresh(M network) {
    return new Checkpoint<>(TrainableNetwork.of(network), Optional.empty(), Optional.empty());
  }

  static void save(
      TrainableNetwork<?> network, TrainingState state, Optional<WeightAverage> average, Path file)
      throws IOException {
    ModelFile.write(
        network.model(),
        file,
        writer -> {
          writer.add(ENTRY, state.toJson());
          if (average.isPresent()) {
            writer.add(AVERAGE, average.get().parameters());
          }
        });
  }

  /** Reads the checkpoint from the file that a network was loaded from. */
  static <M extends Model> Checkpoint<M> of(
      TrainableNetwork<M> network, Path file, SafeModels models) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(ENTRY);
      return new Checkpoint<>(
          network,
          entry == null
              ? Optional.empty()
              : Optional.of(TrainingState.fromJson(bytes(zip.getInputStream(entry)))),
          models.array(file, AVERAGE, WeightAverage.wide(network.model().params()), "the network"));
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

  /** The running average of the parameters; none if the share that it keeps is 0. */
  Optional<WeightAverage> average(double kept) {
    if (kept == 0) {
      return Optional.empty();
    }
    return Optional.of(
        average
            .map(parameters -> new WeightAverage(kept, parameters))
            .orElseGet(() -> WeightAverage.beginning(kept, network.model())));
  }

  /** The state, or that of an epoch's start if none was saved. */
  TrainingState stateOr(TrainingData data) {
    return state.orElseGet(() -> TrainingState.atEpochStart(data.batch(), data.trainingSize()));
  }

  /** Refuses to resume with data that the state does not belong to. */
  void requireFits(TrainingData data, Path file, TrainingObserver observer) {
    TrainingState saved = stateOr(data);
    boolean isInside = saved.minibatches() > 0;
    if (isInside && saved.batch() != data.batch()) {
      throw new ResumeRefusedException(
          ResumeRefusedException.Cause.BATCH, saved.batch(), data.batch(), file);
    }
    // Otherwise the network would have seen samples that are now held out.
    if (saved.samples() != data.trainingSize()) {
      throw new ResumeRefusedException(
          ResumeRefusedException.Cause.TRAINING_SIZE, saved.samples(), data.trainingSize(), file);
    }
    if (!saved.input().isEmpty() && !saved.input().equals(data.input())) {
      // Between epochs, a different input may be intended.
      if (isInside) {
        throw new ResumeRefusedException(
            ResumeRefusedException.Cause.INPUT, saved.input(), data.input(), file);
      }
      observer.inputChanged(file, saved.input(), data.input());
    }
  }
}
