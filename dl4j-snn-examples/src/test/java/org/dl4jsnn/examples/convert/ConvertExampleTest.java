package org.dl4jsnn.examples.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.CifarBytes;
import org.dl4jsnn.train.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

@Tag("slow")
class ConvertExampleTest {

  private static final int RECORDS = 4;

  @TempDir private Path folder;

  private final CommandLineRun run =
      CommandLineRun.preparing(ConvertExample.class, example -> example.records = RECORDS);

  @BeforeEach
  void nameTheModel() {
    run.setDefaults("--model=%s/model.zip", folder);
  }

  private void assertPrinted(String pattern) {
    assertTrue(
        run.output().lines().anyMatch(line -> line.matches(pattern)),
        () -> run.output() + " has no line " + pattern);
  }

  @Test
  void shouldTrainConvertAndTuneLenetAndNotTrainTwice() {
    String convert =
        "convert --train 40 --test 10 --epochs 1 --calibrate 10 --batch 20 --steps 2,4"
            + " --fine-tune 2";
    run.assertDone(convert);
    assertPrinted("Without spikes: test accuracy \\S+ %");
    assertPrinted("\\| scales \\| T = 2 \\| T = 4 \\|");
    assertPrinted("\\| mean-square \\| \\S+ \\| \\S+ \\|");
    assertPrinted("\\| layer4 \\| 200 \\| .*");
    assertPrinted("At T = 2, by mean square: converted \\S+ %, fine-tuned .* \\S+ %");
    String before = run.output();
    run.clear();
    run.assertDone(convert);
    assertEquals(before, run.output());
    Path tuned = folder.resolve("model-spiking-T2.zip");
    INDArray parameters = ModelFile.load(tuned).params();
    run.assertDone(convert + " --fine-tune-rate 0.05");
    assertNotEquals(parameters, ModelFile.load(tuned).params(), "tuned anew");
  }

  @Test
  void shouldConvertVggWithNormalisation() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
    run.assertDone(
        "convert --network vgg --data %s --test 4 --epochs 1 --calibrate 8 --batch 8"
            + " --scales percentile --steps 2 --fine-tune 0",
        folder);
    assertPrinted("\\| percentile \\| \\S+ \\|");
    assertPrinted("\\| layer0 \\| 16 \\| .*");
  }
}
