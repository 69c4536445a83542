package org.dl4jsnn.examples;

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

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  @Test
  void shouldTrainEvaluateSaveAndReport() {
    Path model = folder.resolve("model.zip");
    String small = "--steps 3 --batch 16 --averaging 4 --epochs 2 --train 300 --test 70 --workers 2";
    assertEquals(0, run.execute(("spark " + small + " --model " + model).split(" ")), run.errors());
    run.assertPrinted("300 training and 70 test pictures; 2 workers at local[2]");
    run.assertPrinted("Epoch 2 of 2: ");
    run.assertPrinted("4 rounds of 4 minibatches a worker: ");
    run.assertPrinted("6,210,020 bytes calculated");
    MultiLayerNetwork saved = ModelFile.load(model);
    double accuracy =
        saved.evaluate(MnistFiles.embedded().test().range(0, 70).inOrder(16)).accuracy();
    run.assertPrinted(
        String.format(Locale.ROOT, "Test accuracy, found on Spark: %.2f %%", 100 * accuracy));
  }

  @Test
  void shouldExplainBadOptions() {
    assertEquals(1, run.execute("spark", "--workers", "0"));
    run.assertComplained("--workers must be at least 1, got 0");
    assertEquals(1, run.execute("spark", "--train", "640", "--averaging", "6"));
    run.assertComplained("--averaging must be from 1 to 5, got 6");
    assertEquals(1, run.execute("spark", "--data", folder.toString()));
    run.assertComplained("Cannot find train-images-idx3-ubyte");
  }
}
