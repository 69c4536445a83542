package org.dl4jsnn.examples.bench;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.FixedSchedule;
import picocli.CommandLine.Option;

/** Settings shared by the runs that compare gradient rules. */
final class GradientsSettings {

  @Option(names = "--epochs", description = "Passes over the training digits.")
  int epochs = 3;

  @Option(names = "--digits", description = "Training digits, the first of the embedded 12,000.")
  int digits = 6000;

  @Option(names = "--test-digits", description = "Digits for measuring accuracy.")
  int testDigits = 2000;

  @Option(names = "--batch", description = "Digits per minibatch.")
  int batch = 64;

  @Option(names = "--learning-rate", description = "Adam's learning rate.")
  double learningRate = 8.5e-4;

  @Option(names = "--seed", description = "Seed of weights, spikes and order.")
  long seed = 1;

  @Option(names = "--threads", description = "Threads.")
  int threads = Runtime.getRuntime().availableProcessors();

  void check() {
    OptionRules.atLeast("--epochs", epochs, 1);
    OptionRules.within("--digits", digits, 1, MnistFiles.embedded().training().size());
    OptionRules.within("--test-digits", testDigits, 1, MnistFiles.embedded().test().size());
    OptionRules.atLeast("--batch", batch, 1);
    OptionRules.atLeast("--threads", threads, 1);
    OptionRules.positive("--learning-rate", learningRate);
  }

  Digits training() {
    return MnistFiles.embedded().training().range(0, digits);
  }

  Digits test() {
    return MnistFiles.embedded().test().range(0, testDigits);
  }

  MultiLayerNetwork network(int steps, BackpropRule rule) {
    return SpikingNetworks.lenet5()
        .steps(steps)
        .updater(new Adam(new FixedSchedule(learningRate)))
        .seed(seed)
        .backprop(rule)
        .init();
  }

  /** As command-line options of another command. */
  List<String> options() {
    return List.of(
        "--epochs=" + epochs,
        "--digits=" + digits,
        "--test-digits=" + testDigits,
        "--batch=" + batch,
        "--learning-rate=" + learningRate,
        "--seed=" + seed,
        "--threads=" + threads);
  }
}
