package org.dl4jsnn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistExampleTest {

  private static final int TRAINING = 640;
  private static final int TEST = 100;

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @BeforeEach
  void writeAFewDigits() throws IOException {
    write("train", MnistFiles.embedded().training(), TRAINING);
    write("t10k", MnistFiles.embedded().test(), TEST);
  }

  @Test
  void shouldTrainSaveReloadAndResumeBitForBit() {
    Path straight = folder.resolve("straight.zip");
    assertEquals(0, run("--epochs", "2", "--model", straight.toString()), errors.toString());
    assertTrue(output.toString().contains("640 training and 100 test pictures"));
    assertTrue(output.toString().contains("Test accuracy: "));
    assertTrue(output.toString().contains("Reloaded: predicts exactly the same for all 100"));

    Path half = folder.resolve("half.zip");
    assertEquals(0, run("--epochs", "1", "--model", half.toString()));
    Path resumed = folder.resolve("resumed.zip");
    int exit = run("--epochs", "2", "--resume", half.toString(), "--model", resumed.toString());
    assertEquals(0, exit, errors.toString());
    MultiLayerNetwork once = ModelFile.load(straight);
    MultiLayerNetwork twice = ModelFile.load(resumed);
    assertEquals(once.params(), twice.params());
    assertEquals(once.getUpdater().getStateViewArray(), twice.getUpdater().getStateViewArray());
  }

  @Test
  void shouldLearnTheSameWithAnyNumberOfThreads() {
    Path one = folder.resolve("one.zip");
    Path three = folder.resolve("three.zip");
    assertEquals(0, run("--epochs", "1", "--threads", "1", "--model", one.toString()));
    assertEquals(0, run("--epochs", "1", "--threads", "3", "--model", three.toString()));
    assertEquals(ModelFile.load(one).params(), ModelFile.load(three).params());
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
    assertEquals(2, run("--nonsense"));
  }

  private int run(String... options) {
    String[] common = {"mnist", "--steps", "5", "--data", folder.toString()};
    String[] all = Arrays.copyOf(common, common.length + options.length);
    System.arraycopy(options, 0, all, common.length, options.length);
    return Examples.commandLine()
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(all);
  }

  private void write(String part, Digits digits, int count) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + count * 784);
    images.putInt(2051).putInt(count).putInt(28).putInt(28);
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    labels.putInt(2049).putInt(count);
    for (int i = 0; i < count; i++) {
      images.put(digits.pictures()[i]);
      labels.put((byte) digits.labels()[i]);
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }
}
