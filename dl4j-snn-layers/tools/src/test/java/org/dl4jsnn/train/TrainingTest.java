package org.dl4jsnn.train;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.Messages.assertSays;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.model.ModelLimits;
import org.dl4jsnn.model.SafeModels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

class TrainingTest {

  private static final IntPredicate NEVER = iteration -> false;

  @TempDir private Path folder;
  private final StopRequest stop = StopRequest.onSignal(() -> {});
  private Path model;

  @BeforeEach
  void nameFile() {
    model = folder.resolve("model.zip");
  }

  @AfterEach
  void close() {
    stop.close();
  }

  private TrainingSettings settings(int epochs) {
    return TrainingSettings.savingTo(model).epochs(epochs);
  }

  /** What a program does at every start. */
  private TrainingResult<MultiLayerNetwork> program(MultiLayerNetwork network, int epochs) {
    try (Training training = Training.open(settings(epochs), SmallTraining.data())) {
      return training.beginOrResume(network, stop);
    }
  }

  @Test
  void shouldResumeInARestartedProgram() {
    MultiLayerNetwork first = SmallTraining.network();
    assertSame(first, program(first, 1).network());
    MultiLayerNetwork second = SmallTraining.network();
    TrainingResult<MultiLayerNetwork> result = program(second, 3);
    assertNotSame(second, result.network());
    assertEquals(0, second.getIterationCount());
    assertEquals(3, result.rows().size());
    assertTrue(result.evaluation().isPresent());
    assertTrue(Files.exists(result.best().orElseThrow().file()));
    assertEquals(
        Set.of(".model.zip.lock", "model.zip", "model-best.zip", "model-log.csv"), names());

    TrainingResult<MultiLayerNetwork> finished = program(SmallTraining.network(), 3);
    assertEquals(Optional.empty(), finished.evaluation());
    SmallTraining.assertSame(result.network(), finished.network());
  }

  /** The best model of a training, copied over its last one, knows no rows. */
  @Test
  void shouldKeepTheLogOfAModelThatIsReplacedByOneWithoutState() throws IOException {
    program(SmallTraining.network(), 2);
    String log = Files.readString(TrainingFiles.log(model));
    ModelFile.save(ModelFile.load(TrainingFiles.best(model)), model);
    try (Training training = Training.open(settings(3), SmallTraining.data())) {
      training.resume(model, stop);
    }
    assertEquals(log, Files.readString(Path.of(TrainingFiles.log(model) + ".old")));
  }

  private Set<String> names() {
    return Set.of(folder.toFile().list());
  }

  @Test
  void shouldNotResumeFromTheFileOfAnotherNetwork() {
    program(SmallTraining.network(), 1);
    String message =
        assertThrows(TrainingException.class, () -> program(SmallTraining.network(11), 2))
            .getMessage();
    assertTrue(
        message.startsWith(model + " must hold an earlier training of the network, with"), message);
    assertTrue(message.contains("1_W=[12, 11]") && message.contains("1_W=[12, 10]"), message);
    assertEquals(1, ModelFile.load(model).getEpochCount());
  }

  @Test
  void shouldAlsoTrainGraphsBitForBit() throws IOException {
    Path straight = folder.resolve("straight.zip");
    new SmallTraining(straight, 3).run(SmallTraining.graph(), NEVER);
    new SmallTraining(model, 3).run(SmallTraining.graph(), Set.of(2, 9)::contains);
    TrainingResult<ComputationGraph> result =
        new SmallTraining(model, 3).resumeGraph(model, Set.of(2, 9)::contains);
    assertTrue(result.isStopped());
    assertEquals(3, result.minibatches());
    result = new SmallTraining(model, 3).resumeGraph(model, NEVER);
    assertEquals(3, result.network().getEpochCount());
    for (Path file : List.of(straight, TrainingFiles.best(straight))) {
      Path same = Path.of(file.toString().replace("straight", "model"));
      SmallTraining.assertSame(
          TrainableNetwork.of(ModelFile.loadGraph(file)),
          TrainableNetwork.of(ModelFile.loadGraph(same)));
    }
    SmallTraining.assertSameLog(straight, model);
    String header = Files.readAllLines(TrainingFiles.log(model)).get(0);
    assertTrue(header.endsWith(",rate_first,rate_second"), header);
    result.rows().get(2).rates().forEach(rate -> assertTrue(rate > 0 && rate < 1, "rate " + rate));
  }

  @Test
  void shouldTrainGraphsAsFitDoesBitForBit() {
    new SmallTraining(model, 2).run(SmallTraining.graph(), NEVER);
    ComputationGraph fitted = SmallTraining.graph();
    fitted.setLearningRate(LearningRateSchedule.STEP.of(5e-3, 2, SmallTraining.MINIBATCHES, 0));
    for (int epoch = 0; epoch < 2; epoch++) {
      fitted.fit(SmallTraining.data().training(3, epoch, 0));
    }
    SmallTraining.assertSame(
        TrainableNetwork.of(fitted), TrainableNetwork.of(ModelFile.loadGraph(model)));
  }

  @Test
  void shouldLogTheNetworksOwnLearningRateIfNoneIsSet() {
    TrainingResult<MultiLayerNetwork> result = program(SmallTraining.network(), 1);
    assertEquals(5e-3, result.rows().get(0).learningRate());
  }

  @Test
  void shouldLeaveListenersAsTheyWere() {
    MultiLayerNetwork network = SmallTraining.network();
    ScoreIterationListener own = new ScoreIterationListener(1000);
    network.setListeners(own);
    program(network, 1);
    assertEquals(List.of(own), List.copyOf(network.getListeners()));
  }

  @Test
  void shouldKeepASecondTrainingOutOfItsFiles() {
    try (Training first = Training.open(settings(1), SmallTraining.data())) {
      assertTrue(first != null);
      assertBegins(
          TrainingException.class,
          "model must be written by one program at a time",
          () -> Training.open(settings(1), SmallTraining.data()));
    }
    Training.open(settings(1), SmallTraining.data()).close();
  }

  @Test
  void shouldNotHavePatienceWithoutSamplesHeldOut() {
    assertMessage(
        "patience must be 0 if no samples are held out, got 2. Possible cause: accuracy on the"
            + " test samples must not decide when to stop",
        () -> Training.open(settings(1).patience(2), new SmallData(32, 0, 16, 16)));
  }

  @Test
  void shouldNotResumeWithOtherData() {
    IntPredicate inside = iteration -> iteration == 2;
    new SmallTraining(model, 1).run(SmallTraining.network(), inside);
    assertNotResumed(
        "batch must be 16 to continue, got 8. Possible cause: "
            + model
            + " was saved with other data",
        new SmallData(100, 60, 100, 8));
    assertNotResumed(
        "training size must be 100 to continue, got 90. Possible cause: "
            + model
            + " was saved with other data",
        new SmallData(90, 60, 100, 16));
    assertEquals(3, SmallTraining.state(model).orElseThrow().minibatches());
  }

  private void assertNotResumed(String expected, TrainingData data) {
    try (Training training = Training.open(settings(2), data)) {
      assertMessage(ResumeRefusedException.class, expected, () -> training.resume(model, stop));
    }
  }

  private static final SmallData WHOLE = new SmallData(100, 0, 20, 16);

  @Test
  void shouldSaveTheTrainingIfAMinibatchCannotBeRead() {
    TrainingData data = BrokenData.of(broken(WHOLE.training(1, 0, 0), 3, GONE), WHOLE::test);
    try (Training training = Training.open(settings(1), data)) {
      TrainingException error =
          assertThrows(
              TrainingException.class, () -> training.begin(SmallTraining.network(), stop));
      assertTrue(error.getMessage().startsWith("Cannot read the next minibatch: "));
      assertTrue(error.getMessage().endsWith("The training so far is saved to " + model));
      assertEquals(Optional.of(model), error.resumable());
    }
    assertEquals(3, SmallTraining.state(model).orElseThrow().minibatches());
  }

  @Test
  void shouldSaveTheTrainingIfAnIteratorFails() {
    RuntimeException mistake = new IllegalStateException("a label of 11");
    TrainingData data = BrokenData.of(broken(WHOLE.training(1, 0, 0), 3, mistake), WHOLE::test);
    try (Training training = Training.open(settings(1), data)) {
      assertMessage(
          IllegalStateException.class,
          mistake.getMessage(),
          () -> training.begin(SmallTraining.network(), stop));
    }
    assertEquals(3, SmallTraining.state(model).orElseThrow().minibatches());
  }

  @Test
  void shouldSayWhichDataCannotBeReadWhenResuming() {
    new SmallTraining(model, 1).run();
    DataSetIterator heldOut = broken(SmallTraining.data().heldOut(), 1, GONE);
    TrainingData data = new BrokenData(100, 60, 100, 16, null, heldOut, null);
    try (Training training = Training.open(settings(2), data)) {
      assertBegins(
          TrainingException.class,
          "Cannot read the next minibatch: ",
          () -> training.resume(model, stop));
    }
  }

  private static final RuntimeException GONE =
      new UncheckedIOException(new IOException("disk gone"));

  /** Fails after some minibatches; after none, already when asked whether there is more. */
  private static DataSetIterator broken(
      DataSetIterator readable, int whole, RuntimeException failure) {
    return new ExistingDataSetIterator(
        () ->
            new java.util.Iterator<>() {
              private int left = whole;

              @Override
              public boolean hasNext() {
                if (whole == 0) {
                  throw failure;
                }
                return true;
              }

              @Override
              public DataSet next() {
                if (left-- == 0) {
                  throw failure;
                }
                return readable.next();
              }
            });
  }

  private record BrokenData(
      int trainingSize,
      int heldOutSize,
      int testSize,
      int batch,
      DataSetIterator minibatches,
      DataSetIterator heldOut,
      Supplier<DataSetIterator> tests)
      implements TrainingData {

    static BrokenData of(DataSetIterator minibatches, Supplier<DataSetIterator> tests) {
      return new BrokenData(100, 0, 20, 16, minibatches, null, tests);
    }

    @Override
    public DataSetIterator training(long seed, int epoch, int first) {
      return minibatches;
    }

    @Override
    public DataSetIterator test() {
      return tests.get();
    }
  }

  @Test
  void shouldSaveTheTrainingIfItsTestCannotBegin() {
    Supplier<DataSetIterator> failing =
        () -> {
          throw GONE;
        };
    for (Supplier<DataSetIterator> test : List.of(failing, () -> broken(WHOLE.test(), 0, GONE))) {
      TrainingData data = BrokenData.of(WHOLE.training(1, 0, 0), test);
      try (Training training = Training.open(settings(1), data)) {
        TrainingException error =
            assertThrows(
                TrainingException.class, () -> training.begin(SmallTraining.network(), stop));
        assertEquals(Optional.of(model), error.resumable());
      }
      TrainingState state = SmallTraining.state(model).orElseThrow();
      assertEquals(SmallTraining.MINIBATCHES, state.minibatches());
    }
  }

  @Test
  void shouldSaveIfItsThreadIsInterrupted() {
    MultiLayerNetwork network = SmallTraining.network();
    SmallTraining.afterIterations(
        network,
        iteration -> {
          if (iteration == 3) {
            Thread.currentThread().interrupt();
          }
        });
    TrainingSettings everyMinibatch = settings(1).checkpointEvery(Duration.ZERO);
    try (Training training = Training.open(everyMinibatch, SmallTraining.data())) {
      training.begin(network, stop);
    } catch (IllegalStateException e) {
      assertTrue(e.getMessage().contains("interrupt"), e.getMessage());
    }
    assertTrue(Thread.interrupted());
    assertEquals(network.getIterationCount(), ModelFile.load(model).getIterationCount());
    assertSameBits(network.params(), ModelFile.load(model).params());
  }

  @Test
  void shouldRefuseANetworkThatIsNotInitialisedAndMoveNothing() throws IOException {
    program(SmallTraining.network(), 1);
    MultiLayerNetwork network =
        new MultiLayerNetwork(SmallTraining.network().getLayerWiseConfigurations());
    try (Training training = Training.open(settings(1), SmallTraining.data())) {
      assertBegins("network must be initialised", () -> training.begin(network, stop));
    }
    assertEquals(1, ModelFile.load(model).getEpochCount());
  }

  /** Deeplearning4j counts an iteration for every piece. */
  @Test
  void shouldTellOfAMinibatchOnceUnderTruncatedBackpropagation() {
    ComputationGraph graph =
        Networks.of(
            Networks.graph(new NeuralNetConfiguration.Builder(), InputType.recurrent(6))
                .addLayer("encoding", SpikeEncoding.frames().build(), "in")
                .addLayer("dense", new SpikingDense.Builder().nOut(5).build(), "encoding")
                .addLayer("out", new OutputLayer.Builder(new LossMCXENT()).nOut(2).build(), "dense")
                .setOutputs("out")
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(4));
    List<DataSet> samples =
        Stream.generate(() -> new DataSet(Nd4j.rand(1, 6, 12), Nd4j.create(new float[][] {{1, 0}})))
            .limit(5)
            .toList();
    TrainingData data =
        TrainingData.of(
            new ListDataSetIterator<>(samples, 2), new ListDataSetIterator<>(samples, 2));
    List<Integer> told = new ArrayList<>();
    TrainingObserver observer =
        new TrainingObserver() {
          @Override
          public void minibatchDone(int epoch, int size, double loss) {
            told.add(size);
          }
        };
    try (Training training = Training.open(settings(1), data, observer)) {
      training.begin(graph, stop);
    }
    assertEquals(List.of(2, 2, 1), told);
    assertEquals(9, graph.getIterationCount());
  }

  @Test
  void shouldNotRunOnceClosed() {
    Training training = Training.open(settings(1), SmallTraining.data());
    training.close();
    MultiLayerNetwork network = SmallTraining.network();
    for (Executable run :
        List.<Executable>of(
            () -> training.begin(network, stop),
            () -> training.resume(model, stop),
            () -> training.beginOrResume(network, stop))) {
      assertRefused(IllegalStateException.class, run, "must not be closed");
    }
    assertFalse(Files.exists(model));
  }

  @Test
  void shouldLeaveFilesInPlaceIfTheStopIsMissing() {
    program(SmallTraining.network(), 1);
    try (Training training = Training.open(settings(1), SmallTraining.data())) {
      assertThrows(
          IllegalArgumentException.class, () -> training.begin(SmallTraining.network(), null));
    }
    assertTrue(Files.exists(model));
  }

  @Test
  void shouldSaveModelsThatTheSafeLoaderAccepts() throws IOException {
    SmallTraining training = new SmallTraining(model, 1);
    training.schedule = LearningRateSchedule.COSINE;
    training.run();
    MultiLayerNetwork loaded = SafeModels.defaults().multiLayerNetwork(model);
    assertTrue(
        loaded.getLayerWiseConfigurations().toJson().contains(CosineSchedule.class.getName()));
  }

  private static final SafeModels ALLOWING = SafeModels.defaults().allowing(Halving.class);

  /** A schedule that this project does not know. */
  public record Halving(@JsonProperty("first") double first) implements ISchedule {

    private static final long serialVersionUID = 1L;

    @Override
    public double valueAt(int iteration, int epoch) {
      return first * Math.pow(0.5, epoch);
    }

    @Override
    public ISchedule clone() {
      return this;
    }
  }

  private TrainingSettings halving(int epochs) {
    return TrainingSettings.savingTo(model)
        .epochs(epochs)
        .averageWeights(0.5)
        .learningRates(new Halving(5e-3));
  }

  private <M extends Model> TrainingResult<M> beginOrResume(M network, TrainingSettings halving) {
    try (Training training = Training.open(halving, SmallTraining.data())) {
      return training.beginOrResume(network, stop);
    }
  }

  @Test
  void shouldResumeWithOwnClassesIfTheyAreAllowed() {
    beginOrResume(SmallTraining.network(), halving(1).models(ALLOWING));
    MultiLayerNetwork second = SmallTraining.network();
    TrainingResult<MultiLayerNetwork> resumed = beginOrResume(second, halving(2).models(ALLOWING));
    assertNotSame(second, resumed.network());
    assertEquals(2, resumed.rows().size());
    assertEquals(2, ModelFile.load(model, ALLOWING).getEpochCount());
  }

  @Test
  void shouldResumeAGraphWithOwnClassesIfTheyAreAllowed() {
    beginOrResume(SmallTraining.graph(), halving(1).models(ALLOWING));
    assertEquals(
        2, beginOrResume(SmallTraining.graph(), halving(2).models(ALLOWING)).rows().size());
    assertEquals(2, ModelFile.loadGraph(model, ALLOWING).getEpochCount());
  }

  @Test
  void shouldNotBeginATrainingThatCouldNotBeResumed() {
    for (Model network : new Model[] {SmallTraining.network(), SmallTraining.graph()}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> beginOrResume(network, halving(1)))
              .getMessage();
      assertSays(message, "TrainingSettings.models", Halving.class.getName());
      assertFalse(Files.exists(model));
    }
  }

  @Test
  void shouldLoadWithinTheGivenLimits() {
    beginOrResume(SmallTraining.network(), halving(1).models(ALLOWING));
    TrainingSettings small = halving(2).models(ALLOWING.within(ModelLimits.defaults().bytes(100)));
    assertRefused(
        TrainingException.class, () -> beginOrResume(SmallTraining.network(), small), "100");
  }
}
