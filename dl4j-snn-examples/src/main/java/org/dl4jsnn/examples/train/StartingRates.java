package org.dl4jsnn.examples.train;

import java.util.Locale;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.balance.FiringRateBalance;
import org.dl4jsnn.examples.support.AnyNetwork;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.train.TrainingData;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The firing rates at the start of a training. */
final class StartingRates {

  private static final double PERCENT = 100;

  private StartingRates() {}

  /** The parameters scaled until a layer fires at a given rate. */
  enum Scaled {
    /** Weights, and γ and β of a normalisation. */
    WEIGHTS,
    THRESHOLDS;

    void balance(double rate, NeuralNetwork network, INDArray features) {
      FiringRateBalance balance = new FiringRateBalance(rate);
      if (this == WEIGHTS) {
        balance.weights(network, features);
      } else {
        balance.thresholds(network, features);
      }
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Balances the network if requested, and prints the rates of its layers. */
  static void prepare(Model model, TrainingData data, TrainingOptions options, Output output) {
    NeuralNetwork network = (NeuralNetwork) model;
    INDArray features =
        data.training(AnyNetwork.common(model).getSeed(), 0, 0).next().getFeatures();
    print("Firing rates at the start", network, features, output);
    if (options.balance != null) {
      options.balanceBy.balance(options.balance, network, features);
      print("Balanced by " + options.balanceBy, network, features, output);
    }
  }

  private static void print(String what, NeuralNetwork network, INDArray features, Output output) {
    String rates =
        FiringRates.measure(network, features, true).stream()
            .map(
                layer ->
                    String.format(Locale.ROOT, "%s %.2f", layer.layer(), PERCENT * layer.mean()))
            .collect(Collectors.joining(", "));
    output.progress("%s, %%: %s", what, rates);
  }
}
