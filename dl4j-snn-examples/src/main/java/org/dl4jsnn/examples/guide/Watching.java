package org.dl4jsnn.examples.guide;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.balance.FiringRateBalance;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.monitor.SpikeRecording;
import org.dl4jsnn.monitor.health.HealthSink;
import org.dl4jsnn.monitor.health.SpikeHealthListener;
import org.dl4jsnn.monitor.health.ui.SpikingRouter;
import org.dl4jsnn.monitor.live.LiveSpikesListener;
import org.dl4jsnn.plot.EpochTable;
import org.dl4jsnn.plot.Plots;
import org.dl4jsnn.spike.SpikeTrain;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Listeners that watch a training, and plots of a network, as shown in docs/watch.md. */
final class Watching {

  private Watching() {}

  static void live(MultiLayerNetwork network, SpikingRouter reports, INDArray digit) {
    // begin live
    network.addListeners(
        new LiveSpikesListener.Builder(reports::show) // in the session of its reports
            .interval(20) // minibatches from one look to the next
            .sample(digit) // by default the first one of the first minibatch
            .ofClass(7)
            .build());
    // end live
  }

  static SpikingRouter health(
      MultiLayerNetwork network,
      StatsStorage statsStorage,
      Path folder,
      DataSetIterator train,
      int epochs) {
    // begin health
    SpikingRouter reports = new SpikingRouter(statsStorage); // the page /spiking of the UI
    network.setListeners(
        new SpikeHealthListener.Builder()
            .reportTo(HealthSink.log()) // a table in the log; the default
            .reportTo(HealthSink.csv(folder.resolve("health.csv"))) // a row per layer and epoch
            .reportTo(HealthSink.html(folder.resolve("health.html"))) // charts, in one file
            .reportTo(reports)
            .build());
    network.fit(train, epochs);
    // end health
    return reports;
  }

  static BufferedImage keep(XYChart chart, List<XYChart> charts, Path file) throws IOException {
    // begin keep
    BufferedImage image = Plots.image(chart); // which a notebook shows
    BufferedImage several = Plots.grid(charts, 1); // in one image, here one below the other
    Plots.save(several, file); // a PNG file; a chart goes the same way
    Plots.show(chart); // a window; refused where there is no screen
    // end keep
    return image;
  }

  static SpikeRecording record(MultiLayerNetwork network, INDArray features) {
    // begin probe
    SpikeRecording seen =
        SpikeProbe.of(network).layer("conv1").membranes("dense", 3, 17).record(features);
    // end probe
    return seen;
  }

  static List<Object> look(SpikeRecording seen) {
    // begin recording
    SpikeTrain spikes = seen.train("conv1");
    INDArray rates = seen.rates("conv1", 0); // of sample 0, [channels, height, width]
    INDArray in = seen.accumulatedInput("conv1"); // Σ c[t], [minibatch, channels, height, width]
    INDArray out = seen.accumulatedOutput("conv1"); // Σ s[t]
    float[] potentials = seen.membrane("dense", 0, 17); // T of them, neuron 17 in sample 0
    // end recording
    return List.of(spikes, rates, in, out, potentials);
  }

  static XYChart raster(SpikeRecording seen) {
    // begin raster
    XYChart chart = Plots.raster("conv1", seen.raster("conv1", 0, 80));
    // end raster
    return chart;
  }

  static XYChart membrane(SpikeRecording seen) {
    // begin membrane
    XYChart chart = Plots.membrane(seen, "dense", 0, 17);
    // end membrane
    return chart;
  }

  static BufferedImage rates(SpikeRecording seen) {
    // begin rates
    BufferedImage maps = Plots.rateMaps("conv1", seen.rates("conv1", 0));
    // end rates
    return maps;
  }

  static XYChart flow(MultiLayerNetwork network, SpikeRecording seen) {
    // begin flow
    double k = network.getLayer("conv1").getParam(AsfBackprop.SLOPE).getDouble(0);
    XYChart chart = Plots.flow("conv1", seen.flow("conv1"), k);
    // end flow
    return chart;
  }

  static XYChart output(MultiLayerNetwork network, INDArray features) {
    // begin output
    XYChart chart = Plots.output(OutputOverTime.of(network, features), 0);
    // end output
    return chart;
  }

  static List<Object> learning(Path log) throws IOException {
    // begin learning
    BufferedImage logged = Plots.learningCurves(Map.of("mine", EpochTable.read(log)));
    XYChart own =
        Plots.learningCurves("test accuracy, %", Map.of("with dropout", List.of(91.2, 94.0, 95.1)));
    // end learning
    return List.of(logged, own);
  }

  static HeatMapChart confusion(Evaluation evaluation) {
    // begin confusion
    HeatMapChart chart = Plots.confusion(evaluation); // Deeplearning4j's Evaluation
    // end confusion
    return chart;
  }

  static BufferedImage kernels(MultiLayerNetwork network) {
    // begin kernels
    BufferedImage kernels = Plots.kernels("conv1", network.getLayer("conv1").getParam("W"));
    // end kernels
    return kernels;
  }

  static void watch(MultiLayerNetwork network) {
    // begin watch
    network.setListeners(new SpikeHealthListener()); // a table per epoch in the log, and warnings
    // end watch
  }

  static List<FiringRates> measure(MultiLayerNetwork network, INDArray features) {
    // begin measure
    List<FiringRates> rates = FiringRates.measure(network, features);
    // FiringRates[layer=layer1, mean=0.031, silent=0.12, saturated=0.0], ...
    // end measure
    return rates;
  }

  static List<FiringRateBalance.LayerRow> balance(MultiLayerNetwork network, DataSet minibatch) {
    // begin balance
    network.init();
    List<FiringRateBalance.LayerRow> done =
        new FiringRateBalance(0.1).weights(network, minibatch.getFeatures());
    // end balance
    return done;
  }
}
