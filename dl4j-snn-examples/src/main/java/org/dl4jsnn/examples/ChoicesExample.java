package org.dl4jsnn.examples;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.ChoicesNetwork.Encoding;
import org.dl4jsnn.monitor.FiringRates;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What the number of steps, the threshold, the encoding and the learning rate do to a small network
 * over digits: a table, each row of which differs from the first in one choice.
 */
@Command(
    name = "choices",
    description = "A small network under other T, thresholds, encodings and learning rates.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ChoicesExample implements Callable<Integer> {

  private static final int BATCH = 50;
  private static final long ORDER = 1;
  private static final double NANO = 1e-9;

  @Option(names = "--digits", description = "Training digits.")
  private int digits = 2000;

  @Option(names = "--test-digits", description = "Digits to measure the accuracy on.")
  private int testDigits = 2000;

  @Option(names = "--epochs", description = "Passes over them.")
  private int epochs = 3;

  @Option(names = "--threads", description = "Threads; default: one a processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Spec private CommandSpec spec;
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
    training = all.range(0, digits);
    test = files.test().range(0, testDigits);
    output = new Output(spec.commandLine().getOut());
    return Threads.run(threads, this::run);
  }

  private int run() {
    ChoicesNetwork base = ChoicesNetwork.BASE;
    output.print(
        "| choice | accuracy, %% | loss | rates, %% | digits/s |%n| --- | --- | --- | --- | --- |");
    row("T = 10, θ = 1, direct, gain 1, rate 1e-3", base);
    for (int steps : new int[] {3, 5, 20, 40}) {
      row("T = " + steps, base.withSteps(steps));
    }
    for (double threshold : new double[] {0.25, 0.5, 2, 4}) {
      row("θ = " + threshold, base.withThreshold(threshold));
    }
    row("θ = 4, normalised", base.withThreshold(4).normalizing());
    row("normalised", base.normalizing());
    row("direct, gain 4", base.withEncoding(Encoding.DIRECT, 4));
    row("Poisson, gain 0.5", base.withEncoding(Encoding.POISSON, 0.5));
    row("Poisson, gain 1", base.withEncoding(Encoding.POISSON, 1));
    row("Poisson, gain 1, T = 40", base.withEncoding(Encoding.POISSON, 1).withSteps(40));
    for (double rate : new double[] {1e-4, 3e-3, 1e-2, 5e-2}) {
      row(String.format(Locale.ROOT, "learning rate %.0e", rate), base.withLearningRate(rate));
    }
    return 0;
  }

  private void row(String choice, ChoicesNetwork chosen) {
    MultiLayerNetwork network = chosen.build();
    double seconds = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      DataSetIterator minibatches = training.shuffled(BATCH, ORDER, epoch, 0);
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
