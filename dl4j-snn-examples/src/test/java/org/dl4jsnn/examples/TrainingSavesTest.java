package org.dl4jsnn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

  /** Nothing can be written, whoever the user is: the folder is a file. */
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
  private SmallTraining train(int full, int empty) {
    SmallTraining training = new SmallTraining(model, EPOCHS);
    training.options.checkpointMinutes = 0;
    training.run(
        new Checkpoint(training.network(), Optional.empty()),
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
  void shouldTrainOnWhereACheckpointCannotBeWrittenAndTryAgain() throws Exception {
    // Over the end of the first epoch, whose model may be the best, and that of the second.
    SmallTraining training = train(3, 2 * SmallTraining.MINIBATCHES + 2);
    SmallTraining.assertSame(straight, model);
    SmallTraining.assertSame(BestModel.beside(straight), BestModel.beside(model));
    SmallTraining.assertSameLog(straight, model);
    String printed = training.printed();
    assertEquals(2, printed.split("Cannot save to " + model, -1).length, printed);
    assertEquals(2, printed.split("Saved to " + model + " again", -1).length, printed);
    assertTrue(printed.contains("every checkpoint tries again"), printed);
  }

  @Test
  void shouldKeepTheModelsElsewhereWhereTheyCannotBeSavedAtTheEnd() throws Exception {
    Path room = Files.createDirectory(folder.resolve("room"));
    Path taken = room.resolve("model-" + ProcessHandle.current().pid() + ".zip");
    Files.writeString(taken, "of another training");
    String before = System.setProperty("java.io.tmpdir", room.toString());
    UserError error;
    try {
      error = assertThrows(UserError.class, () -> train(3, -1));
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
    Path kept = room.resolve("model-" + ProcessHandle.current().pid() + "-2.zip");
    assertEquals("of another training", Files.readString(taken));
    String message = error.getMessage();
    assertTrue(message.startsWith("Cannot save to " + model), message);
    assertTrue(message.endsWith("is kept as " + kept + "; to go on, add --resume " + kept));
    assertTrue(error.getCause() instanceof IOException);
    SmallTraining.assertSame(straight, kept);
    SmallTraining.assertSame(BestModel.beside(straight), BestModel.beside(kept));
    assertEquals(EPOCHS, Checkpoint.load(kept).state().orElseThrow().rows().size());
    assertEquals("full", Files.readString(disk));
  }

  @Test
  void shouldTryTheNextPlaceAndTellWhereThereIsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    String[] places = {"java.io.tmpdir", "user.home", "user.dir"};
    String[] before = new String[places.length];
    for (int i = 0; i < places.length; i++) {
      before[i] = System.setProperty(places[i], file.resolve(places[i]).toString());
    }
    try {
      String message = assertThrows(UserError.class, () -> train(3, -1)).getMessage();
      assertTrue(message.contains("There is no room for it in ["), message);
    } finally {
      for (int i = 0; i < places.length; i++) {
        System.setProperty(places[i], before[i]);
      }
    }
  }
}
