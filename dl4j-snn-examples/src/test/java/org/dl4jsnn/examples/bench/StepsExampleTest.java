package org.dl4jsnn.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.examples.cli.Examples;
import org.dl4jsnn.examples.data.CifarBytes;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.examples.train.SmallColourNetwork;
import org.dl4jsnn.train.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import picocli.CommandLine;

class StepsExampleTest {

  private static final int RECORDS = 3;

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void shouldReportAccuracyAndOperationsOfEveryStep() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
    Path model = folder.resolve("model.zip");
    MultiLayerNetwork network = SmallColourNetwork.untrained();
    ModelFile.save(network, model);
    assertEquals(0, run("--model", model.toString(), "--steps", "5"), errors.toString());
    String text = output.toString();
    for (int step = 1; step <= 5; step++) {
      assertTrue(text.contains("| " + step + " | "), text);
    }
    double accuracy =
        network(model, 5).evaluate(CifarFiles.in(folder, RECORDS).test().inOrder(3)).accuracy();
    String last = String.format(Locale.ROOT, "| 5 | %.2f %% | 100.0 %% |", 100 * accuracy);
    assertTrue(text.contains(last), text);
    assertTrue(text.contains("mean over the first " + RECORDS + " images:"), text);
    assertTrue(text.contains("| all, 5 steps | "), text);
  }

  private static MultiLayerNetwork network(Path model, int steps) {
    return TimeSteps.change(ModelFile.load(model), steps);
  }

  @Test
  void shouldExplainBadOptions() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
    assertEquals(
        1, Examples.commandLine("steps").setErr(new PrintWriter(errors, true)).execute("steps"));
    assertTrue(errors.toString().contains("--data must name the folder of CIFAR-10, got none"));
    assertEquals(1, run("--steps", "0"));
    assertTrue(errors.toString().contains("--steps must be at least 1, got 0"));
    assertEquals(1, run("--model", folder.resolve("none.zip").toString()));
    assertTrue(errors.toString().contains("Cannot find a model at"));
  }

  @Test
  void shouldRefuseANetworkWhoseReadOutFollowsAStockLayer() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(SpikeEncoding.direct(3).build())
            .layer(new SpikingDense.Builder().nOut(4).build())
            .layer(new DenseLayer.Builder().nOut(4).activation(Activation.RELU).build())
            .layer(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.convolutional(32, 32, 3))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    Path model = folder.resolve("stock.zip");
    ModelFile.save(network, model);
    assertEquals(1, run("--model", model.toString(), "--steps", "3"));
    String message = "--model must name a network whose read-out follows spiking neurons, got ";
    assertTrue(errors.toString().contains(message + model), errors.toString());
  }

  private int run(String... options) {
    CommandLine examples =
        Examples.commandLine("steps")
            .setOut(new PrintWriter(output, true))
            .setErr(new PrintWriter(errors, true));
    StepsExample example = examples.getSubcommands().get("steps").getCommand();
    example.records = RECORDS;
    String[] args = new String[options.length + 3];
    args[0] = "steps";
    args[1] = "--data";
    args[2] = folder.toString();
    System.arraycopy(options, 0, args, 3, options.length);
    return examples.execute(args);
  }
}
