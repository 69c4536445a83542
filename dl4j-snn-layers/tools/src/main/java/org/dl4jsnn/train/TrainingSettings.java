package org.dl4jsnn.train;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.model.SafeModels;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The length of a training, and where and how often it is saved. Immutable: each method returns new
 * settings.
 *
 * <pre>{@code
 * TrainingSettings.savingTo(Path.of("target/digits.zip")).epochs(26).patience(5);
 * }</pre>
 */
public final class TrainingSettings {

  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private final TrainingFiles files;
  private final int epochs;
  private final ISchedule learningRates;
  private final Duration checkpointInterval;
  private final int patience;
  private final double keptOfAverage;
  private final SafeModels models;

  private TrainingSettings(
      TrainingFiles files,
      int epochs,
      ISchedule learningRates,
      Duration checkpointInterval,
      int patience,
      double keptOfAverage,
      SafeModels models) {
    this.files = files;
    this.epochs = epochs;
    this.learningRates = learningRates;
    this.checkpointInterval = checkpointInterval;
    this.patience = patience;
    this.keptOfAverage = keptOfAverage;
    this.models = models;
  }

  /**
   * Settings of one epoch, with a checkpoint every ten minutes and after every epoch.
   *
   * @param model where the model is saved, a name that ends in .zip; its log and its best model are
   *     saved next to it
   * @return the settings
   * @throws TrainingException if the path names no file
   */
  public static TrainingSettings savingTo(Path model) {
    return savingTo(TrainingFiles.of(model));
  }

  /**
   * Settings of one epoch, with a checkpoint every ten minutes and after every epoch.
   *
   * @param files where the model and the files next to it are saved
   * @return the settings
   */
  public static TrainingSettings savingTo(TrainingFiles files) {
    return new TrainingSettings(
        Require.given("files", files), 1, null, TEN_MINUTES, 0, 0, SafeModels.defaults());
  }

  /**
   * Sets the number of epochs.
   *
   * @param number total epochs, including those of earlier runs; at least 1
   * @return the settings
   */
  public TrainingSettings epochs(int number) {
    int checked = Require.atLeast("epochs", number, 1);
    return new TrainingSettings(
        files, checked, learningRates, checkpointInterval, patience, keptOfAverage, models);
  }

  /**
   * Sets the learning rates of all layers, also of a resumed network. By default every layer keeps
   * its updater's rate.
   *
   * @param rates such as those of {@link LearningRateSchedule}
   * @return the settings
   */
  public TrainingSettings learningRates(ISchedule rates) {
    ISchedule given = Require.given("learningRates", rates);
    return new TrainingSettings(
        files, epochs, given, checkpointInterval, patience, keptOfAverage, models);
  }

  /**
   * Sets the time between two checkpoints inside an epoch.
   *
   * @param interval 0 for one after every minibatch
   * @return the settings
   * @throws IllegalArgumentException if it is negative
   */
  public TrainingSettings checkpointEvery(Duration interval) {
    if (Require.given("checkpointInterval", interval).isNegative()) {
      throw new IllegalArgumentException(
          "checkpointInterval must not be negative, got " + interval);
    }
    return new TrainingSettings(
        files, epochs, learningRates, interval, patience, keptOfAverage, models);
  }

  /**
   * Sets the number of epochs without a better accuracy on the held-out samples after which the
   * training ends.
   *
   * @param limit in epochs; 0, the default, for no limit. Needs held-out samples: accuracy on the
   *     test samples must not decide when to stop
   * @return the settings
   */
  public TrainingSettings patience(int limit) {
    int checked = Require.atLeast("patience", limit, 0);
    return new TrainingSettings(
        files, epochs, learningRates, checkpointInterval, checked, keptOfAverage, models);
  }

  /**
   * Keeps a running average of all parameters (EMA). Accuracies are measured with it, and the best
   * model has averaged parameters. It is saved next to the model after every epoch, {@link
   * TrainingFiles#average}.
   *
   * @param kept the share that the average keeps from minibatch to minibatch, at least 0 and below
   *     1; 0, the default, for no average. Usually 0.999: about the last thousand minibatches
   * @return the settings
   * @throws IllegalArgumentException if the share is out of range
   */
  public TrainingSettings averageWeights(double kept) {
    if (!(kept >= 0 && kept < 1)) {
      throw new IllegalArgumentException(
          "share kept by the average of the weights must be at least 0 and below 1, got " + kept);
    }
    return new TrainingSettings(
        files, epochs, learningRates, checkpointInterval, patience, kept, models);
  }

  /**
   * Sets how saved models are loaded, which a training needs to resume. {@link Training} refuses a
   * network that they could not load.
   *
   * <pre>{@code
   * settings.models(SafeModels.defaults().allowing(MyNeuron.class));
   * }</pre>
   *
   * @param loader allows the network's classes, by default those of Deeplearning4j and this
   *     project, and the size of its file, by default 1 GiB, the updater's state included
   * @return the settings
   */
  public TrainingSettings models(SafeModels loader) {
    SafeModels given = Require.given("models", loader);
    return new TrainingSettings(
        files, epochs, learningRates, checkpointInterval, patience, keptOfAverage, given);
  }

  /** {@return the files that are written} */
  public TrainingFiles files() {
    return files;
  }

  SafeModels models() {
    return models;
  }

  int epochs() {
    return epochs;
  }

  Optional<ISchedule> learningRates() {
    return Optional.ofNullable(learningRates);
  }

  Duration checkpointInterval() {
    return checkpointInterval;
  }

  int patience() {
    return patience;
  }

  /** 0 for no average. */
  double keptOfAverage() {
    return keptOfAverage;
  }
}
