package org.dl4jsnn.examples.bench;

import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.examples.events.ConventionalNetwork;
import org.dl4jsnn.examples.events.EventAugmentationOptions;
import org.dl4jsnn.examples.events.EventDataOptions;
import org.dl4jsnn.examples.events.EventNetworkOptions;
import org.dl4jsnn.examples.events.EventTrainingData;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Threads;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.examples.ui.TrainingUi;
import org.dl4jsnn.examples.ui.UiOptions;
import org.dl4jsnn.train.LearningRateSchedule;
import org.dl4jsnn.train.TrainingData;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains a spiking network and a non-spiking one with the same layers, on the same frames with the
 * same augmentation, once per seed; each model is chosen on samples held out of the training set.
 */
@Command(
    name = "dvs-comparison",
    description = "Spiking and conventional networks on recordings of event cameras, seed by seed.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class DvsComparison implements Callable<Integer> {

  @Mixin private EventDataOptions events;
  @Mixin private EventAugmentationOptions augmented;
  @Mixin private EventNetworkOptions network;
  @Mixin private UiOptions watched;

  @Option(names = "--epochs", description = "Passes over the training samples.")
  private int epochs = 20;

  @Option(names = "--batch", description = "Samples per minibatch.")
  private int batch = 32;

  @Option(
      names = "--learning-rate",
      description = "Adam's peak learning rate; decays along half a " + "cosine.")
  private double learningRate = 1e-3;

  @Option(
      names = "--hold-out",
      description =
          "Share of each class held out to choose the model; 0: the last epoch's model is tested.")
  private double holdOut = 0.15;

  @Option(names = "--seeds", description = "The number of seeds, starting at 1.")
  private int seeds = 5;

  @Option(names = "--threads", description = "Threads.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (events.data == null) {
      throw new UserError(
          "--data must name a folder of recordings, got none. Layouts: docs/events.md");
    }
    events.check();
    augmented.check();
    network.check();
    watched.check();
    OptionRules.atLeast("--epochs", epochs, 1);
    OptionRules.atLeast("--batch", batch, 1);
    OptionRules.positive("--learning-rate", learningRate);
    OptionRules.fraction("--hold-out", holdOut);
    OptionRules.atLeast("--seeds", seeds, 1);
    return Threads.run(threads, this::run);
  }

  private int run() {
    Output output = Output.of(spec);
    EventDataSet all = events.dataSet();
    FrameShape shape = events.shape(all.sensor());
    int classes = all.classes().size();
    output.print("Data: %s; frames [channels, T, height, width] = %s", all, shape);
    output.print("Network: %s-%d", network.notation(), classes);
    SeedTable table = new SeedTable(all.classes(), output);
    try (TrainingUi ui = TrainingUi.open(watched, output)) {
      train(all, shape, table, ui);
      table.summary();
      ui.stay();
    }
    return 0;
  }

  private void train(EventDataSet all, FrameShape shape, SeedTable table, TrainingUi ui) {
    int classes = all.classes().size();
    for (long seed = 1; seed <= seeds; seed++) {
      EventDataSet recordings = EventDataOptions.holdingOut(all, holdOut, seed);
      TrainingData data =
          new EventTrainingData(
              recordings, events, augmented.augmentation(), batch, network::smoothed);
      int minibatches = (data.trainingSize() - 1) / batch + 1;
      ISchedule rates = LearningRateSchedule.COSINE.of(learningRate, epochs, minibatches, 0);
      MultiLayerNetwork spiking = network.spiking(shape, classes, rates, seed);
      ui.watch(spiking, "spiking-seed-" + seed);
      table.add(
          "spiking", seed, new SeedRun(data, minibatch -> minibatch, epochs).train(spiking, seed));
      MultiLayerNetwork conventional = network.conventional(shape, classes, rates, seed);
      ui.watch(conventional, "conventional-seed-" + seed);
      table.add(
          "conventional",
          seed,
          new SeedRun(data, ConventionalNetwork::withStepsAsChannels, epochs)
              .train(conventional, seed));
    }
  }
}
