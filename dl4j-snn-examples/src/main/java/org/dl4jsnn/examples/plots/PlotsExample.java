package org.dl4jsnn.examples.plots;

import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.train.TrainingFiles;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws all plots of the library for a trained network. */
@Command(
    name = "plots",
    description =
        "Draw what a trained network does with a sample (spikes, membranes, rates, flows, "
            + "outputs), and its kernels, learning curves and confusion matrix.",
    showDefaultValues = true)
public final class PlotsExample extends ExampleCommand {

  private static final int BATCH = 100;

  @Option(names = "--model", required = true, description = "The trained network.")
  private Path model;

  @Mixin private RasterInput input;

  @Option(
      names = "--test",
      description =
          "Number of first test digits in the confusion matrix; recordings have no matrix.")
  private int test = 500;

  @Option(
      names = "--flow-digits",
      description =
          "Number of first test digits whose flows are drawn; for a recording, only its own.")
  private int flowDigits = 20;

  @Option(
      names = "--to",
      required = true,
      description = "Folder to write the images to; created if missing.")
  private Path to;

  @Override
  public void checkOptions() {
    input.orFirstDigit();
    input.check();
    OptionRules.model(model);
  }

  @Override
  public Integer call() {
    checkOptions();
    Digits digits = MnistFiles.embedded().test();
    OptionRules.within("--test", test, 1, digits.size());
    OptionRules.within("--flow-digits", flowDigits, 1, digits.size());
    NeuralNetwork network = input.network(SavedNetwork.load(model));
    INDArray features = input.features(network);
    UserError.explained("Cannot make the folder " + to + ": ", () -> Files.createDirectories(to));
    NetworkPlots plots = new NetworkPlots(network, to, output());
    input.seenBy(() -> plots.sample(input.toString(), features));
    plots.kernels();
    plots.learning(TrainingFiles.log(model));
    if (input.isDigit()) {
      plots.flows(digits.range(0, flowDigits).inOrder(flowDigits).next().getFeatures());
      plots.confusion(digits.range(0, test).inOrder(BATCH));
    } else {
      plots.flows(features);
    }
    return 0;
  }
}
