package org.dl4jsnn.examples.bench;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.asf.RateBackprop;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Threads;
import org.dl4jsnn.examples.ui.TrainingUi;
import org.dl4jsnn.examples.ui.UiOptions;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The effect of the number of steps, threshold, encoding and learning rate on a small network for
 * digits: a table whose rows each differ from the first in one choice.
 */
@Command(
    name = "choices",
    description = "A small network with other T, thresholds, encodings and learning rates.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ChoicesExample implements Callable<Integer> {

  private static final int BATCH = 50;
  private static final long ORDER = 1;
  private static final double NANO = 1e-9;

  @Option(names = "--digits", description = "Training digits.")
  private int digits = 2000;

  @Option(names = "--test-digits", description = "Digits for measuring accuracy.")
  private int testDigits = 2000;

  @Option(names = "--epochs", description = "Passes over the training digits.")
  private int epochs = 3;

  @Option(names = "--threads", description = "Threads.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Mixin private UiOptions watched;
  @Spec private CommandSpec spec;
  private TrainingUi ui;
  private Digits training;
  private Digits test;
  private Output output;

  @Override
  public Integer call() throws InterruptedException {
    MnistFiles files = MnistFiles.embedded();
    Digits all = files.training();
    OptionRules.within("--digits", digits, 1, all.size());
    OptionRules.within("--test-digits", testDigits, 1, files.test().size());
    OptionRules.atLeast("--epochs", epochs, 1);
    watched.check();
    training = all.range(0, digits);
    test = files.test().range(0, testDigits);
    output = Output.of(spec);
    try (TrainingUi opened = TrainingUi.open(watched, output)) {
      ui = opened;
      int exitCode = Threads.run(threads, this::run);
      ui.stay();
      return exitCode;
    }
  }

  private int run() {
    output.print(
        "| choice | accuracy, %% | loss | rates, %% | digits/s |%n| --- | --- | --- | --- | --- |");
    row("none", chosen -> {});
    for (int steps : new int[] {3, 5, 20, 40}) {
      row("T = " + steps, chosen -> chosen.steps = steps);
    }
    for (double threshold : new double[] {0.25, 0.5, 2, 4}) {
      row("θ = " + threshold, chosen -> chosen.threshold = threshold);
    }
    row("normalised", chosen -> chosen.normalization = new CurrentNormalization());
    row("reset by subtraction", chosen -> chosen.reset = Reset.bySubtraction());
    row("cross entropy", chosen -> chosen.crossEntropy = true);
    row(
        "cross entropy, saturation gate",
        chosen -> {
          chosen.crossEntropy = true;
          chosen.rule = new AsfBackprop().withSaturationGate();
        });
    row(
        "cross entropy, RateBackprop",
        chosen -> {
          chosen.crossEntropy = true;
          chosen.rule = new RateBackprop();
        });
    row(
        "cross entropy, normalised",
        chosen -> {
          chosen.crossEntropy = true;
          chosen.normalization = new CurrentNormalization();
        });
    row(
        "cross entropy, normalised, reset by subtraction",
        chosen -> {
          chosen.crossEntropy = true;
          chosen.normalization = new CurrentNormalization();
          chosen.reset = Reset.bySubtraction();
        });
    row("gain 4", chosen -> chosen.gain = 4);
    row("Poisson", chosen -> chosen.poisson = true);
    row(
        "Poisson, gain 0.5",
        chosen -> {
          chosen.poisson = true;
          chosen.gain = 0.5;
        });
    row(
        "Poisson, T = 40",
        chosen -> {
          chosen.poisson = true;
          chosen.steps = 40;
        });
    for (double rate : new double[] {1e-4, 3e-3, 1e-2, 5e-2}) {
      row(
          String.format(Locale.ROOT, "learning rate %.0e", rate),
          chosen -> chosen.learningRate = rate);
    }
    return 0;
  }

  private void row(String choice, Consumer<ChoicesNetwork> choose) {
    ChoicesNetwork chosen = new ChoicesNetwork();
    choose.accept(chosen);
    MultiLayerNetwork network = chosen.build();
    ui.watch(network, choice);
    double seconds = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      DataSetIterator minibatches = training.shuffled(BATCH, ORDER, epoch);
      long start = System.nanoTime();
      while (minibatches.hasNext()) {
        network.fit(minibatches.next());
      }
      network.incrementEpochCount();
      seconds += (System.nanoTime() - start) * NANO;
    }
    String rates =
        FiringRates.measure(network, test.inOrder(BATCH).next().getFeatures()).stream()
            .map(layer -> String.format(Locale.ROOT, "%.1f", 100 * layer.mean()))
            .collect(Collectors.joining(" / "));
    output.print(
        "| %s | %.2f | %.3f | %s | %.0f |",
        choice,
        100 * network.evaluate(test.inOrder(BATCH)).accuracy(),
        network.score(),
        rates,
        epochs * digits / seconds);
  }
}
