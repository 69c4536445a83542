package org.dl4jsnn.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every quickstart runs, on less data than its {@code main} takes. */
@Tag("slow")
class QuickstartTest {

  @TempDir private Path folder;

  @Test
  void shouldTeachANeuronItsRate() throws IOException {
    Path missing = folder.resolve("target").resolve("charts");
    assertEquals(0.5, FirstNeuron.run(100, missing), 0.05);
    assertTrue(Files.size(missing.resolve("membrane.png")) > 0);
  }

  @Test
  void shouldReadDigits() throws IOException {
    Path missing = folder.resolve("target").resolve("charts");
    assertTrue(DigitsWithLeNet5.run(500, 100, 1, missing) > 0.2);
    assertTrue(Files.size(missing.resolve("digit.png")) > 0);
  }

  @Test
  void shouldLearnWithSpikingLayers() {
    assertTrue(YourOwnNetwork.run(500, 100, 1) > 0.3);
  }

  @Test
  void shouldConvertATrainedNetwork() {
    assertTrue(TrainedNetwork.run(400, 50, 2) > 0.5);
  }

  @Test
  void shouldLearnRecordings() throws IOException {
    assertTrue(EventRecordings.run(90, 30, 1, folder) > 0.1);
  }

  @Test
  void shouldAnswerToAStreamAsToTheWindow() throws IOException {
    assertTrue(StreamOfEvents.run(60, 30, 1, folder));
  }
}
