package org.dl4jsnn.examples.plots;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.ImageFiles;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.monitor.SpikeRaster;
import org.dl4jsnn.plot.Plots;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws the spikes of a trained network's layers, a membrane and the output for one sample. */
@Command(
    name = "raster",
    description = "Draw the spikes of a trained network's layers for one sample.",
    showDefaultValues = true)
public final class RasterExample extends ExampleCommand {

  @Option(names = "--model", required = true, description = "The trained network.")
  private Path model;

  @Mixin private RasterInput input;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      showDefaultValue = Visibility.NEVER,
      description =
          "A layer to draw; may be given several times. Default: all but the encoding and the"
              + " read-out.")
  private List<String> layers = new ArrayList<>();

  @Option(
      names = "--neurons",
      description =
          "The most neurons to draw per layer; if more fire, evenly spaced ones are " + "drawn.")
  private int neurons = 80;

  @Option(names = "--to", required = true, description = "The image to write; must end in .png.")
  private Path to;

  @Override
  public void checkOptions() {
    ImageFiles.requirePng("--to", to);
    input.check();
    input.requireKept("--to", to);
    OptionRules.atLeast("--neurons", neurons, 1);
    OptionRules.model(model);
  }

  @Override
  public Integer call() {
    checkOptions();
    NeuralNetwork network = input.network(SavedNetwork.load(model));
    INDArray features = input.features(network);
    RecordedTrains trains = input.seenBy(() -> RecordedTrains.of(network, features));
    Output output = output();
    SpikeTrain given = trains.all().get(0).train();
    SamplePlot plot = new SamplePlot(given.steps());
    plot.addInput(String.format(Locale.ROOT, "%s, T = %d", input, given.steps()), given);
    for (Map.Entry<String, SpikeTrain> layer : chosen(trains).entrySet()) {
      SpikeRaster raster = SpikeRaster.of(layer.getValue(), 0, neurons);
      output.print("%s, %s", layer.getKey(), raster.summary());
      plot.add(Plots.raster(layer.getKey(), raster));
    }
    NetworkPlots.lastMembrane(network, features).ifPresent(plot::add);
    addOutput(network, trains, plot, output);
    ImageFiles.save(plot.image(), to);
    output.print("Saved to %s", to.toAbsolutePath());
    return 0;
  }

  private Map<String, SpikeTrain> chosen(RecordedTrains trains) {
    Map<String, SpikeTrain> all = new LinkedHashMap<>();
    trains.spikes().forEach(recorded -> all.put(recorded.layer(), recorded.train()));
    if (layers.isEmpty()) {
      all.remove(trains.all().get(0).layer());
      return all;
    }
    Map<String, SpikeTrain> chosen = new LinkedHashMap<>();
    for (String name : layers) {
      if (!all.containsKey(name)) {
        throw new UserError(
            "--layer must be one of " + String.join(", ", all.keySet()) + ", got " + name);
      }
      chosen.put(name, all.get(name));
    }
    return chosen;
  }

  private static void addOutput(
      NeuralNetwork network, RecordedTrains trains, SamplePlot plot, Output output) {
    try {
      OutputOverTime outputs = OutputOverTime.of(network, trains);
      plot.add(Plots.output(outputs, 0));
      output.print(
          "Answer: class %d, from step %d of %d on",
          outputs.classes(outputs.steps())[0], outputs.settled()[0], outputs.steps());
    } catch (IllegalArgumentException e) {
      output.print("No output over time: %s", e.getMessage());
    }
  }
}
