package org.dl4jsnn.train;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4jsnn.data.PrefetchingIterator;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A training, minibatch by minibatch, that can stop after each of them and continue later as if it
 * had not stopped. It does bit for bit what {@code network.fit(iterator)} does; fit itself cannot
 * be used, since it counts up the epoch even if it is left early.
 *
 * <p>Early stopping follows from the log's rows. Deeplearning4j's EarlyStoppingTrainer has its own
 * loop, which starts with a whole epoch and counts from zero whenever it is started.
 */
final class TrainingRun<M extends Model> {

  private static final double NANOS_A_SECOND = 1e9;

  private final TrainingSettings settings;
  private final TrainingData data;
  private final TrainableNetwork<M> network;
  private final Checkpoint<M> from;
  private final BestModel<M> best;
  private final StopRequest stop;
  private final TrainingObserver observer;
  private final int perEpoch;
  private final RunningFigures figures;
  private final EpochLog log;
  private final TrainingSaves<M> saves;
  private final Optional<WeightAverage> average;

  private int minibatches;
  private double seconds;
  private long lastSave = System.nanoTime();
  private Evaluation evaluation;

  TrainingRun(
      TrainingSettings settings,
      TrainingData data,
      Checkpoint<M> from,
      StopRequest stop,
      TrainingObserver observer) {
    this.settings = settings;
    this.data = data;
    this.from = from;
    this.network = from.network();
    this.stop = stop;
    this.observer = observer;
    best =
        data.heldOutSize() == 0
            ? null
            : new BestModel<>(settings.files().model(), settings.models());
    perEpoch = (data.trainingSize() - 1) / data.batch() + 1;
    TrainingState state = from.stateOr(data);
    minibatches = state.minibatches();
    seconds = state.seconds();
    figures = new RunningFigures(network, state);
    log = new EpochLog(settings.files().model(), figures.names(), state.rows());
    average = from.average(settings.keptOfAverage());
    saves = new TrainingSaves<>(settings.files().model(), best, log, average, observer);
  }

  /**
   * Trains until the last epoch is done, the patience runs out, or a stop is requested. The
   * training is then saved.
   *
   * @param resumed the file that the training is resumed from; empty for a new one
   * @throws TrainingException if it cannot be saved
   */
  TrainingResult<M> run(Optional<Path> resumed) {
    if (best != null) {
      resumed.ifPresent(this::offerResumed);
    }
    boolean isBetweenEpochs = network.epochs() > 0 && minibatches == 0;
    if (resumed.isPresent()
        && average.isPresent()
        && isBetweenEpochs
        && from.average().isPresent()) {
      saves.keepAverage(measured());
    }
    saves.writeLog();
    network.model().addListeners(figures);
    observer.begun(samples(settings.epochs()), samplesDone(), figures.loss());
    try {
      boolean going = true;
      while (going && network.epochs() < settings.epochs() && !isOutOfPatience()) {
        going = train() && evaluate();
      }
    } finally {
      observer.ended();
      removeListeners();
    }
    if (stop.isRequested() || evaluation == null) {
      save();
    }
    saves.finish(network, state());
    return result();
  }

  /** Samples of the whole training, including those of earlier runs. */
  private long samples(int epochs) {
    return (long) Math.max(epochs, network.epochs()) * data.trainingSize();
  }

  private long samplesDone() {
    return (long) network.epochs() * data.trainingSize()
        + Math.min((long) minibatches * data.batch(), data.trainingSize());
  }

  private void removeListeners() {
    List<TrainingListener> others = new ArrayList<>(network.listeners());
    others.remove(figures);
    network.model().setListeners(others);
  }

  /** Offers the models of the resumed training: the best one and the last one. */
  private void offerResumed(Path resumed) {
    // A file next to a checkpoint of the first epoch belongs to another training.
    if (from.state().isEmpty() || from.state().get().hasHeldOut()) {
      saves.attempt(() -> best.offerBeside(resumed, network, this::accuracyHeldOut));
    }
    if (minibatches == 0) {
      TrainableNetwork<M> measured = measured();
      saves.attempt(() -> best.offer(measured, accuracyHeldOut(measured)));
    }
  }

  private double accuracyHeldOut(TrainableNetwork<M> model) {
    Evaluation measured = new Evaluation();
    DataSetIterator samples = read(data::heldOut);
    while (read(samples::hasNext)) {
      evaluate(model, read(samples::next), measured);
    }
    return measured.accuracy();
  }

  /** Trains to the end of the epoch; returns false if a stop was requested. */
  private boolean train() {
    network.listeners().forEach(listener -> listener.onEpochStart(network.model()));
    try (PrefetchingIterator samples =
        new PrefetchingIterator(
            read(() -> data.training(network.seed(), network.epochs(), minibatches)), 1)) {
      while (minibatches < perEpoch) {
        long start = System.nanoTime();
        DataSet minibatch = read(samples::next);
        figures.watch(minibatches == perEpoch - 1);
        network.requireLabels(minibatch);
        network.fit(minibatch);
        average.ifPresent(running -> running.add(network));
        minibatches++;
        seconds += (System.nanoTime() - start) / NANOS_A_SECOND;
        observer.minibatchDone(network.epochs() + 1, minibatch.numExamples(), figures.loss());
        if (stop.isRequested()) {
          return false;
        }
        if (sinceLastSave().compareTo(settings.checkpointInterval()) >= 0) {
          save();
        }
      }
    }
    network.listeners().forEach(listener -> listener.onEpochEnd(network.model()));
    return true;
  }

  /** Ends the epoch; returns false if a stop was requested before. */
  private boolean evaluate() {
    TrainableNetwork<M> measured = measured();
    double heldOut = Double.NaN;
    if (best != null) {
      Evaluation chosenOn = evaluation(measured, read(data::heldOut));
      heldOut = chosenOn == null ? Double.NaN : chosenOn.accuracy();
    }
    Evaluation test = evaluation(measured, read(data::test));
    if (stop.isRequested()) {
      return false;
    }
    double rate = learningRate(network.iterations() - 1, network.epochs());
    network.endEpoch();
    if (measured != network) {
      measured.endEpoch();
    }
    evaluation = test;
    EpochRow row =
        new EpochRow(
            network.epochs(),
            network.iterations(),
            rate,
            figures.loss(),
            heldOut,
            test.accuracy(),
            seconds,
            data.trainingSize() / seconds,
            figures.rates());
    log.add(row);
    minibatches = 0;
    seconds = 0;
    saves.save(network, state(), measured, heldOut);
    lastSave = System.nanoTime();
    saves.writeLog();
    observer.epochDone(row, settings.epochs());
    return true;
  }

  private double learningRate(int iteration, int epoch) {
    return settings
        .learningRates()
        .map(rates -> rates.valueAt(iteration, epoch))
        .orElseGet(() -> network.learningRate(iteration, epoch).orElse(Double.NaN));
  }

  /** The network to evaluate: with averaged parameters if averaging is on. */
  private TrainableNetwork<M> measured() {
    return average.map(running -> running.of(network)).orElse(network);
  }

  /** As {@code network.evaluate}, but null if a stop was requested meanwhile. */
  private Evaluation evaluation(TrainableNetwork<M> model, DataSetIterator samples) {
    Evaluation measured = new Evaluation();
    while (read(samples::hasNext)) {
      if (stop.isRequested()) {
        return null;
      }
      evaluate(model, read(samples::next), measured);
    }
    return measured;
  }

  private void evaluate(TrainableNetwork<M> model, DataSet minibatch, Evaluation measured) {
    model.requireLabels(minibatch);
    measured.eval(minibatch.getLabels(), model.output(minibatch), minibatch.getLabelsMaskArray());
  }

  /** Reads data; if that fails, the training is saved before the failure is passed on. */
  private <T> T read(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (UncheckedIOException e) {
      Path model = settings.files().model();
      observer.cannotRead(e);
      saveBefore(e);
      throw new TrainingException(
          String.format(
              "Cannot read the next minibatch: %s. The training so far is saved to %s",
              e.getMessage(), model.toAbsolutePath()),
          model,
          e);
    } catch (RuntimeException e) {
      // A mistake in an iterator or its preprocessor must not cost hours of training.
      saveBefore(e);
      throw e;
    }
  }

  private void saveBefore(RuntimeException failure) {
    save();
    try {
      saves.finish(network, state());
    } catch (TrainingException notSaved) {
      notSaved.addSuppressed(failure);
      throw notSaved;
    }
  }

  private Duration sinceLastSave() {
    return Duration.ofNanos(System.nanoTime() - lastSave);
  }

  private void save() {
    saves.save(network, state());
    lastSave = System.nanoTime();
  }

  private TrainingState state() {
    return new TrainingState(
        minibatches,
        data.batch(),
        data.trainingSize(),
        figures.loss(),
        seconds,
        figures.rates(),
        log.rows(),
        data.input());
  }

  private boolean isOutOfPatience() {
    return settings.patience() > 0 && log.epochsWithoutBetter() >= settings.patience();
  }

  private TrainingResult<M> result() {
    return new TrainingResult<>(
        network.model(),
        stop.isRequested(),
        isOutOfPatience(),
        log.epochsWithoutBetter(),
        minibatches,
        log.rows(),
        Optional.ofNullable(evaluation),
        best == null ? Optional.empty() : best.result(),
        average
            .map(running -> TrainingFiles.average(settings.files().model()))
            .filter(Files::exists));
  }
}
