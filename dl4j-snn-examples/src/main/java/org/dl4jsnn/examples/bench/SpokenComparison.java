package org.dl4jsnn.examples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.spoken.SpokenData;
import org.dl4jsnn.examples.spoken.SpokenDataOptions;
import org.dl4jsnn.examples.spoken.SpokenNetwork;
import org.dl4jsnn.examples.spoken.SpokenNetworkOptions;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Threads;
import org.dl4jsnn.train.LearningRateSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains each network on spoken digits once per seed, and tests it with voices not heard in
 * training.
 */
@Command(
    name = "spoken-comparison",
    description = "Recurrent, feed-forward, rate-only and LSTM networks on spoken digits.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class SpokenComparison implements Callable<Integer> {

  @Mixin private SpokenDataOptions words;
  @Mixin private SpokenNetworkOptions settings;

  @Option(
      names = "--networks",
      split = ",",
      description = "Which of ${COMPLETION-CANDIDATES}, separated by commas.")
  private List<SpokenNetwork> networks = List.of(SpokenNetwork.values());

  @Option(names = "--epochs", description = "Passes over the training words.")
  private int epochs = 30;

  @Option(names = "--batch", description = "Words per minibatch.")
  private int batch = 32;

  @Option(
      names = "--learning-rate",
      description = "Adam's peak learning rate; decays along half a " + "cosine.")
  private double learningRate = 1.5e-3;

  @Option(
      names = "--hold-out",
      description =
          "Training words held out, with their own voices, to choose the model; 0: the last "
              + "epoch's model is tested.")
  private int holdOut = 0;

  @Option(names = "--seeds", description = "The number of seeds, starting at 1.")
  private int seeds = 3;

  @Option(names = "--threads", description = "Threads.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    words.check();
    settings.check();
    OptionRules.atLeast("--epochs", epochs, 1);
    OptionRules.atLeast("--batch", batch, 1);
    OptionRules.positive("--learning-rate", learningRate);
    OptionRules.atLeast("--hold-out", holdOut, 0);
    OptionRules.atLeast("--seeds", seeds, 1);
    return Threads.run(threads, this::run);
  }

  private int run() {
    Output output = Output.of(spec);
    try (SpokenData data = words.open(batch, holdOut)) {
      output.print("Data: %s; %s", data, data.input());
      SeedTable table = new SeedTable(List.of(), output);
      for (SpokenNetwork kind : networks) {
        for (long seed = 1; seed <= seeds; seed++) {
          table.add(kind.toString(), seed, train(kind, data, seed));
        }
      }
      table.summary();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return 0;
  }

  private SeedRun.Result train(SpokenNetwork kind, SpokenData data, long seed) {
    int minibatches = (data.trainingSize() - 1) / batch + 1;
    ISchedule rates = LearningRateSchedule.COSINE.of(learningRate, epochs, minibatches, 0);
    MultiLayerNetwork network =
        settings.init(kind, data.bins(), data.classes().size(), rates, seed);
    return new SeedRun(data, minibatch -> minibatch, epochs).train(network, seed);
  }
}
