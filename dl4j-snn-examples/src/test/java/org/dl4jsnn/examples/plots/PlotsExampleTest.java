package org.dl4jsnn.examples.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.guide.ResonateAndFire;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.train.EpochLogs;
import org.dl4jsnn.monitor.SpikeRecording;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.plot.Charts;
import org.dl4jsnn.train.EpochRow;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;

/** Charts whose ticks XChart cannot tell apart would be drawn forever. */
@Timeout(120)
class PlotsExampleTest {

  /** Height of a chart of a membrane or another variable with its time axis, in pixels. */
  private static final int WHOLE = 200 * Charts.SCALE;

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();
  private Path model;

  @Test
  void shouldDrawAllPlotsForADigit() throws IOException {
    EpochRow epoch = new EpochRow(1, 10, 1e-3, 1.5, Double.NaN, 0.4, 3, 50, List.of());
    EpochLogs.write(folder.resolve("model.zip"), epoch);
    plots(RasterExampleTest.overImages(), "--test=20 --flow-digits=2");
    assertEquals(
        List.of(
            "confusion.png",
            "flow.png",
            "kernels-conv1.png",
            "kernels-conv2.png",
            "learning.png",
            "membranes-conv1.png",
            "membranes-conv2.png",
            "membranes-dense.png",
            "output.png",
            "raster.png",
            "rates-conv1.png",
            "rates-conv2.png",
            "rates-encoding.png",
            "rates-pool1.png",
            "rates-pool2.png"),
        written());
    run.assertPrinted("raster.png: spikes of all layers for test digit 1");
    run.assertPrinted("flow.png: accumulated flows; samples: 2");
  }

  @Test
  void shouldDrawWhatItCanForARecording() throws IOException {
    Path recording = Files.write(folder.resolve("digit.bin"), RasterExampleTest.RECORDING);
    MultiLayerNetwork network = RasterExampleTest.overFrames();
    plots(network, "--sensor=8x8 --steps=4 --recording=" + recording);
    assertFalse(written().contains("confusion.png"));
    run.assertPrinted("No learning.png: there is no log at");
    run.assertPrinted("flow.png: accumulated flows; samples: 1");
  }

  @Test
  void shouldDrawAllStateVariablesAndAReadOut() throws IOException {
    SpikingNeuron leaky =
        SpikingNeuron.leakyIntegrateAndFire(0.5, 0.9).withReset(Reset.bySubtraction());
    MultiLayerNetwork adaptive = network(new AdaptiveNeuron(leaky, 0.3, 0.8), 10);
    plots(adaptive, "--digit=1 --test=1 --flow-digits=1");
    int charts = charts("membranes-hidden");
    assertTrue(charts >= 2 && charts <= 8 && charts % 2 == 0, charts + " charts");
    assertTrue(written().containsAll(List.of("flow.png", "output.png", "raster.png")));
  }

  @Test
  void shouldDrawTheVariablesOfNeuronsOfWhichNoneIsTheMembrane() throws IOException {
    MultiLayerNetwork resonating = network(new ResonateAndFire(0.3, 0.8, 0.9), 12);
    SpikeRecording seen =
        new NetworkPlots(
                resonating,
                folder.resolve("plots"),
                new Output(new PrintWriter(Writer.nullWriter())))
            .sample("noise", Nd4j.rand(1L, new long[] {1, 784}));
    int neurons = NetworkPlots.typicalNeurons(seen, "hidden").size();
    assertEquals(neurons * 3, charts("membranes-hidden"), "membrane, x and y");
    assertEquals(
        IntStream.range(0, 10).boxed().toList(),
        NetworkPlots.typicalNeurons(seen, "read-out"),
        "of twelve");
  }

  /**
   * The number of charts in an image; those of ten outputs' two variables are twenty, all but the
   * last without a time axis, whose height depends on the machine's letters.
   */
  private int charts(String image) throws IOException {
    int others = height("membranes-read-out") - WHOLE;
    int withoutAxis = others / 19;
    assertEquals(0, others % 19, "charts of ten outputs");
    assertTrue(withoutAxis > WHOLE * 2 / 3 && withoutAxis < WHOLE, withoutAxis + " pixels");
    assertEquals(0, (height(image) - WHOLE) % withoutAxis, image);
    return 1 + (height(image) - WHOLE) / withoutAxis;
  }

  private int height(String image) throws IOException {
    return ImageIO.read(folder.resolve("plots").resolve(image + ".png").toFile()).getHeight();
  }

  private static MultiLayerNetwork network(NeuronDynamics neuron, int outputs) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(SpikeEncoding.direct(20).name("encoding").build())
                .layer(new SpikingDense.Builder().nOut(12).neuron(neuron).name("hidden").build())
                .layer(
                    new LeakyReadOut.Builder()
                        .nOut(outputs)
                        .leak(0.9)
                        .synapticDecay(0.5)
                        .name("read-out")
                        .build())
                .layer(new LossLayer.Builder().activation(Activation.SOFTMAX).build())
                .setInputType(InputType.convolutionalFlat(28, 28, 1))
                .build());
    network.init();
    return network;
  }

  /** Its layers without neurons have kernels, but neither spikes nor membranes. */
  @Test
  void shouldDrawAResidualNetwork() throws IOException {
    plots(
        SpikingNetworks.msResNet()
            .layers("2C3-2B3-GAP")
            .input(InputType.convolutionalFlat(28, 28, 1))
            .steps(2)
            .init(),
        "--test=1 --flow-digits=1");
    List<String> kernels = List.of("conv1", "block1-conv1", "block1-conv2");
    kernels.forEach(layer -> assertTrue(hasWritten("kernels-" + layer), layer));
    List<String> spiking = List.of("block1-neurons", "block1-conv1", "block1-spikes");
    for (String layer : spiking) {
      assertTrue(hasWritten("membranes-" + layer) && hasWritten("rates-" + layer), layer);
    }
    for (String layer : List.of("conv1", "block1-conv2", "block1")) {
      assertFalse(hasWritten("membranes-" + layer) || hasWritten("rates-" + layer), layer);
    }
  }

  private boolean hasWritten(String image) {
    return Files.exists(folder.resolve("plots").resolve(image + ".png"));
  }

  @Test
  void shouldDrawASilentNetwork() throws IOException {
    MultiLayerNetwork silent = RasterExampleTest.overImages();
    silent.setParams(Nd4j.zeros(1, silent.numParams()));
    plots(silent, "--test=1 --flow-digits=1");
  }

  @Test
  void shouldRefuseOptionsThatBreakTheirRule() throws IOException {
    ModelFile.save(RasterExampleTest.overImages(), model);
    assertRefused("--test must be from 1 to 2000, got 0", "--test=0");
    assertRefused("--test must be from 1 to 2000, got 2001", "--test=2001");
    assertRefused("--flow-digits must be from 1 to 2000, got 0", "--flow-digits=0");
    assertRefused("must be given, got 2", "--digit=1 --recording=x");
    assertRefused("Cannot make the folder", "--to=" + folder.resolve("model.zip"));
    Files.writeString(folder.resolve("model-log.csv"), "epoch\n");
    assertRefused("Cannot plot the log: a log must hold at least one epoch", "");
  }

  private void assertRefused(String message, String options) {
    run.assertRefused(message, "plots " + options);
  }

  private List<String> written() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("plots"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @BeforeEach
  void name() {
    model = folder.resolve("model.zip");
    run.setDefaults("--model=%s --to=%s/plots", model, folder);
  }

  private void plots(Model network, String options) {
    ModelFile.save(network, model);
    run.assertDone("plots " + options);
  }

  @Test
  void shouldPlotLogs() throws IOException {
    EpochRow first = new EpochRow(1, 10, 1e-3, 1.5, Double.NaN, 0.4, 3, 50, List.of());
    EpochRow second = new EpochRow(2, 20, 5e-4, 1.1, Double.NaN, 0.6, 3, 50, List.of());
    Path log = EpochLogs.write(folder.resolve("a.zip"), first, second);
    Path plot = folder.resolve("plot.png");
    String command = "training-plot --to %s --log a=%s";
    CommandLineRun logs = new CommandLineRun();
    logs.assertDone(command + " --log two=%s", plot, log, log);
    assertTrue(ImageIO.read(plot.toFile()).getWidth() > 1000);
    Path other = Files.writeString(folder.resolve("other.csv"), "x,y\n1,2\n");
    logs.assertRefused("must be the log of a training", command, plot, other);
    Path empty = Files.writeString(folder.resolve("empty.csv"), "epoch\n");
    logs.assertRefused("must hold at least one epoch", command, plot, empty);
  }

  @Test
  void shouldPlotAccuracyAgainstSpeed() throws IOException {
    String line = "{\"engine\":\"A\",\"images_per_s\":%d,\"accuracy\":%s}%n";
    Path lines = folder.resolve("lines.jsonl");
    Files.writeString(lines, line.formatted(9, 0.5) + "{\"rival\":\"A\"}\n" + line.formatted(5, 1));
    Path plot = folder.resolve("plot.png");
    String command = "rival-plot --to %s --lines a=%s";
    CommandLineRun plots = new CommandLineRun();
    plots.assertDone(command, plot, lines);
    assertTrue(ImageIO.read(plot.toFile()).getWidth() > 700);
    Files.writeString(lines, line.formatted(9, null));
    plots.assertRefused(
        "--lines must hold a line with an accuracy, got none", command, plot, lines);
    Files.writeString(lines, "Saved");
    plots.assertRefused("lines must be JSON, got 'Saved' in ", command, plot, lines);
  }
}
