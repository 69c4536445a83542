package org.dl4jsnn.examples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.data.PrefetchingIterator;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.PeakMemory;
import org.dl4jsnn.examples.support.Threads;
import org.dl4jsnn.examples.ui.TrainingUi;
import org.dl4jsnn.examples.ui.UiOptions;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains LeNet5 with one rule at one T, in a separate process so that its memory can be measured.
 */
@Command(
    name = "gradients-run",
    description = "Train LeNet5 with one gradient rule; prints one JSON line.",
    hidden = true,
    mixinStandardHelpOptions = true)
public final class GradientsRun implements Callable<Integer> {

  private static final double NANO = 1e-9;

  @Option(names = "--rule", required = true)
  private GradientRule rule;

  @Option(names = "--t", required = true)
  private int steps;

  @Mixin private GradientsSettings settings;
  @Mixin private UiOptions watched;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return Threads.run(settings.threads, this::run);
  }

  private int run() {
    try (TrainingUi ui = TrainingUi.open(watched, Output.of(spec))) {
      return run(ui);
    }
  }

  private int run(TrainingUi ui) {
    MultiLayerNetwork network = settings.network(steps, rule.rule());
    ui.watch(network, rule + "-T-" + steps);
    List<Double> accuracies = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    for (int epoch = 0; epoch < settings.epochs; epoch++) {
      long start = System.nanoTime();
      try (PrefetchingIterator minibatches =
          new PrefetchingIterator(
              settings.training().shuffled(settings.batch, settings.seed, epoch), 2)) {
        network.fit(minibatches);
      }
      seconds.add((System.nanoTime() - start) * NANO);
      accuracies.add(network.evaluate(settings.test().inOrder(settings.batch)).accuracy());
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("rule", rule.toString());
    line.put("steps", steps);
    line.put("accuracy", accuracies);
    line.put("epoch_s", seconds);
    try {
      line.put("peak_mb", PeakMemory.megabytes());
      spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    spec.commandLine().getOut().flush();
    return 0;
  }
}
