package org.dl4jsnn.examples.train;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.cli.Examples;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFolder;
import org.dl4jsnn.image.ImageAugmentation;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.train.TrainingFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class MnistExampleTest {

  private static final int TRAINING = 640;
  private static final int TEST = 100;

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @BeforeEach
  void writeAFewDigits() throws IOException {
    MnistFolder.write(folder, TRAINING, TEST);
  }

  @Test
  void shouldTrainSaveReloadAndResumeBitForBit() {
    Path straight = folder.resolve("straight.zip");
    assertEquals(0, run("--epochs", "2", "--model", straight.toString()), errors.toString());
    assertTrue(output.toString().contains("640 training, 0 held out and 100 test images"));
    assertTrue(output.toString().contains("Test accuracy: "));
    assertTrue(output.toString().contains("Reloaded: predicts exactly the same for all 100"));

    Path half = folder.resolve("half.zip");
    assertEquals(0, run("--epochs", "1", "--model", half.toString()));
    Path resumed = folder.resolve("resumed.zip");
    int exit = run("--epochs", "2", "--resume", half.toString(), "--model", resumed.toString());
    assertEquals(0, exit, errors.toString());
    MultiLayerNetwork once = ModelFile.load(straight);
    MultiLayerNetwork twice = ModelFile.load(resumed);
    assertSameBits(once.params(), twice.params());
    assertSameBits(once.getUpdater().getStateViewArray(), twice.getUpdater().getStateViewArray());
  }

  @Test
  void shouldChooseTheModelOnImagesHeldOutAndFindItAgain() {
    String[] options = {"--hold-out", "200", "--shift", "2"};
    Path straight = folder.resolve("straight.zip");
    assertEquals(0, run(options, "--epochs", "3", "--model", straight.toString()));
    assertTrue(output.toString().contains("440 training, 200 held out and 100 test images"));
    assertTrue(output.toString().contains("Model chosen on 200 held-out images"));

    Path stopped = folder.resolve("stopped.zip");
    assertEquals(0, run(options, "--epochs", "2", "--model", stopped.toString()));
    Path resumed = folder.resolve("resumed.zip");
    int exit =
        run(
            options,
            "--epochs",
            "3",
            "--resume",
            stopped.toString(),
            "--model",
            resumed.toString());
    assertEquals(0, exit, errors.toString());
    MultiLayerNetwork once = ModelFile.load(TrainingFiles.best(straight));
    MultiLayerNetwork twice = ModelFile.load(TrainingFiles.best(resumed));
    assertSameBits(once.params(), twice.params());
    assertEquals(once.getEpochCount(), twice.getEpochCount());
  }

  @Test
  void shouldMoveImagesWithoutWrapping() {
    byte[] image = new byte[784];
    image[0] = 1;
    image[783] = 2;
    Digits one = new Digits(new byte[][] {image}, new int[] {3});
    boolean moved = false;
    for (int epoch = 0; epoch < 20; epoch++) {
      float[] pixels =
          one.shuffled(1, 1, epoch, ImageAugmentation.shift(2, 0), 0)
              .next()
              .getFeatures()
              .reshape(784)
              .toFloatVector();
      int lit = 0;
      for (int pixel = 0; pixel < pixels.length; pixel++) {
        if (pixels[pixel] > 0) {
          lit++;
          int row = pixel / 28;
          int column = pixel % 28;
          assertTrue(row <= 2 && column <= 2 || row >= 25 && column >= 25, "pixel " + pixel);
          moved |= pixel != 0 && pixel != 783;
        }
      }
      assertTrue(lit <= 2);
    }
    assertTrue(moved);
  }

  @Test
  void shouldLearnTheSameWithAnyNumberOfThreads() {
    Path one = folder.resolve("one.zip");
    Path three = folder.resolve("three.zip");
    assertEquals(0, run("--epochs", "1", "--threads", "1", "--model", one.toString()));
    assertEquals(0, run("--epochs", "1", "--threads", "3", "--model", three.toString()));
    assertSameBits(ModelFile.load(one).params(), ModelFile.load(three).params());
  }

  @Test
  void shouldExplainBadOptions() {
    assertEquals(1, run("--threshold", "-0.5"));
    assertEquals("threshold must be positive and finite, got -0.5", errors.toString().trim());
    assertEquals(1, run("--resume", folder.resolve("none.zip").toString()));
    assertTrue(errors.toString().contains("Cannot find a model at"));
    assertEquals(1, run("--epochs", "0"));
    assertTrue(errors.toString().contains("--epochs must be at least 1, got 0"));
    assertEquals(1, run("--learning-rate", "-1"));
    assertTrue(errors.toString().contains("--learning-rate must be positive and finite, got -1.0"));
    assertEquals(1, run("--threads", "0"));
    assertTrue(errors.toString().contains("--threads must be at least 1, got 0"));
    assertEquals(1, run("--shift", "28"));
    assertTrue(errors.toString().contains("--shift must be from 0 to 27, got 28"));
    assertEquals(1, run("--hold-out", "640"));
    assertTrue(errors.toString().contains("--hold-out must be from 0 to 639, got 640"));
    assertEquals(2, run("--nonsense"));
  }

  private int run(String[] first, String... more) {
    String[] options = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, options, first.length, more.length);
    return run(options);
  }

  private int run(String... options) {
    String[] common = {"mnist", "--steps", "5", "--data", folder.toString()};
    String[] all = Arrays.copyOf(common, common.length + options.length);
    System.arraycopy(options, 0, all, common.length, options.length);
    return Examples.commandLine(all)
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(all);
  }
}
