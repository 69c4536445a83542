package org.dl4jsnn.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.train.TrainingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingErrorsTest {

  @TempDir private Path folder;

  @Test
  void shouldSayWhatToAddToTheCommandWhereModelsCannotBeSaved() throws IOException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path room = Files.createDirectory(folder.resolve("room"));
    Path model = disk.resolve("model.zip");
    ShortTraining training = new ShortTraining(model, 1);
    StringWriter printed = new StringWriter();
    TrainingProgram program =
        new TrainingProgram(
            training.options,
            training.data(),
            rates -> {
              var network = ShortTraining.network(rates);
              network.addListeners(
                  new BaseTrainingListener() {
                    @Override
                    public void iterationDone(Model trained, int iteration, int epoch) {
                      if (iteration == 3) {
                        fill(disk);
                      }
                    }
                  });
              return network;
            },
            new Output(new PrintWriter(printed)));
    String before = System.setProperty("java.io.tmpdir", room.toString());
    UserError error;
    try {
      error = assertThrows(UserError.class, program::run);
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
    Path kept = room.resolve("model-" + ProcessHandle.current().pid() + ".zip");
    String message = error.getMessage();
    assertTrue(message.startsWith("Cannot save to " + model), message);
    assertTrue(
        message.endsWith("The training is kept as " + kept + "; to continue, add --resume " + kept),
        message);
    assertEquals(1, ModelFile.load(kept).getEpochCount());
    assertTrue(
        printed.toString().contains("Cannot save to " + model + ": ")
            && printed.toString().contains("every checkpoint tries again"),
        printed.toString());
  }

  /** No user can write there: the folder is a file. */
  private void fill(Path disk) {
    try {
      Files.move(disk, folder.resolve("away"));
      Files.writeString(disk, "full");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldShowOtherErrorsAsTheyAre() {
    TrainingException error =
        assertThrows(TrainingException.class, () -> ModelFile.load(folder.resolve("none.zip")));
    assertEquals(Optional.empty(), error.resumable());
    UserError shown = TrainingProgram.shown(error, null);
    assertEquals(error.getMessage(), shown.getMessage());
    assertSame(error, shown.getCause());
  }
}
