package org.dl4jsnn.examples.train;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.train.TrainingException;
import org.dl4jsnn.zoo.NetworkNotation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/** What a training says and refuses, and the networks of its options. */
class TrainingProgramTest {

  private static final double RATE = 0.2;

  @TempDir private Path folder;

  private final CommandLineRun run = new CommandLineRun();
  private Path file;

  @BeforeEach
  void nameAModel() {
    file = folder.resolve("model.zip");
  }

  private void assertError(String message, String options) {
    run.clear();
    assertEquals(1, run.execute("mnist --resume=" + file + " " + options));
    assertEquals(message, run.errors().strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          3;    100; --batch;           16;    64;    ''
          3;    100; training samples;  100;   12000; --batch=16
          0;  12000; training samples;  12000; 11000; --hold-out=1000
          """)
  void shouldNotGoOnWithOtherMinibatchesOrSamples(
      int minibatches, int images, String what, int saved, int now, String options)
      throws IOException {
    ModelFile.save(new ShortTraining(file, 1).network(), file);
    SavedState.write(file, minibatches, 16, images);
    assertError(
        what
            + (" must be " + saved + " to continue, got " + now + ". Possible cause: " + file)
            + " was saved with other options (--hold-out, --batch)",
        options);
  }

  @Test
  void shouldNotPlaceAScheduleByMinibatchesOfAnotherSize() {
    MultiLayerNetwork network = new ShortTraining(file, 1).network();
    network.getLayerWiseConfigurations().setEpochCount(2);
    network.getLayerWiseConfigurations().setIterationCount(8);
    ModelFile.save(network, file);
    assertError(
        "--schedule must be step or constant, which count epochs, got cosine: the training has"
            + " done 8 minibatches, which would be 376 now. Possible cause: another --batch or"
            + " --train than before",
        "--epochs=3 --schedule=cosine");
  }

  @Test
  void shouldCountTheMinibatchesOfAnySize() {
    TrainingOptions options = new TrainingOptions(file, 1, 64, 1e-3);
    assertEquals(2, options.minibatches(65));
    assertEquals(1, options.minibatches(64));
    options.batch = Integer.MAX_VALUE;
    assertEquals(1, options.minibatches(65));
  }

  @Test
  void shouldSayWhatToAddToTheCommandWhereModelsCannotBeSaved() throws IOException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path room = Files.createDirectory(folder.resolve("room"));
    Path model = disk.resolve("model.zip");
    ShortTraining training = new ShortTraining(model, 1);
    StringWriter printed = new StringWriter();
    TrainingProgram program =
        new TrainingProgram(
            training.options,
            training.data(),
            rates -> {
              MultiLayerNetwork network = ShortTraining.network(rates);
              network.addListeners(ShortTraining.inIteration(3, () -> fill(disk)));
              return network;
            },
            new Output(new PrintWriter(printed)));
    String before = System.setProperty("java.io.tmpdir", room.toString());
    UserError error;
    try {
      error = assertThrows(UserError.class, program::run);
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
    Path kept = room.resolve("model-" + ProcessHandle.current().pid() + ".zip");
    String message = error.getMessage();
    assertTrue(message.startsWith("Cannot save to " + model), message);
    assertTrue(
        message.endsWith("The training is kept as " + kept + "; to continue, add --resume " + kept),
        message);
    assertEquals(1, ModelFile.load(kept).getEpochCount());
    assertTrue(
        printed.toString().contains("Cannot save to " + model + ": ")
            && printed.toString().contains("every checkpoint tries again"),
        printed.toString());
  }

  /** No user can write there: the folder is a file. */
  private void fill(Path disk) {
    try {
      Files.move(disk, folder.resolve("away"));
      Files.writeString(disk, "full");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldShowOtherErrorsAsTheyAre() {
    TrainingException error =
        assertThrows(TrainingException.class, () -> ModelFile.load(folder.resolve("none.zip")));
    assertEquals(Optional.empty(), error.resumable());
    UserError shown = TrainingProgram.shown(error, null);
    assertEquals(error.getMessage(), shown.getMessage());
    assertSame(error, shown.getCause());
  }

  private static String prepared(ShortTraining training, MultiLayerNetwork network) {
    StringWriter text = new StringWriter();
    Output output = new Output(new PrintWriter(text, true));
    StartingRates.prepare(network, training.data(), training.options, output);
    return text.toString();
  }

  @Test
  void shouldPrintRatesAndChangeNothing() {
    ShortTraining training = new ShortTraining(file, 1);
    MultiLayerNetwork network = training.network();
    INDArray before = network.params().dup();
    String text = prepared(training, network);
    assertTrue(text.startsWith("Firing rates at the start, %: first "), text);
    assertSameBits(before, network.params());
  }

  @ParameterizedTest
  @EnumSource
  void shouldBalance(StartingRates.Scaled scaled) {
    ShortTraining training = new ShortTraining(file, 1);
    MultiLayerNetwork network = training.network();
    training.options.balance = RATE;
    training.options.balanceBy = scaled;
    String text = prepared(training, network);
    assertTrue(text.contains("Balanced by " + scaled + ", %: first "), text);
    long seed = network.getDefaultConfiguration().getSeed();
    INDArray features = training.data().training(seed, 0, 0).next().getFeatures();
    for (FiringRates layer : FiringRates.measure(network, features, true)) {
      assertEquals(RATE, layer.mean(), 0.05 * RATE, layer.layer());
    }
  }

  @Test
  void shouldHaveThePublishedLayersByDefault() {
    EventNetworkOptions options = new EventNetworkOptions();
    options.check();
    assertEquals("64C3-64C3-AP2-128C3-128C3-256C3-MP2-1024", options.notation().toString());
  }

  @Test
  void shouldDecayWeights() {
    EventNetworkOptions options = new EventNetworkOptions();
    options.network = "2C3-4";
    options.weightDecay = 0.1;
    FrameShape frames = new FrameShape(2, 3, 8, 8);
    ISchedule rates = new FixedSchedule(1e-3);
    MultiLayerNetwork network = (MultiLayerNetwork) options.spiking(frames, 2, rates, 1);
    BaseLayer last = (BaseLayer) network.getOutputLayer().conf().getLayer();
    List<Regularization> regularization = last.getRegularizationByParam("W");
    assertEquals(1, regularization.size());
    assertInstanceOf(WeightDecay.class, regularization.get(0));
  }

  @Test
  void shouldNameTheOptionOfLayersThatItCannotRead() {
    EventNetworkOptions options = new EventNetworkOptions();
    options.network = "64c3";
    String message = assertThrows(UserError.class, options::check).getMessage();
    assertTrue(message.startsWith("--network must be written like 64C3-AP2"), message);
    assertTrue(message.endsWith("got 64c3 in 64c3"), message);
  }

  @Test
  void shouldHaveTheLayersOfItsNotation() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            ConventionalNetwork.of(
                new NeuralNetConfiguration.Builder(),
                NetworkNotation.parse("8C3-AP2-16C5-MP3-20"),
                InputType.convolutional(13, 13, 10),
                7,
                1));
    network.init();
    assertArrayEquals(new long[] {8, 10, 3, 3}, network.getParam("0_W").shape());
    assertArrayEquals(new long[] {16, 8, 5, 5}, network.getParam("4_W").shape());
    // 13 pixels, 6 after the first pooling, 2 after the second.
    assertArrayEquals(new long[] {16 * 2 * 2, 20}, network.getParam("8_W").shape());
    assertArrayEquals(new long[] {20, 7}, network.getParam("11_W").shape());
    assertEquals(
        List.of(
            "conv1",
            "conv1-normalization",
            "conv1-relu",
            "pool1",
            "conv2",
            "conv2-normalization",
            "conv2-relu",
            "pool2",
            "dense",
            "dense-normalization",
            "dense-relu",
            "readout"),
        network.getLayerNames());
  }
}
