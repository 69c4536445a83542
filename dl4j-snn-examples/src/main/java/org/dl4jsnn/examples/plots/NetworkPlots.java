package org.dl4jsnn.examples.plots;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.examples.support.AnyNetwork;
import org.dl4jsnn.examples.support.ImageFiles;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.monitor.SpikeRecording;
import org.dl4jsnn.neuron.StateVariable;
import org.dl4jsnn.plot.EpochTable;
import org.dl4jsnn.plot.Plots;
import org.dl4jsnn.synapse.Synapse;
import org.knowm.xchart.XYChart;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Writes the plots of one network to a folder. */
record NetworkPlots(NeuralNetwork network, Path folder, Output output) {
  private static final int MOST_ROWS = 40;
  private static final int MOST_OUTPUTS = 10;
  private static final int FLOWS_A_ROW = 2;

  /** Draws spikes, membranes, rates and outputs for one sample; returns the observation. */
  SpikeRecording sample(String name, INDArray features) {
    SpikeProbe probe = SpikeProbe.of(network).allLayers();
    for (BaseSpikingLayer layer : layers(network)) {
      if (!isPooling(layer)) {
        probe = probe.membranes(layer.getLayerName());
      }
    }
    for (Layer layer : AnyNetwork.layers(network).values()) {
      if (layer.conf().getLayer() instanceof LeakyReadOut readOut) {
        probe = probe.membranes(readOut.getLayerName());
      }
    }
    SpikeRecording seen = probe.record(features);
    List<XYChart> rasters = new ArrayList<>();
    for (String layer : seen.layers()) {
      if (seen.membranesOf(layer).length > 0) {
        write("membranes-" + layer, membranes(seen, layer), "membranes of " + layer);
      }
      if (!seen.hasSpikes(layer)) {
        continue;
      }
      rasters.add(Plots.raster(layer, seen.raster(layer, 0, MOST_ROWS)));
      if (seen.train(layer).shape().spatial()) {
        write("rates-" + layer, Plots.rateMaps(layer, seen.rates(layer, 0)), "rates of " + layer);
      }
    }
    lastMembrane(network, features).ifPresent(rasters::add);
    outputs(features).ifPresent(rasters::add);
    write("raster", Plots.grid(rasters, 1), "spikes of all layers for " + name);
    return seen;
  }

  /** The membrane of the neuron that fires most in the last layer of neurons, if there is one. */
  static Optional<XYChart> lastMembrane(NeuralNetwork network, INDArray features) {
    List<BaseSpikingLayer> layers = layers(network);
    if (layers.isEmpty()) {
      return Optional.empty();
    }
    String last = layers.get(layers.size() - 1).getLayerName();
    SpikeRecording seen = SpikeProbe.of(network).layer(last).membranes(last).record(features);
    return Optional.of(Plots.membrane(seen, last, 0, typicalNeurons(seen, last).get(0)));
  }

  private BufferedImage membranes(SpikeRecording seen, String layer) {
    List<Integer> neurons = typicalNeurons(seen, layer);
    List<List<XYChart>> perVariable = new ArrayList<>();
    perVariable.add(Plots.membrane(seen, layer, 0, neurons));
    for (String variable : seen.variables(layer)) {
      if (!variable.equals(StateVariable.MEMBRANE)) {
        perVariable.add(Plots.stateVariable(seen, layer, variable, 0, neurons));
      }
    }
    // The variables of a neuron below one another.
    List<XYChart> charts = new ArrayList<>();
    for (int i = 0; i < neurons.size(); i++) {
      for (List<XYChart> variable : perVariable) {
        charts.add(variable.get(i));
      }
    }
    return Plots.grid(charts, 1);
  }

  private Optional<XYChart> outputs(INDArray features) {
    try {
      XYChart outputs = Plots.output(OutputOverTime.of(network, features), 0);
      write("output", Plots.image(outputs), "output after every step");
      return Optional.of(outputs);
    } catch (IllegalArgumentException e) {
      output.print("No output over time: %s", e.getMessage());
      return Optional.empty();
    }
  }

  /** Draws accumulated input against output of every layer of neurons. */
  void flows(INDArray features) {
    SpikeProbe probe = SpikeProbe.of(network);
    for (BaseSpikingLayer layer : layers(network)) {
      probe = probe.layer(layer.getLayerName());
    }
    SpikeRecording seen = probe.record(features);
    List<XYChart> charts = new ArrayList<>();
    for (String layer : seen.layers()) {
      INDArray slope = AnyNetwork.layers(network).get(layer).paramTable().get(AsfBackprop.SLOPE);
      charts.add(
          slope == null
              ? Plots.flow(layer, seen.flow(layer))
              : Plots.flow(layer, seen.flow(layer), slope.getDouble(0)));
    }
    write(
        "flow", Plots.grid(charts, FLOWS_A_ROW), "accumulated flows; samples: " + seen.minibatch());
  }

  /** Draws the kernels of every convolution. */
  void kernels() {
    AnyNetwork.layers(network)
        .forEach(
            (name, layer) -> {
              if (layer.conf().getLayer() instanceof SpikingConvolution2D) {
                INDArray weights = layer.getParam(Synapse.WEIGHT);
                write("kernels-" + name, Plots.kernels(name, weights), "weights of " + name);
              }
            });
  }

  /** Draws accuracy and loss of the training, if its log exists. */
  void learning(Path log) {
    if (!Files.isRegularFile(log)) {
      output.print("No learning.png: there is no log at %s", log);
      return;
    }
    BufferedImage curves =
        UserError.explained(
            "Cannot plot the log: ",
            () -> Plots.learningCurves(Map.of(log.getFileName().toString(), EpochTable.read(log))));
    write("learning", curves, "learning curves");
  }

  void confusion(DataSetIterator test) {
    Evaluation evaluation = AnyNetwork.evaluate((Model) network, test);
    write("confusion", Plots.image(Plots.confusion(evaluation)), "confusion of classes");
  }

  private static List<BaseSpikingLayer> layers(NeuralNetwork network) {
    List<BaseSpikingLayer> layers = new ArrayList<>();
    for (Layer layer : AnyNetwork.layers(network).values()) {
      if (layer.conf().getLayer() instanceof BaseSpikingLayer spiking && spiking.hasNeurons()) {
        layers.add(spiking);
      }
    }
    return layers;
  }

  /** Whether a layer only pools; one of windows of a single neuron has neurons for currents. */
  private static boolean isPooling(BaseSpikingLayer layer) {
    return layer instanceof SpikingPooling2D pooling
        && pooling.getWindow().rows().kernel() * pooling.getWindow().columns().kernel() > 1;
  }

  private void write(String name, BufferedImage image, String what) {
    Path file = folder.resolve(name + ".png");
    ImageFiles.save(image, file);
    output.print("%s: %s", file, what);
  }

  /**
   * Up to four neurons that show a layer's response to its first sample: of the firing neurons the
   * most, median and least active, and of the silent ones the one with the most input. Of a
   * read-out, which never fires, the first ten.
   */
  static List<Integer> typicalNeurons(SpikeRecording seen, String layer) {
    if (!seen.hasSpikes(layer)) {
      return IntStream.of(seen.membranesOf(layer)).limit(MOST_OUTPUTS).boxed().toList();
    }
    float[] spikes = seen.accumulatedOutput(layer).slice(0).dup('c').data().asFloat();
    float[] input = seen.accumulatedInput(layer).slice(0).dup('c').data().asFloat();
    Comparator<Integer> bySpikes = Comparator.comparingDouble(n -> -spikes[n]);
    List<Integer> order =
        IntStream.range(0, spikes.length)
            .boxed()
            .sorted(bySpikes.thenComparingDouble(n -> -input[n]))
            .toList();
    int firing = (int) IntStream.range(0, spikes.length).filter(n -> spikes[n] > 0).count();
    return IntStream.of(0, (firing - 1) / 2, firing - 1, firing)
        .filter(place -> place >= 0 && place < spikes.length)
        .distinct()
        .mapToObj(order::get)
        .toList();
  }
}
