package org.dl4jsnn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Trainings whose files cannot be written, as on a full disk. */
class TrainingSavesTest {

  private static final int EPOCHS = 3;

  @TempDir private Path folder;
  private Path straight;
  private Path disk;
  private Path model;

  @BeforeEach
  void trainStraight() throws IOException {
    straight = folder.resolve("straight.zip");
    new SmallTraining(straight, EPOCHS).run();
    disk = Files.createDirectory(folder.resolve("disk"));
    model = disk.resolve("model.zip");
  }

  /** No user can write there: the folder is a file. */
  private void fill() {
    try {
      Files.move(disk, folder.resolve("away"));
      Files.writeString(disk, "full");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void empty() {
    try {
      Files.delete(disk);
      Files.move(folder.resolve("away"), disk);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Trains, with a disk that is full from one iteration on and empty from another. */
  private SmallTraining train(int full, int empty, double keptOfAverage) {
    SmallTraining training = new SmallTraining(model, EPOCHS);
    training.keptOfAverage = keptOfAverage;
    return train(training, full, empty);
  }

  private SmallTraining train(SmallTraining training, int full, int empty) {
    training.checkpointInterval = Duration.ZERO;
    training.run(
        SmallTraining.network(),
        iteration -> {
          if (iteration == full) {
            fill();
          }
          if (iteration == empty) {
            empty();
          }
          return false;
        });
    return training;
  }

  @Test
  void shouldKeepTrainingIfACheckpointCannotBeWrittenAndTryAgain() throws Exception {
    // Across the end of the first epoch, whose model may be the best, and of the second.
    SmallTraining training = train(3, 2 * SmallTraining.MINIBATCHES + 2, 0);
    SmallTraining.assertSame(straight, model);
    SmallTraining.assertSame(TrainingFiles.best(straight), TrainingFiles.best(model));
    SmallTraining.assertSameLog(straight, model);
    assertEquals(
        List.of(
            "cannot save to " + model,
            "cannot log to " + TrainingFiles.log(model),
            "saved to " + model + " again"),
        training.told);
  }

  @Test
  void shouldTryAgainToWriteTheAverageAtTheEnd() throws Exception {
    SmallTraining expected = new SmallTraining(folder.resolve("averaged.zip"), EPOCHS);
    expected.keptOfAverage = 0.6;
    expected.run();
    SmallTraining training = new SmallTraining(model, EPOCHS);
    training.keptOfAverage = 0.6;
    MultiLayerNetwork network = SmallTraining.network();
    SmallTraining.afterIterations(
        network,
        iteration -> {
          if (network.getIterationCount() == EPOCHS * SmallTraining.MINIBATCHES - 1) {
            fill();
          }
        });
    List<Path> unsaved = new ArrayList<>();
    TrainingObserver cleaner =
        new TrainingObserver() {
          @Override
          public void cannotSave(Path file, IOException cause) {
            unsaved.add(file);
            empty();
          }
        };
    try (StopRequest stop = StopRequest.onSignal(() -> {});
        Training opened = Training.open(training.settings(), SmallTraining.data(), cleaner)) {
      Path average = opened.begin(network, stop).average().orElseThrow();
      SmallTraining.assertSame(TrainingFiles.average(expected.model), average);
      assertEquals(List.of(model), unsaved);
    }
  }

  @Test
  void shouldKeepTheModelsElsewhereIfTheyCannotBeSavedAtTheEnd() throws Exception {
    Path room = Files.createDirectory(folder.resolve("room"));
    Path taken = room.resolve("model-" + ProcessHandle.current().pid() + ".zip");
    Files.writeString(taken, "of another training");
    TrainingException error = unsaved(room, () -> train(3, -1, 0));
    Path kept = room.resolve("model-" + ProcessHandle.current().pid() + "-2.zip");
    assertEquals("of another training", Files.readString(taken));
    String message = error.getMessage();
    assertTrue(message.startsWith("Cannot save to " + model), message);
    assertTrue(message.endsWith("The training is kept as " + kept), message);
    assertEquals(Optional.of(kept), error.resumable());
    assertTrue(error.getCause() instanceof IOException);
    SmallTraining.assertSame(straight, kept);
    SmallTraining.assertSame(TrainingFiles.best(straight), TrainingFiles.best(kept));
    assertEquals(EPOCHS, SmallTraining.state(kept).orElseThrow().rows().size());
    assertEquals("full", Files.readString(disk));
  }

  @Test
  void shouldKeepTheAverageElsewhereAsWell() throws Exception {
    SmallTraining expected = new SmallTraining(folder.resolve("averaged.zip"), EPOCHS);
    expected.keptOfAverage = 0.6;
    expected.run();
    Path room = Files.createDirectory(folder.resolve("room"));
    TrainingException error = unsaved(room, () -> train(3, -1, 0.6));
    Path kept = error.resumable().orElseThrow();
    assertEquals(room, kept.getParent());
    SmallTraining.assertSame(TrainingFiles.average(expected.model), TrainingFiles.average(kept));
  }

  /** The best model of the first epoch was saved before the disk was full. */
  @Test
  void shouldKeepTheBestModelSoFarElsewhereAsWell() throws Exception {
    Path room = Files.createDirectory(folder.resolve("room"));
    SmallTraining training = new SmallTraining(model, EPOCHS);
    training.learningRate = 1e-12; // the accuracy stays, and of equals the first is the best
    Path aside = disk.resolve("model.zip." + ProcessHandle.current().pid() + ".new");
    TrainingException error =
        unsaved(
            room,
            () ->
                training.run(
                    SmallTraining.network(),
                    iteration -> {
                      if (iteration == SmallTraining.MINIBATCHES + 2) {
                        block(aside);
                      }
                      return false;
                    }));
    Path kept = error.resumable().orElseThrow();
    assertEquals(1, ModelFile.load(TrainingFiles.best(kept)).getEpochCount());
    Files.delete(aside);
    SmallTraining.assertSame(TrainingFiles.best(model), TrainingFiles.best(kept));
    TrainingResult<MultiLayerNetwork> result = training.resume(kept, iteration -> false);
    assertEquals(1, ModelFile.load(result.best().orElseThrow().file()).getEpochCount());
  }

  /** A folder is where the model is written; it can still be read. */
  private static void block(Path aside) {
    try {
      Files.createDirectory(aside);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldTryTheNextPlaceAndReportIfThereIsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    String[] places = {"java.io.tmpdir", "user.home", "user.dir"};
    String[] before = new String[places.length];
    for (int i = 0; i < places.length; i++) {
      before[i] = System.setProperty(places[i], file.resolve(places[i]).toString());
    }
    try {
      TrainingException error = assertThrows(TrainingException.class, () -> train(3, -1, 0));
      String message = error.getMessage();
      assertEquals(Optional.empty(), error.resumable());
      assertTrue(message.contains("There is no room for it in ["), message);
    } finally {
      for (int i = 0; i < places.length; i++) {
        System.setProperty(places[i], before[i]);
      }
    }
  }

  /** What a training says that cannot be saved, with another folder for temporary files. */
  private static TrainingException unsaved(Path room, Executable training) {
    String before = System.setProperty("java.io.tmpdir", room.toString());
    try {
      return assertThrows(TrainingException.class, training);
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }
}
