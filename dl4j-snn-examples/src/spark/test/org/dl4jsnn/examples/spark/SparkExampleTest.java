package org.dl4jsnn.examples.spark;

import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.MnistFiles;

import org.dl4jsnn.train.ModelFile;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnJre(JRE.JAVA_17)
class SparkExampleTest {

  /** Bytes of LeNet5's parameters and of two numbers of Adam for each but the slopes. */
  private static final String CALCULATED = "6,210,020";

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  @Test
  void shouldTrainEvaluateSaveAndReport() {
    Path model = folder.resolve("model.zip");
    run.assertDone(
        "spark --steps 3 --batch 16 --averaging 4 --epochs 2 --train 300 --test 70 --workers 2"
            + " --model %s",
        model);
    run.assertPrinted("300 training and 70 test images; 2 workers at local[2]");
    run.assertPrinted("Epoch 2 of 2: ");
    run.assertPrinted("4 rounds of 4 minibatches per worker: ");
    run.assertPrinted(CALCULATED + " bytes calculated");
    assertEquals(
        2 * number(CALCULATED), number(printedBefore(" back;")), 0.05 * number(CALCULATED));
    MultiLayerNetwork saved = ModelFile.load(model);
    double accuracy =
        saved.evaluate(MnistFiles.embedded().test().range(0, 70).inOrder(16)).accuracy();
    run.assertPrinted(
        String.format(Locale.ROOT, "Test accuracy, found on Spark: %.2f %%", 100 * accuracy));
  }

  @Test
  void shouldExplainBadOptions() {
    run.assertRefused("--workers must be at least 1, got 0", "spark --workers 0");
    run.assertRefused("steps must be a whole number of at least 1, got 0", "spark --steps 0");
    run.assertRefused("--test must be from 1 to 2000, got 2001", "spark --test 2001");
    run.assertRefused(
        "--averaging must be from 1 to 5, got 6", "spark --train 640 --averaging 6");
    run.assertRefused("must hold train-images-idx3-ubyte", "spark --data %s", folder);
  }

  private String printedBefore(String text) {
    String before = run.output().substring(0, run.output().indexOf(text));
    return before.substring(before.lastIndexOf(' ') + 1);
  }

  private static long number(String printed) {
    return Long.parseLong(printed.replace(",", ""));
  }
}
