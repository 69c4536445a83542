package org.dl4jsnn.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.IntegerNetwork;
import org.dl4jsnn.deploy.IntegerQuantization;
import org.dl4jsnn.deploy.QuantizationReport;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.train.ModelFile;
import org.nd4j.linalg.exception.ND4JException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Turns a trained network into an integer network for chips, and shows the cost. */
@Command(
    name = "integers",
    description = "A trained network in integers: its cost, and its arrays for a chip.",
    showDefaultValues = true)
public final class IntegersExample extends ExampleCommand {

  @Option(names = "--model", required = true, description = "The trained network.")
  private Path model;

  @Option(names = "--bits", description = "Bits per weight, from 2 to 16.")
  private int bits = 8;

  @Option(names = "--threshold-bits", description = "Bits per threshold, from 2 to 24.")
  private int thresholdBits = 16;

  @Option(names = "--per-layer", description = "One threshold per layer instead of per channel.")
  private boolean perLayer;

  @Option(names = "--to", description = "Folder to write NumPy arrays to.")
  private Path to;

  @Option(names = "--save", description = "File to save the integer network in.")
  private Path save;

  @Mixin private TestImages images = new TestImages();

  @Override
  public Integer call() {
    OptionRules.within("--bits", bits, 2, 16);
    OptionRules.within("--threshold-bits", thresholdBits, 2, 24);
    images.checkOptions();
    if (save != null) {
      OptionRules.target("--save", save, model);
    }
    NeuralNetwork trained = SavedNetwork.load(model);
    try {
      quantize(trained);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    } catch (IOException e) {
      throw new UserError("Cannot write the integer network: " + e, e);
    }
    return 0;
  }

  private void quantize(NeuralNetwork trained) throws IOException {
    IntegerQuantization quantization =
        IntegerQuantization.toBits(bits).thresholdBits(thresholdBits);
    IntegerQuantization wanted = perLayer ? quantization.perLayer() : quantization;
    if (trained instanceof ComputationGraph graph) {
      IntegerNetwork<ComputationGraph> chip = wanted.quantize(graph);
      write(chip);
      report(() -> QuantizationReport.of(graph, chip, images.inOrder()));
    } else {
      MultiLayerNetwork sequence = (MultiLayerNetwork) trained;
      IntegerNetwork<MultiLayerNetwork> chip = wanted.quantize(sequence);
      write(chip);
      report(() -> QuantizationReport.of(sequence, chip, images.inOrder()));
    }
  }

  private void write(IntegerNetwork<?> chip) throws IOException {
    if (to != null) {
      chip.writeArrays(to);
    }
    if (save != null) {
      ModelFile.save((Model) chip.network(), save);
    }
    if (!images.areNamed()) {
      chip.layers().forEach(layer -> output().print("%s", layer));
    }
  }

  private void report(Supplier<QuantizationReport> report) {
    if (!images.areNamed()) {
      output().print("No report: --images or --data names the test images of the network.");
      return;
    }
    try {
      output().print("%s", report.get());
    } catch (IllegalArgumentException | DL4JException | ND4JException e) {
      throw new UserError(
          "The images do not fit the network: "
              + e.getMessage()
              + ". Possible cause: it was trained on other data than --images and --data name",
          e);
    }
  }
}
