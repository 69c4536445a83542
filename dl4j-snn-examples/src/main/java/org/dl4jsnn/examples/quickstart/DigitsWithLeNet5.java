package org.dl4jsnn.examples.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.dl4jsnn.examples.data.EmbeddedDigits;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.monitor.SpikeRecording;
import org.dl4jsnn.plot.Plots;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The published spiking LeNet5 learns embedded digits by ASF-BP; then its spikes are drawn, and it
 * is saved and loaded. Notebook 2 explains it.
 */
public final class DigitsWithLeNet5 {

  private static final Logger log = LoggerFactory.getLogger(DigitsWithLeNet5.class);

  private static final int DIGITS = 4000;
  private static final int TEST_DIGITS = 1000;
  private static final int EPOCHS = 3;
  private static final int STEPS = 20;

  private DigitsWithLeNet5() {}

  public static void main(String[] args) throws IOException {
    run(DIGITS, TEST_DIGITS, EPOCHS, Path.of("target", "quickstart"));
  }

  /** Returns the accuracy on test digits. */
  static double run(int digits, int testDigits, int epochs, Path charts) throws IOException {
    DataSetIterator training = EmbeddedDigits.training(digits, 50);
    DataSetIterator test = EmbeddedDigits.test(testDigits, 100);

    MultiLayerNetwork network =
        SpikingNetworks.lenet5().steps(STEPS).updater(new Adam(1e-3)).seed(1).init();
    network.setListeners(new ScoreIterationListener(20));
    network.fit(training, epochs);
    Evaluation evaluation = network.evaluate(test);
    log.info(evaluation.stats());

    log.info("One digit, its spikes, and how the answer builds up");
    INDArray digit = EmbeddedDigits.test(1, 1).next().getFeatures();
    SpikeRecording spikes = SpikeProbe.of(network).allLayers().record(digit);
    Plots.save(
        Plots.grid(
            List.of(
                Plots.raster("conv1", spikes.raster("conv1", 0, 60)),
                Plots.raster("dense", spikes.raster("dense", 0, 60)),
                Plots.output(OutputOverTime.of(network, digit), 0)),
            1),
        charts.resolve("digit.png"));

    Path file = charts.resolve("lenet5.zip");
    ModelFile.save(network, file);
    MultiLayerNetwork loaded = ModelFile.load(file);
    log.info(
        "Saved to {}; the loaded network gives the same answers: {}",
        file,
        loaded.output(digit).equals(network.output(digit)));
    return evaluation.accuracy();
  }
}
