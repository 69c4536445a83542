package org.dl4jsnn.examples.plots;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.PictureFiles;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a trained network what a picture or a recording shows. */
@Command(
    name = "predict",
    description = "Ask a trained network what a picture or a recording shows.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class PredictExample implements Callable<Integer> {

  @Option(
      names = "--model",
      description = "The trained network; default: the LeNet5 over digits of the library.")
  private Path model;

  @Mixin private RasterInput input;

  @Option(
      names = "--to",
      description = "A picture to write: the spikes of all layers, and the answer as it builds up.")
  private Path to;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (to != null) {
      PictureFiles.requirePng(to);
    }
    input.orFirstDigit();
    input.check();
    MultiLayerNetwork network =
        input.network(
            model == null ? SpikingNetworks.lenet5().pretrained() : ModelFile.load(model));
    INDArray features = input.features();
    RecordedTrains trains = input.seenBy(() -> RecordedTrains.of(network, features));
    OutputOverTime outputs = OutputOverTime.of(network, trains);
    Output output = new Output(spec.commandLine().getOut());
    int steps = outputs.steps();
    int answer = outputs.classes(steps)[0];
    output.print(
        "%s: class %d (%.1f %%), the answer from step %d of %d on",
        input,
        answer,
        100 * outputs.after(steps).getDouble(0, answer),
        outputs.settled()[0],
        steps);
    if (to != null) {
      PictureFiles.save(new AnswerPicture(input.toString(), trains, outputs).draw(), to);
      output.print("Its spikes: %s", to.toAbsolutePath());
    }
    return 0;
  }
}
