package org.dl4jsnn.examples.train;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.train.TrainingData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class StartingRatesTest {

  private static final double RATE = 0.2;

  private final ShortTraining training = new ShortTraining(Path.of("unused.zip"), 1);
  private final MultiLayerNetwork network = training.network();
  private final StringWriter text = new StringWriter();

  @Test
  void shouldPrintRatesAndChangeNothing() {
    INDArray before = network.params().dup();
    prepare();
    assertTrue(text.toString().startsWith("Firing rates at the start, %: first "), "" + text);
    assertSameBits(before, network.params());
  }

  @ParameterizedTest
  @EnumSource
  void shouldBalance(StartingRates.Scaled scaled) {
    training.options.balance = RATE;
    training.options.balanceBy = scaled;
    prepare();
    assertTrue(text.toString().contains("Balanced by " + scaled + ", %: first "), "" + text);
    TrainingData data = training.data();
    INDArray features =
        data.training(network.getDefaultConfiguration().getSeed(), 0, 0).next().getFeatures();
    for (FiringRates layer : FiringRates.measure(network, features, true)) {
      assertEquals(RATE, layer.mean(), 0.05 * RATE, layer.layer());
    }
  }

  private void prepare() {
    Output output = new Output(new PrintWriter(text, true));
    StartingRates.prepare(network, training.data(), training.options, output);
  }
}
