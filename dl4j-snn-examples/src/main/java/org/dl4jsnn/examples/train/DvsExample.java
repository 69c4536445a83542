package org.dl4jsnn.examples.train;

import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.examples.events.EventAugmentationOptions;
import org.dl4jsnn.examples.events.EventDataOptions;
import org.dl4jsnn.examples.events.EventTrainingData;
import org.dl4jsnn.examples.events.SimulatedDigits;
import org.dl4jsnn.examples.support.ComputingCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Threads;
import org.dl4jsnn.train.StopRequest;
import org.dl4jsnn.train.TrainingData;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains the published network on recordings of event cameras, simulated ones by default. */
@Command(name = "dvs", description = "Train on recordings of event cameras with ASF-BP.")
public final class DvsExample extends ComputingCommand {

  @Mixin
  private final TrainingOptions options =
      new TrainingOptions(Path.of("target", "dvs-vgg7.zip"), 5, 40, 1e-3);

  @Mixin private EventDataOptions events;
  @Mixin private EventAugmentationOptions augmented;
  @Mixin private SimulatedDigits simulated;
  @Mixin private EventNetworkOptions network;

  static final class Known extends Recipes {

    private static final String PAPER =
        "--no-normalize --no-soft-reset --loss squared-error --learning-rate 5e-4 --steps 100"
            + " --window 3 --batch 40";

    private static final String BEST =
        "--normalize --soft-reset --initial-membrane 0.5 --saturation-gate --loss cross-entropy"
            + " --label-smoothing 0.1 --average-weights 0.99 --schedule cosine --warm-up 100"
            + " --flip --rotate 20 --scale 0.2 --shear 0.2 --drop 0.3";

    /** That of the table in docs/reports/event-cameras.md. */
    private static final String CIFAR10_DVS =
        "--set cifar10-dvs --steps 12 --threshold 2 --normalize --soft-reset --initial-membrane 0.5"
            + " --saturation-gate --loss cross-entropy --label-smoothing 0.1"
            + " --average-weights 0.995 --epochs 15 --schedule cosine --warm-up 300"
            + " --learning-rate 1.5e-3 --weight-decay 5e-2 --flip --rotate 10 --scale 0.1 --drop 0.1"
            + " --shift 8";

    /** That of the tables of recorded digits in docs/reports, for whole windows. */
    private static final String N_MNIST =
        "--network 32C3-AP2-64C3-AP2-256 --steps 10 --normalize --soft-reset --initial-membrane 0.5"
            + " --saturation-gate --loss cross-entropy --label-smoothing 0.1"
            + " --average-weights 0.995 --batch 32 --epochs 12 --schedule cosine --warm-up 300"
            + " --learning-rate 2e-3 --rotate 15 --scale 0.15 --shear 0.15 --drop 0.3 --shift 2";

    /**
     * That of the examples' network for recorded digits, in docs/model-cards.md: no current at
     * every step, a leak and a price, so that silence is silent.
     */
    private static final String STREAM =
        N_MNIST
                .replace("--steps 10 --normalize", "--steps 60 --no-normalize --leak 0.95")
                .replace("--epochs 12", "--epochs 50")
            + " --balance 0.03 --price 2e-8";

    Known() {
      super(
          Map.of(
              "paper", PAPER,
              "best", BEST,
              "cifar10-dvs", CIFAR10_DVS,
              "n-mnist", N_MNIST,
              "stream", STREAM));
    }
  }

  @Option(
      names = "--recipe",
      preprocessor = Known.class,
      description =
          "paper: the published settings; best: the most promising so far; cifar10-dvs: that of"
              + " docs/reports/event-cameras.md; n-mnist: whole windows of ten steps; stream: steps of"
              + " milliseconds, that of docs/model-cards.md. It stands for other options; options given explicitly take precedence.")
  private String recipe;

  @Option(names = "--seed", description = "Seed of weights, order and augmentation.")
  private long seed = 1;

  private boolean isSimulated;

  @Override
  public void checkOptions() {
    options.dataMayHoldOut = true;
    options.ofInput = "--steps, --window, --sensor, --slices";
    options.check();
    events.check();
    augmented.check();
    network.check();
    network.requireTeacherKept(options);
    if (events.data == null) {
      simulated.check();
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    checkOptions();
    isSimulated = events.data == null;
    if (isSimulated) {
      if (!simulated.record(threads, output())) {
        return StopRequest.EXIT_CODE;
      }
      events.take(simulated.folder);
    }
    return Threads.run(threads, this::run);
  }

  @Override
  protected int run() {
    Output output = output();
    EventDataSet all = events.dataSet();
    if (isSimulated) {
      simulated.requireAsAsked(all);
    }
    EventDataSet recordings = heldOut(all);
    FrameShape shape = events.shape(recordings.sensor());
    OptionRules.within("--batch", options.batch, 1, Integer.MAX_VALUE / shape.size());
    output.progress("Data: %s; frames [channels, T, height, width] = %s", recordings, shape);
    TrainingData data =
        new EventTrainingData(
            recordings, events, augmented.augmentation(), options.batch, network::taught);
    return new TrainingProgram(options, data, rates -> network(recordings, shape, rates), output)
        .run();
  }

  private EventDataSet heldOut(EventDataSet recordings) {
    int size = recordings.train().size();
    OptionRules.within("--hold-out", options.holdOut, 0, size - 1);
    return EventDataOptions.holdingOut(recordings, (double) options.holdOut / size, 1);
  }

  private Model network(EventDataSet recordings, FrameShape shape, ISchedule learningRates) {
    return network.spiking(shape, recordings.classes().size(), learningRates, seed);
  }
}
