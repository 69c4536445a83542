package org.dl4jsnn.examples.train;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.dl4jsnn.examples.data.ImageData;
import org.dl4jsnn.examples.data.LabelledImages;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Output.JsonOption;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.examples.ui.UiOptions;
import org.dl4jsnn.image.ImageAugmentation;
import org.dl4jsnn.train.LearningRateSchedule;
import org.dl4jsnn.train.TrainingData;
import org.dl4jsnn.train.TrainingFiles;
import org.dl4jsnn.train.TrainingSettings;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options shared by the examples that train one network for long. */
final class TrainingOptions {

  static final String TRAINED = "whose network is already trained";

  private static final String WITHOUT_SPIKES =
      "for a network without spikes, whose layers have no firing rates";

  private static final double NANOS_A_MINUTE = 60e9;

  private static final int CALIBRATION = 1000;

  @Option(names = "--epochs", description = "Passes over the training samples.")
  int epochs;

  @Option(names = "--batch", description = "Samples per minibatch.")
  int batch;

  @Option(names = "--learning-rate", description = "Adam's peak learning rate.")
  double learningRate;

  @Option(
      names = "--schedule",
      description =
          "Learning-rate schedule: ${COMPLETION-CANDIDATES}. step: divided by 5 in the last fifth "
              + "of the epochs, and again in the last tenth.")
  LearningRateSchedule schedule = LearningRateSchedule.STEP;

  @Option(
      names = "--warm-up",
      description =
          "Minibatches during which the learning rate rises; only with --schedule cosine.")
  int warmUp = 0;

  @Option(
      names = "--balance",
      description =
          "Mean firing rate to which every weighted layer is balanced before training, on one "
              + "minibatch; default: none.")
  Double balance;

  @Option(names = "--balance-by", description = "What --balance scales: ${COMPLETION-CANDIDATES}.")
  StartingRates.Scaled balanceBy = StartingRates.Scaled.WEIGHTS;

  @Option(
      names = "--hold-out",
      description =
          "Training images held out to choose the model (the last ones; for recordings, a seeded "
              + "share of each class; for spoken words, at least so many: all of the last "
              + "speakers); it is saved next to --model as …-best.zip. 0: none, and the last epoch's "
              + "model is the result, unless the data set holds out samples by itself.")
  int holdOut = 0;

  @Option(
      names = "--patience",
      description = "Stop after this many epochs without a better held-out accuracy. 0: never.")
  int patience = 0;

  @Option(
      names = "--average-weights",
      description =
          "Keep a running average of the weights with this share kept per minibatch, such as "
              + "0.999; accuracies and the best model are the average's, which is saved next to "
              + "--model as …-average.zip. 0: none.")
  double averageWeights = 0;

  @Option(
      names = "--model",
      description =
          "Where to save the model, with everything needed to resume, after every epoch and every "
              + "--checkpoint-minutes. Next to it: …-log.csv, one row per epoch. Files of an "
              + "earlier training are kept as ….old.")
  Path model;

  @Option(
      names = "--checkpoint-minutes",
      description = "Minutes between checkpoints within an epoch. 0: after every minibatch.")
  double checkpointMinutes = 10;

  @Option(
      names = "--resume",
      description =
          "A model to train further, up to --epochs in total. It keeps the settings of its network "
              + "and its seed.")
  Path resume;

  /** Whether the network is a spiking one. */
  boolean isSpiking = true;

  /** Whether the data may hold out samples without --hold-out. */
  boolean dataMayHoldOut;

  /** The options that must be those of a training to resume, as far as they shape its input. */
  String ofInput = "--steps";

  /** The same for the number of samples and minibatches. */
  String ofSize = "--hold-out, --batch";

  /** A trained network that training starts with; null for none. */
  Path from;

  /** The bits of the weights that every minibatch sees; null for all. */
  Integer bits;

  @Mixin UiOptions watched = new UiOptions();

  @Mixin HealthOptions health = new HealthOptions();

  @Mixin private JsonOption json;

  TrainingOptions(Path model, int epochs, int batch, double learningRate) {
    this.model = model;
    this.epochs = epochs;
    this.batch = batch;
    this.learningRate = learningRate;
  }

  void check() {
    OptionRules.atLeast("--epochs", epochs, 1);
    OptionRules.atLeast("--batch", batch, 1);
    OptionRules.positive("--learning-rate", learningRate);
    watched.check();
    OptionRules.notNegative("--checkpoint-minutes", checkpointMinutes);
    OptionRules.atLeast("--warm-up", warmUp, 0);
    if (balance != null) {
      OptionRules.share("--balance", balance);
      OptionRules.apart("--balance", balance, resume != null, "with --resume, " + TRAINED);
    }
    if (warmUp > 0 && schedule != LearningRateSchedule.COSINE) {
      throw new UserError("--schedule must be cosine with --warm-up, got " + schedule);
    }
    health.check();
    OptionRules.apart("--health", health.file, !isSpiking, WITHOUT_SPIKES);
    OptionRules.apart("--balance", balance, !isSpiking, WITHOUT_SPIKES);
    OptionRules.belowOne("--average-weights", averageWeights);
    OptionRules.atLeast("--patience", patience, 0);
    if (holdOut == 0 && !dataMayHoldOut) {
      requireNoPatience();
    }
    if (resume != null) {
      OptionRules.model(resume);
    }
  }

  /** Checks what depends on the data. */
  void check(TrainingData data) {
    if (data.heldOutSize() == 0) {
      requireNoPatience();
    }
  }

  /** Refuses a file that the training sets aside or overwrites, as those set aside before. */
  void requireKept(String option, Path file) {
    Path given = file.toAbsolutePath().normalize();
    for (Path own : List.of(model, TrainingFiles.average(model), TrainingFiles.best(model))) {
      Path written = own.toAbsolutePath().normalize();
      if (given.equals(written) || given.equals(Path.of(written + ".old"))) {
        throw new UserError(
            option
                + " must name a file that the training does not replace, got "
                + file
                + ". Copy it first, or choose another --model");
      }
    }
  }

  private void requireNoPatience() {
    if (patience > 0) {
      throw new UserError(
          "--hold-out must be at least 1 with --patience, got 0. Possible cause: none"
              + " was given; accuracy on the test samples must not decide when to stop");
    }
  }

  /** The command line that continues a stopped training differs from the first in this. */
  String toContinue() {
    String path = model.toString();
    return "--resume "
        + (path.contains(" ") ? '"' + path + '"' : path)
        + (from == null ? "" : " instead of --from")
        + (balance == null ? "" : " and without --balance");
  }

  /** The learning rates of a training with a given number of images. */
  ISchedule learningRates(int trainingSize) {
    return schedule.of(learningRate, epochs, minibatches(trainingSize), warmUp);
  }

  /** Images of which the last are held out of training, and those to test with. */
  ImageData split(
      Object files,
      LabelledImages all,
      LabelledImages test,
      IntFunction<ImageAugmentation> ofEpoch,
      SpikingOptions network,
      Output output) {
    OptionRules.within("--hold-out", holdOut, 0, all.size() - 1);
    LabelledImages training = all.range(0, all.size() - holdOut);
    LabelledImages heldOut = all.range(training.size(), all.size());
    output.progress(
        "Data: %s, %,d training, %,d held out and %,d test images",
        files, training.size(), heldOut.size(), test.size());
    return new ImageData(training, heldOut, test, batch, ofEpoch, network::taught);
  }

  /** The first of the images that are not held out, for a network to start from. */
  DataSetIterator calibration(LabelledImages all) {
    return all.range(0, Math.min(CALIBRATION, all.size() - holdOut)).inOrder(batch);
  }

  /** The minibatches for a given number of images. */
  int minibatches(int images) {
    return (images - 1) / batch + 1;
  }

  /** The library's settings for a training with a given number of images. */
  TrainingSettings settings(int trainingSize) {
    TrainingFiles files = TrainingFiles.of("--model", model);
    if (health.file != null) {
      files = files.withHealth("--health", health.file, health.page());
    }
    return TrainingSettings.savingTo(files)
        .epochs(epochs)
        .learningRates(learningRates(trainingSize))
        .checkpointEvery(Duration.ofNanos(Math.round(NANOS_A_MINUTE * checkpointMinutes)))
        .patience(patience)
        .averageWeights(averageWeights);
  }
}
