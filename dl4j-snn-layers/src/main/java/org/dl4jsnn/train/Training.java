package org.dl4jsnn.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.io.WriteLock;

/**
 * Trains a network for hours, and survives what happens meanwhile. Run the same program again after
 * a kill, and it goes on where the last checkpoint was, with the bits that it would have had:
 *
 * <pre>{@code
 * TrainingSettings settings = TrainingSettings.savingTo(Path.of("target/digits.zip")).epochs(26);
 * try (StopRequest stop = StopRequest.onSignal();
 *     Training training = Training.open(settings, data)) {
 *   training.beginOrResume(network, stop);
 * }
 * }</pre>
 *
 * <p>An open training has its files to itself: a second one into the same files is refused, also
 * from another process. It trains in the caller's thread, and one network after another if asked
 * to. Minibatches are read ahead in a thread of their own. A network trained so learns what {@code
 * fit(iterator)} would have it learn.
 *
 * <p>Not saved: ND4J's own random generator, from which dropout of Deeplearning4j's layers draws.
 */
public final class Training implements AutoCloseable {

  private final TrainingSettings settings;
  private final TrainingData data;
  private final TrainingObserver observer;
  private final List<WriteLock> locks;

  private Training(
      TrainingSettings settings,
      TrainingData data,
      TrainingObserver observer,
      List<WriteLock> locks) {
    this.settings = settings;
    this.data = data;
    this.observer = observer;
    this.locks = locks;
  }

  /**
   * Opens a training that logs its epochs.
   *
   * @param settings how long it is, and where it is saved
   * @param data what it trains on
   * @return the training, to be closed
   * @throws TrainingException if something other than an earlier training is in the way of its
   *     files, another training writes them, or nothing can be written there
   * @throws IllegalArgumentException if there is a patience and nothing is held out
   */
  public static Training open(TrainingSettings settings, TrainingData data) {
    return open(settings, data, TrainingObserver.logging());
  }

  /**
   * Opens a training.
   *
   * @param settings how long it is, and where it is saved
   * @param data what it trains on
   * @param observer is told how it goes
   * @return the training, to be closed
   * @throws TrainingException if something other than an earlier training is in the way of its
   *     files, another training writes them, or nothing can be written there
   * @throws IllegalArgumentException if there is a patience and nothing is held out
   */
  public static Training open(
      TrainingSettings settings, TrainingData data, TrainingObserver observer) {
    Require.given("data", data);
    Require.given("observer", observer);
    if (Require.given("settings", settings).patience() > 0 && data.heldOutSize() == 0) {
      throw new IllegalArgumentException(
          "patience must be 0 where no samples are held out, got "
              + settings.patience()
              + ". Possible cause: accuracy on the test samples must not decide when to stop");
    }
    TrainingFiles files = settings.files().check();
    List<WriteLock> locks = files.lock(observer);
    try {
      files.cleanUp();
      return new Training(settings, data, observer, locks);
    } catch (RuntimeException e) {
      locks.forEach(WriteLock::close);
      throw e;
    }
  }

  /**
   * Goes on with the training that the model's file holds, or begins one where there is none.
   *
   * @param network as it is before its training, a MultiLayerNetwork or a ComputationGraph with one
   *     input and one output; left alone where an earlier training goes on
   * @param stop ends the training early; not closed
   * @param <M> the kind of network
   * @return what came of it, with the network that was trained
   * @throws TrainingException if the file holds another network, its training cannot go on with
   *     these data, a minibatch cannot be read, or the models cannot be saved
   */
  public <M extends Model> TrainingResult<M> beginOrResume(M network, StopRequest stop) {
    Path model = settings.files().model();
    if (!Files.exists(model)) {
      return begin(network, stop);
    }
    Trainee<M> given = Trainee.of(network);
    Trainee<M> saved = given.load(model);
    Resumption.requireSameShape(given, saved, model);
    return resume(saved, model, stop);
  }

  /**
   * Begins a training. What an earlier one left in its files is kept as {@code ….old}.
   *
   * @param network a MultiLayerNetwork or a ComputationGraph with one input and one output
   * @param stop ends the training early; not closed
   * @param <M> the kind of network
   * @return what came of it
   * @throws TrainingException if an earlier training's files cannot be moved, a minibatch cannot be
   *     read, or the models cannot be saved
   */
  public <M extends Model> TrainingResult<M> begin(M network, StopRequest stop) {
    Checkpoint<M> from = Checkpoint.fresh(network);
    settings.learningRates().ifPresent(from.network()::setLearningRates);
    settings.files().setAside(null, observer);
    return run(from, Optional.empty(), stop);
  }

  /**
   * Goes on with a training, or with a model that was saved without one.
   *
   * @param file its model; may be the file that this training is saved to
   * @param stop ends the training early; not closed
   * @return what came of it, with the network that was loaded and trained
   * @throws TrainingException if there is no such model, it cannot go on with these data, an
   *     earlier training's files cannot be moved, a minibatch cannot be read, or the models cannot
   *     be saved
   */
  public TrainingResult<MultiLayerNetwork> resume(Path file, StopRequest stop) {
    return resume(new LayeredTrainee(ModelFile.load(file)), file, stop);
  }

  /**
   * Goes on with a training of a graph, or with a graph that was saved without one.
   *
   * @param file its model; may be the file that this training is saved to
   * @param stop ends the training early; not closed
   * @return what came of it, with the graph that was loaded and trained
   * @throws TrainingException if there is no such model, it cannot go on with these data, an
   *     earlier training's files cannot be moved, a minibatch cannot be read, or the models cannot
   *     be saved
   */
  public TrainingResult<ComputationGraph> resumeGraph(Path file, StopRequest stop) {
    return resume(new GraphTrainee(ModelFile.loadGraph(file)), file, stop);
  }

  private <M extends Model> TrainingResult<M> resume(
      Trainee<M> network, Path file, StopRequest stop) {
    Checkpoint<M> from = Checkpoint.of(network, file);
    Resumption.check(from.stateOr(data), data, file, observer);
    observer.resumed(file, network.model(), network.epochs(), from.stateOr(data).minibatches());
    settings.learningRates().ifPresent(network::setLearningRates);
    if (!settings.files().isModel(file)) {
      settings.files().setAside(file, observer);
    }
    return run(from, Optional.of(file), stop);
  }

  private <M extends Model> TrainingResult<M> run(
      Checkpoint<M> from, Optional<Path> resumed, StopRequest stop) {
    observer.ready(from.network().model());
    Require.given("stop", stop).listen();
    return new TrainingRun<>(settings, data, from, stop, observer).run(resumed);
  }

  /** Lets other trainings write the files. */
  @Override
  public void close() {
    locks.forEach(WriteLock::close);
  }
}
