package org.dl4jsnn.train;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The conditions for resuming a training. */
final class Resumption {

  private Resumption() {}

  /** Refuses a state that does not belong to the given data. */
  static void check(TrainingState state, TrainingData data, Path file, TrainingObserver observer) {
    boolean isInside = state.minibatches() > 0;
    if (isInside && state.batch() != data.batch()) {
      throw new ResumeRefusedException(
          ResumeRefusedException.Cause.BATCH, state.batch(), data.batch(), file);
    }
    // Otherwise the network would have seen samples that are now held out.
    if (state.samples() != data.trainingSize()) {
      throw new ResumeRefusedException(
          ResumeRefusedException.Cause.TRAINING_SIZE, state.samples(), data.trainingSize(), file);
    }
    if (!state.input().isEmpty() && !state.input().equals(data.input())) {
      // Between epochs, a different input may be intended.
      if (isInside) {
        throw new ResumeRefusedException(
            ResumeRefusedException.Cause.INPUT, state.input(), data.input(), file);
      }
      observer.inputChanged(file, state.input(), data.input());
    }
  }

  /** Refuses a file that does not hold the program's network. */
  static <M extends Model> void requireSameShape(
      TrainableNetwork<M> given, TrainableNetwork<M> saved, Path file) {
    Map<String, String> expected = shapes(given);
    Map<String, String> found = shapes(saved);
    if (!found.equals(expected)) {
      throw new TrainingException(
          ("%s must hold an earlier training of the network, with parameters %s, got %s."
                  + " Possible cause: the network was changed. Name another file, or move the existing"
                  + " one")
              .formatted(file.toAbsolutePath(), expected, found));
    }
  }

  private static Map<String, String> shapes(TrainableNetwork<?> network) {
    Map<String, INDArray> parameters = network.model().paramTable();
    return parameters.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> Arrays.toString(entry.getValue().shape()),
                (one, other) -> one,
                TreeMap::new));
  }
}
