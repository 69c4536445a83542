package org.dl4jsnn.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.MnistFolder;
import org.dl4jsnn.train.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class ParallelExampleTest {

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  private int train(String... more) throws IOException {
    MnistFolder.write(folder, 320, 50);
    String model = folder.resolve("model.zip").toString();
    String[] options = {
      "parallel", "--data", folder.toString(), "--model", model, "--epochs", "2", "--steps", "5"
    };
    String[] all = Arrays.copyOf(options, options.length + more.length);
    System.arraycopy(more, 0, all, options.length, more.length);
    return run.execute(all);
  }

  @Test
  void shouldTrainWithWorkersAndCountTheEpochs() throws IOException {
    assertEquals(0, train("--workers", "2", "--train", "80", "--batch", "16"), run.errors());
    run.assertPrinted("2 workers, each with minibatches of 8 images; averaged after every 1");
    run.assertPrinted("Median of the epochs after the first: ");
    run.assertPrinted("Test accuracy: ");
    MultiLayerNetwork network = ModelFile.load(folder.resolve("model.zip"));
    assertEquals(2, network.getEpochCount());
    assertEquals(10, network.getIterationCount(), "five updates per epoch");
    double slope = network.getParam("1_slope").getDouble(0);
    assertTrue(slope > 0 && slope < 1, "slope " + slope);
  }

  @Test
  void shouldTrainAloneForComparison() throws IOException {
    assertEquals(0, train("--workers", "1", "--train", "128"), run.errors());
    run.assertPrinted("128 training and 50 test images");
    run.assertPrinted("One trainer, minibatches of 64 images");
    MultiLayerNetwork network = ModelFile.load(folder.resolve("model.zip"));
    assertEquals(2, network.getEpochCount());
    assertEquals(4, network.getIterationCount());
  }

  @Test
  void shouldPrintTheResultAsOneObject() throws IOException {
    assertEquals(0, train("--workers", "1", "--train", "64", "--json"), run.errors());
    Map<?, ?> figures = new ObjectMapper().readValue(run.output(), Map.class);
    assertEquals(
        List.of("workers", "epochs", "images_per_second", "test_accuracy", "model"),
        List.copyOf(figures.keySet()));
    assertEquals(folder.resolve("model.zip").toAbsolutePath().toString(), figures.get("model"));
  }

  @ParameterizedTest
  @CsvSource({
    "--workers, 0, --workers must be at least 1",
    "--averaging, 0, --averaging must be at least 1",
    "--batch, 1, '--batch must be at least 2, got 1'",
    "--train, 63, '--train must be from 64 to 320, got 63'",
    "--learning-rate, 0, --learning-rate must be positive"
  })
  void shouldSayWhatCannotBe(String option, String value, String complaint) throws IOException {
    String[] arguments =
        option.equals("--workers")
            ? new String[] {option, value}
            : new String[] {"--workers", "2", option, value};
    assertEquals(1, train(arguments));
    run.assertComplained(complaint);
  }
}
