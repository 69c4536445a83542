package org.dl4jsnn.examples.spoken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.neuron.AdLifNeuron;
import org.dl4jsnn.train.ModelFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands from end to end, on tones. */
class SpokenExampleTest {

  @TempDir private static Path set;
  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  @BeforeAll
  static void makeSet() throws IOException, InterruptedException {
    ToneSpeech.makeSet(set, 2);
  }

  @ParameterizedTest
  @CsvSource({"recurrent, 0, 0", "feedforward, 0, 0", "rates, 1, 20", "lstm, 0, 0"})
  void shouldTrainEveryNetwork(String network, int holdOut, int heldOut) {
    Path model = folder.resolve("model.zip");
    run.assertDone(
        "spoken train --epochs 1 --neurons 8 --pooling 50 --steps 20 --step 30 --network %s"
            + " --hold-out %s --data %s --model %s",
        network, holdOut, set, model);
    run.assertPrinted(
        "40 words of 20 classes by 2 speakers; " + heldOut + " of the words held out");
    run.assertPrinted("frames [14, 20]");
    run.assertPrinted("Reloaded: predicts exactly the same for all 20");
    assertTrue(Files.exists(model));
  }

  /** Delays side by side make a graph, which is trained, saved and resumed like a sequence. */
  @Test
  void shouldTrainAndResumeAGraphWithDelays() {
    Path model = folder.resolve("delays.zip");
    String options =
        "spoken train --neurons 8 --pooling 50 --steps 20 --step 30 --network feedforward --neuron"
            + " adlif --step-length 3 --detach-resets --layers 2 --delays 2 --longest-delay 4"
            + " --dropout 0.2 --silent-channels 2 --silent-steps 2 --data %s --model %s";
    Path stats = folder.resolve("stats.bin");
    run.assertDone(options + " --epochs 1 --stats " + stats, set, model);
    run.assertPrinted("Reloaded: predicts exactly the same for all 20");
    assertTrue(Files.exists(stats));
    ComputationGraph graph = ModelFile.loadGraph(model);
    assertEquals(14, graph.getVertex("delay00").getLayer().numParams());
    run.assertDone(options + " --epochs 2 --resume %s", set, model, model);
    run.assertPrinted("Resumed " + model + " after epoch 1 of 2");
    assertEquals(2, ModelFile.loadGraph(model).getEpochCount());
  }

  @Test
  void shouldTrainByTheBestRecipe() {
    Path model = folder.resolve("best.zip");
    run.assertDone(
        "spoken train --recipe best --epochs 1 --neurons 8 --pooling 50 --steps 20 --step 30"
            + " --data %s --model %s",
        set, model);
    SpikingDense layer = (SpikingDense) ModelFile.load(model).getLayer(3).conf().getLayer();
    assertInstanceOf(AdLifNeuron.class, layer.getNeuron());
    assertEquals(new SpatioTemporalBackprop().withDetachedReset(), layer.getBackprop());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          --network lstm --delays 1; --layers, --delays, --dropout and --detach-resets must not
          --dropout 1; --dropout must be at least 0 and less than 1, got 1.0
          --silent-channels 71; --silent-channels must be from 0 to 70, got 71
          """)
  void shouldExplainBadOptions(String options, String message) {
    run.assertRefused(message, "spoken train " + options + " --data %s", set);
  }

  @Test
  void shouldRefuseToHoldOutEverySpeaker() {
    run.assertRefused(
        "--hold-out must leave a speaker", "spoken train --hold-out 21 --data %s", set);
  }
}
