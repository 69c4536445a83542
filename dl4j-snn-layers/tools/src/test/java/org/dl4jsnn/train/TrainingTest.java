package org.dl4jsnn.train;

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
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.model.SafeModels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

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
      String message =
          assertThrows(
                  TrainingException.class, () -> Training.open(settings(1), SmallTraining.data()))
              .getMessage();
      assertTrue(message.startsWith("model must be written by one program at a time"), message);
    }
    Training.open(settings(1), SmallTraining.data()).close();
  }

  @Test
  void shouldNotHavePatienceWithoutSamplesHeldOut() {
    assertEquals(
        "patience must be 0 if no samples are held out, got 2. Possible cause: accuracy on the"
            + " test samples must not decide when to stop",
        assertThrows(
                IllegalArgumentException.class,
                () -> Training.open(settings(1).patience(2), new SmallData(32, 0, 16, 16)))
            .getMessage());
  }

  @Test
  void shouldNotResumeWithOtherData() {
    IntPredicate inside = iteration -> iteration == 2;
    new SmallTraining(model, 1).run(SmallTraining.network(), inside);
    assertRefused(
        "batch must be 16 to continue, got 8. Possible cause: "
            + model
            + " was saved with other data",
        new SmallData(100, 60, 100, 8));
    assertRefused(
        "training size must be 100 to continue, got 90. Possible cause: "
            + model
            + " was saved with other data",
        new SmallData(90, 60, 100, 16));
    assertEquals(3, SmallTraining.state(model).orElseThrow().minibatches());
  }

  private void assertRefused(String expected, TrainingData data) {
    try (Training training = Training.open(settings(2), data)) {
      assertEquals(
          expected,
          assertThrows(ResumeRefusedException.class, () -> training.resume(model, stop))
              .getMessage());
    }
  }

  @Test
  void shouldSaveTheTrainingIfAMinibatchCannotBeRead() {
    SmallData whole = new SmallData(100, 0, 20, 16);
    TrainingData data = new BrokenData(whole, broken(whole.training(1, 0, 0), 3), null);
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
    SmallData whole = new SmallData(100, 0, 20, 16);
    RuntimeException mistake = new IllegalStateException("a label of 11");
    TrainingData data = new BrokenData(whole, broken(whole.training(1, 0, 0), 3, mistake), null);
    try (Training training = Training.open(settings(1), data)) {
      RuntimeException error =
          assertThrows(
              IllegalStateException.class, () -> training.begin(SmallTraining.network(), stop));
      assertEquals(mistake.getMessage(), error.getMessage());
    }
    assertEquals(3, SmallTraining.state(model).orElseThrow().minibatches());
  }

  @Test
  void shouldSayWhichDataCannotBeReadWhenResuming() {
    new SmallTraining(model, 1).run();
    SmallData whole = (SmallData) SmallTraining.data();
    TrainingData data = new BrokenData(whole, null, broken(whole.heldOut(), 1));
    try (Training training = Training.open(settings(2), data)) {
      TrainingException error =
          assertThrows(TrainingException.class, () -> training.resume(model, stop));
      assertTrue(
          error.getMessage().startsWith("Cannot read the next minibatch: "), error.getMessage());
    }
  }

  private static DataSetIterator broken(DataSetIterator readable, int whole) {
    return broken(readable, whole, new UncheckedIOException(new IOException("disk gone")));
  }

  private static DataSetIterator broken(
      DataSetIterator readable, int whole, RuntimeException failure) {
    return new ExistingDataSetIterator(
        () ->
            new java.util.Iterator<>() {
              private int left = whole;

              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public org.nd4j.linalg.dataset.DataSet next() {
                if (left-- == 0) {
                  throw failure;
                }
                return readable.next();
              }
            });
  }

  @Test
  void shouldSaveTheTrainingIfItsTestCannotBegin() {
    SmallData whole = new SmallData(100, 0, 20, 16);
    RuntimeException gone = new UncheckedIOException(new IOException("disk gone"));
    for (boolean isReset : new boolean[] {true, false}) {
      TrainingData data =
          new BrokenData(whole, whole.training(1, 0, 0), null) {
            @Override
            public DataSetIterator test() {
              if (isReset) {
                throw gone;
              }
              return new ExistingDataSetIterator(() -> new EndlessFailure(gone));
            }
          };
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

  /** Fails already when asked whether there is more. */
  private record EndlessFailure(RuntimeException failure)
      implements java.util.Iterator<org.nd4j.linalg.dataset.DataSet> {

    @Override
    public boolean hasNext() {
      throw failure;
    }

    @Override
    public org.nd4j.linalg.dataset.DataSet next() {
      throw failure;
    }
  }

  private static class BrokenData implements TrainingData {

    private final SmallData whole;
    private final DataSetIterator training;
    private final DataSetIterator heldOut;

    BrokenData(SmallData whole, DataSetIterator training, DataSetIterator heldOut) {
      this.whole = whole;
      this.training = training;
      this.heldOut = heldOut;
    }

    @Override
    public DataSetIterator heldOut() {
      return heldOut;
    }

    @Override
    public int trainingSize() {
      return whole.trainingSize();
    }

    @Override
    public int heldOutSize() {
      return whole.heldOutSize();
    }

    @Override
    public int testSize() {
      return whole.testSize();
    }

    @Override
    public int batch() {
      return whole.batch();
    }

    @Override
    public DataSetIterator training(long seed, int epoch, int first) {
      return training;
    }

    @Override
    public DataSetIterator test() {
      return whole.test();
    }
  }

  @Test
  void shouldSaveIfItsThreadIsInterrupted() {
    MultiLayerNetwork network = SmallTraining.network();
    network.addListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model trained, int iteration, int epoch) {
            if (iteration == 3) {
              Thread.currentThread().interrupt();
            }
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
      String message =
          assertThrows(IllegalArgumentException.class, () -> training.begin(network, stop))
              .getMessage();
      assertTrue(message.startsWith("network must be initialised"), message);
    }
    assertEquals(1, ModelFile.load(model).getEpochCount());
  }

  /** Deeplearning4j counts an iteration for every piece. */
  @Test
  void shouldTellOfAMinibatchOnceUnderTruncatedBackpropagation() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.recurrent(6))
                .addLayer("encoding", SpikeEncoding.frames().build(), "in")
                .addLayer("dense", new SpikingDense.Builder().nOut(5).build(), "encoding")
                .addLayer("out", new OutputLayer.Builder(new LossMCXENT()).nOut(2).build(), "dense")
                .setOutputs("out")
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(4)
                .build());
    graph.init();
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
    String message =
        assertThrows(
                IllegalStateException.class, () -> training.begin(SmallTraining.network(), stop))
            .getMessage();
    assertTrue(message.contains("must not be closed"), message);
    assertThrows(IllegalStateException.class, () -> training.resume(model, stop));
    assertThrows(
        IllegalStateException.class, () -> training.beginOrResume(SmallTraining.network(), stop));
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

  @Test
  void shouldRefuseOtherModels() {
    assertThrows(IllegalArgumentException.class, () -> ModelFile.save(null, model));
  }
}
