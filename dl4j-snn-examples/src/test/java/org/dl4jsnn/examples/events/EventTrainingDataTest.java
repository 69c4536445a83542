package org.dl4jsnn.examples.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dl4jsnn.event.EventWriter;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.augment.EventAugmentation;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.train.SavedState;
import org.dl4jsnn.examples.train.ShortTraining;
import org.dl4jsnn.train.TrainingData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class EventTrainingDataTest {

  private static final SensorSize SENSOR = new SensorSize(34, 34);

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  /** Recordings of two classes: events to the left, or to the right. */
  private void write(int ofClass) throws IOException {
    for (String side : List.of("left", "right")) {
      for (int i = 0; i < ofClass; i++) {
        Path file = folder.resolve("set").resolve(side).resolve(i + ".bin");
        Files.createDirectories(file.getParent());
        try (EventWriter writer = EventWriter.nMnist(file, SENSOR)) {
          for (int t = 0; t < 300; t++) {
            writer.accept((side.equals("left") ? 0 : 20) + t * (i + 3) % 14, t % 34, t, t % 2 == 0);
          }
          writer.finish();
        }
      }
    }
  }

  @BeforeEach
  void useASmallNetwork() {
    run.setDefaults(
        "--data=%s/set --model=%s/model.zip --set=folders --sensor=34x34 --network=4C3-AP2-10"
            + " --batch=4",
        folder, folder);
  }

  private TrainingData data(EventDataOptions options) throws IOException {
    EventDataSet recordings = EventDataSet.folderPerClass(folder.resolve("set"), SENSOR, 0.1, 1);
    return new EventTrainingData(recordings, options, EventAugmentation.none(), 3);
  }

  @Test
  void shouldDivideRecordingsIntoEquallyManyEvents() throws IOException {
    write(5);
    EventDataOptions options = new EventDataOptions();
    options.layout = EventDataOptions.Layout.FOLDERS;
    options.slices = EventDataOptions.Slices.EVENTS;
    TrainingData data = data(options);
    INDArray ofSteps = data.training(1, 0, 0).next().getFeatures().sum(1, 3, 4);
    assertEquals(Nd4j.valueArrayOf(new long[] {3, 10}, 30f), ofSteps);
    assertEquals("frames [2, 10, 34, 34] of equal events", data.input());
  }

  @Test
  void shouldContinueAfterASmallerLastMinibatch() throws IOException {
    write(5);
    TrainingData data = data(new EventDataOptions());
    assertEquals(8, data.trainingSize());
    assertEquals(2, data.training(1, 0, 2).next().numExamples());
    // As after a stop during the evaluation.
    DataSetIterator rest = data.training(1, 0, 3);
    assertFalse(rest.hasNext());
  }

  @Test
  void shouldRefuseToTrainWhereThereIsNothingToTestWith() throws IOException {
    write(4);
    run.assertRefused(
        "--data must have recordings for training and testing, got 8 and 0 in set: ",
        "dvs --epochs=1");
    assertFalse(Files.exists(folder.resolve("model.zip")));
  }

  @Test
  void shouldKeepWhatWasLearnedWhereARecordingCannotBeRead() throws IOException {
    write(20);
    String train = "dvs --epochs=1 --schedule=constant --steps=3";
    run.assertDone(train);
    Path model = folder.resolve("model.zip");
    Path straight = Files.copy(model, folder.resolve("straight.zip"));
    // Neither in the first minibatch nor a test recording.
    Path broken = folder.resolve("set/right/10.bin");
    byte[] whole = Files.readAllBytes(broken);
    Files.write(broken, new byte[] {1, 2, 3});
    run.assertRefused(broken + " at byte 0", train);
    run.assertComplained("The training so far is saved to " + model);
    int minibatches = SavedState.minibatches(model);
    assertTrue(minibatches > 0 && minibatches < 9, minibatches + " minibatches");
    Files.write(broken, whole);
    run.assertDone(train + " --resume=%s", model);
    ShortTraining.assertSame(straight, model);
  }

  @Test
  void shouldReportOtherFramesThanThoseTrainedOn() throws IOException {
    write(5);
    Path model = folder.resolve("model.zip");
    run.assertDone("dvs --epochs=1 --steps=3");
    run.assertDone("dvs --epochs=2 --steps=3 --resume=%s", model);
    assertFalse(run.output().contains("was trained on other"), run.output());
    run.assertDone("dvs --epochs=3 --steps=4 --resume=%s", model);
    run.assertPrinted(model + " was trained on other input: frames [2, 3, 34, 34]");
    run.assertPrinted("It continues with frames [2, 4, 34, 34]");
    SavedState.change(model, 1, 4);
    run.assertRefused(
        "input must be frames [2, 4, 34, 34] to continue, got frames [2, 3, 34, 34]. Possible cause: "
            + model
            + " was saved with other options (--steps, --window, --sensor, --slices)",
        "dvs --epochs=4 --steps=3 --resume=%s",
        model);
  }
}
