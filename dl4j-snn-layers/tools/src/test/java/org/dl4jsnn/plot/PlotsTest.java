package org.dl4jsnn.plot;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.monitor.SpikeRaster;
import org.dl4jsnn.monitor.SpikeRecording;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

@Timeout(60)
class PlotsTest {

  @TempDir private Path folder;
  private final XYChart chart = Plots.learningCurves("figure", Map.of("one", List.of(1, 2, 3)));

  @Test
  void shouldWritePngFiles() throws IOException {
    Path file = folder.resolve("a.png");
    Plots.save(chart, file);
    assertEquals(Charts.SCALE * chart.getWidth(), ImageIO.read(file.toFile()).getWidth());
    Plots.save(Plots.grid(List.of(chart, chart, chart), 2), file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertEquals(Charts.SCALE * 2 * chart.getWidth(), image.getWidth());
    assertEquals(Charts.SCALE * 2 * chart.getHeight(), image.getHeight());
  }

  @Test
  void shouldMakeTheFolderAndWriteInSpiteOfAnInterrupt() throws IOException {
    Path file = folder.resolve("new").resolve("a.png");
    Thread.currentThread().interrupt();
    Plots.save(chart, file);
    assertTrue(Thread.interrupted(), "stays interrupted");
    assertEquals(Charts.SCALE * chart.getWidth(), ImageIO.read(file.toFile()).getWidth());
  }

  @Test
  void shouldStackChartsOfAnySize() {
    XYChart low = Charts.overTime("low", 100, "y", 3);
    low.addSeries("a", new double[] {1, 2}, new double[] {3, 4});
    BufferedImage image = Plots.grid(List.of(chart, low), 1);
    assertEquals(Charts.SCALE * Charts.WIDTH, image.getWidth());
    assertEquals(Charts.SCALE * (chart.getHeight() + 100), image.getHeight());
    assertEquals(Charts.SCALE * chart.getWidth(), Plots.grid(List.of(chart), 4).getWidth());
  }

  @Test
  void shouldShareTheAxisOfTheLowestOverTheSameSteps() {
    List<XYChart> charts = List.of(overSteps(3), overSteps(3), overSteps(4));
    int whole = Plots.image(charts.get(0)).getHeight();
    List<Integer> heights = Columns.aligned(charts, 1).stream().map(i -> i.getHeight()).toList();
    assertTrue(heights.get(0) < whole - 40, "without its axis: " + heights);
    assertEquals(List.of(whole, whole), heights.subList(1, 3), "the steps below are others");
    charts.get(0).getStyler().setLegendVisible(true);
    Charts.oneRow(charts.get(0).getStyler());
    assertEquals(whole, Columns.aligned(charts, 1).get(0).getHeight(), "keeps its legend");
  }

  private static XYChart overSteps(int steps) {
    XYChart chart = Charts.overTime("", 200, "y", steps);
    chart.addSeries("a", new double[] {1, 2}, new double[] {3, 4});
    new AxisRange(0, 5).applyToY(chart.getStyler());
    return chart;
  }

  @Test
  void shouldTellLinesApartWithoutColour() {
    XYChart few =
        Charts.xy(Charts.HALF_WIDTH, Charts.HEIGHT, "", "x", "y", LegendPosition.InsideNE);
    List<XYSeries> lines = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      lines.add(Charts.line(few, "line " + i, List.of(1, 2), List.of(i, 2 * i)));
    }
    assertEquals(5, lines.stream().map(line -> line.getLineStyle()).distinct().count());
    assertEquals(5, lines.stream().map(line -> line.getMarker()).distinct().count());
    List<Integer> many = Collections.nCopies(100, 1);
    assertEquals(SeriesMarkers.NONE, Charts.line(few, "long", many, many).getMarker());
    Plots.image(few);
  }

  @Test
  void shouldLabelTwoAndFiveOnALogarithmicAxis() {
    XYChart chart = Charts.xy(400, 300, "", "x", "y", LegendPosition.InsideNE);
    chart.getStyler().setYAxisLogarithmic(true).setYAxisMin(0.3).setYAxisMax(3.0);
    chart.getStyler().setLegendVisible(false);
    chart.addSeries("a", new double[] {1, 2}, new double[] {0.5, 2});
    BufferedImage image = Plots.image(chart);
    for (double labelled : new double[] {0.5, 1, 2}) {
      assertTrue(isLabelled(chart, image, labelled), labelled + " has a label");
    }
    assertFalse(isLabelled(chart, image, 0.8));
  }

  /** If there is something dark left of a tick. */
  private static boolean isLabelled(XYChart chart, BufferedImage image, double value) {
    int y = (int) (Charts.SCALE * chart.getScreenYFromChart(value));
    int right = (int) (Charts.SCALE * chart.getYAxisLeftWidth()) - 16;
    return IntStream.range(right - 40, right).anyMatch(x -> isDark(image, x, y));
  }

  @Test
  void shouldAlignThePlotAreasOfAColumn() {
    XYChart wide = Charts.overTime("wide", 200, "y", 3);
    wide.addSeries("a", new double[] {1, 2}, new double[] {-1.2345e9, 3e9});
    XYChart narrow = Charts.overTime("narrow", 200, "y", 3);
    narrow.addSeries("a", new double[] {1, 2}, new double[] {3, 4});
    XYChart bare = Charts.overTime("bare", 200, "", 3);
    bare.getStyler().setYAxisTicksVisible(false);
    Plots.image(bare);
    List<XYChart> charts = List.of(narrow, wide, bare);
    List<BufferedImage> drawn = Columns.aligned(charts, 1);
    List<Integer> edges = drawn.stream().map(PlotsTest::leftEdge).toList();
    int left = Collections.min(edges);
    assertTrue(Collections.max(edges) < left + Charts.SCALE, "the same unit: " + edges);
    assertEquals(
        List.of(76, 76, 76),
        charts.stream().map(c -> c.getStyler().getYAxisLeftWidthHint()).toList());
  }

  /** The first column that is dark from the middle of the image a good way down. */
  private static int leftEdge(BufferedImage image) {
    for (int x = 0; x < image.getWidth(); x++) {
      int dark = 0;
      for (int y = 140; y < 200; y++) {
        dark += (image.getRGB(x, y) & 0xFF) < 210 ? 1 : 0;
      }
      if (dark == 60) {
        return x;
      }
    }
    throw new AssertionError("no frame");
  }

  @Test
  void shouldSayWhatItCannotWrite() throws IOException {
    Path file = folder.resolve("a.jpg");
    assertRefused("must end in .png, got", () -> Plots.save(chart, file));
    assertFalse(Files.exists(file));
    Path inTheWay = Files.createFile(folder.resolve("way"));
    assertThrows(IOException.class, () -> Plots.save(chart, inTheWay.resolve("a.png")));
    assertThrows(IllegalArgumentException.class, () -> Plots.grid(List.of(), 1));
    assertThrows(IllegalArgumentException.class, () -> Plots.grid(List.of(chart), 0));
  }

  @Test
  void shouldRefuseAWindowWithoutAScreen() {
    assumeTrue(GraphicsEnvironment.isHeadless());
    assertRefused(
        IllegalStateException.class,
        () -> Plots.show(chart),
        "write the plot to a file with Plots.save");
    BufferedImage image = Plots.image(chart);
    assertThrows(IllegalStateException.class, () -> Plots.show(image, "title"));
  }

  @Test
  void shouldDrawLogs() throws IOException {
    Path file = folder.resolve("a-log.csv");
    Files.writeString(
        file, "epoch,loss,held_out_accuracy,test_accuracy\n1,1.5,,0.4\n2,1.25,,0.6\n");
    EpochTable log = EpochTable.read(file);
    assertEquals(List.of("epoch", "loss", "held_out_accuracy", "test_accuracy"), log.columns());
    assertEquals(List.of(1.5, 1.25), log.column("loss"));
    assertTrue(log.column("held_out_accuracy").get(0).isNaN());
    assertEquals(
        Charts.SCALE * Charts.WIDTH, Plots.learningCurves(Map.of("a", log, "b", log)).getWidth());
    assertRefused("with a column rate, got epoch, loss", () -> log.column("rate"));
  }

  @Test
  void shouldDrawCurvesOfDifferentLengths() {
    XYChart chart =
        Plots.learningCurves("loss", Map.of("long", List.of(3, 2, 1), "short", List.of(2.5f)));
    assertEquals(3, chart.getSeriesMap().get("long").getXData()[2]);
    assertEquals(1, chart.getSeriesMap().get("short").getXData().length);
    Plots.image(chart);
  }

  @Test
  void shouldBeginAtTheFirstEpoch() throws IOException {
    for (int epochs : new int[] {1, 2, 3, 12, 60, 500}) {
      XYChart chart =
          Plots.learningCurves("loss, nats", Map.of("a", Collections.nCopies(epochs, 1)));
      assertEquals("Loss over the epochs", chart.getTitle());
      assertTrue(chart.getStyler().getXAxisMin() > 0, epochs + " epochs");
      assertTrue(chart.getStyler().getXAxisMin() < 1, epochs + " epochs");
      Plots.image(chart);
    }
    Path file = Files.writeString(folder.resolve("b.csv"), "epoch,loss,test_accuracy\n7,1.5,0.4\n");
    Plots.learningCurves(Map.of("resumed", EpochTable.read(file)));
  }

  @Test
  void shouldRefuseWhatCannotBeDrawn() {
    assertRefused(
        "loss of a must be finite, got NaN at index 1",
        () -> Plots.learningCurves("loss", Map.of("a", List.of(1.0, Double.NaN))));
    assertRefused(
        "loss of a must hold at least one value, got none",
        () -> Plots.learningCurves("loss", Map.of("a", List.<Double>of())));
    assertRefused(
        "curves must be a whole number of at least 1, got 0",
        () -> Plots.learningCurves("loss", Map.<String, List<Double>>of()));
    assertRefused(
        "logs must be a whole number of at least 1, got 0",
        () -> Plots.learningCurves(new HashMap<String, EpochTable>()));
  }

  @Test
  void shouldExplainFilesThatAreNotLogs() throws IOException {
    assertThrows(IOException.class, () -> EpochTable.read(folder.resolve("none.csv")));
    assertUnread("must hold at least one epoch", "epoch\n");
    assertUnread("with 2 numbers per line, got in line 3: 1 numbers", "x,y\n1,2\n3\n");
    assertUnread("got in line 2: For input string: \"a\"", "x,y\n1,a\n");
  }

  private void assertUnread(String message, String content) throws IOException {
    Path file = Files.writeString(folder.resolve("other.csv"), content);
    assertRefused(message, () -> EpochTable.read(file));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0, 1, -1, 1e-30, -1e-30, 1e30, 123456789.123, 1e-300, 1e300, 0.1, Float.MIN_VALUE})
  void shouldDrawConstantFigures(double value) {
    XYChart chart = Plots.learningCurves("figure", Map.of("one", List.of(value, value, value)));
    assertTrue(chart.getStyler().getYAxisMin() < value);
    assertTrue(chart.getStyler().getYAxisMax() > value);
    Plots.image(chart);
    Plots.image(Plots.learningCurves("figure", Map.of("one", List.of(value))));
    Plots.image(Plots.learningCurves("figure", Map.of("one", List.of(value, Math.nextUp(value)))));
    Plots.image(Plots.learningCurves("figure", Map.of("one", List.of(value, value * 1.01))));
    Plots.image(Plots.learningCurves("figure", Map.of("one", List.of(value, -value, 3))));
  }

  @Test
  void shouldLeaveAShareFree() {
    assertEquals(new AxisRange(-1, 11), AxisRange.of(0.1, new double[] {0, 3}, new double[] {10}));
    assertEquals(new AxisRange(-1, 1), AxisRange.of(0.1, new double[] {0, 0}));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1e-4, 0.3, 1, 7, 1234, 5e8})
  void shouldLabelTicksDifferently(double span) {
    XYChart chart = Charts.overTime("", 200, "y", 3);
    new AxisRange(span, 2 * span).applyToY(chart.getStyler());
    Function<Double, String> labels = chart.getStyler().getyAxisTickLabelsFormattingFunction();
    Set<String> all = new HashSet<>();
    for (int tick = 0; tick <= 20; tick++) {
      all.add(labels.apply(span + tick * span / 20));
    }
    assertEquals(21, all.size());
    assertEquals("0", labels.apply(span / 1e6));
  }

  @Test
  void shouldPutTheFirstClassAtTheTop() {
    Evaluation evaluation = new Evaluation(3);
    evaluation.eval(0, 0);
    evaluation.eval(2, 0);
    evaluation.eval(0, 0);
    HeatMapChart chart = Plots.confusion(evaluation);
    assertEquals(List.of("0", "1", "2"), chart.getHeatMapSeries().getXData());
    assertEquals(List.of("2", "1", "0"), chart.getHeatMapSeries().getYData());
    int[][] samples = new int[3][3];
    for (Number[] cell : chart.getHeatMapSeries().getHeatData()) {
      samples[cell[0].intValue()][cell[1].intValue()] = cell[2].intValue();
    }
    // By predicted class, and by true class from below: of class 0 two were right.
    assertArrayEquals(new int[][] {{0, 0, 2}, {0, 0, 0}, {0, 0, 1}}, samples);
    Plots.image(chart);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 100})
  void shouldDrawAnyNumberOfClasses(int classes) {
    Evaluation evaluation = new Evaluation(classes);
    evaluation.eval(Nd4j.eye(classes), Nd4j.eye(classes));
    Plots.image(Plots.confusion(evaluation));
  }

  @Test
  void shouldRefuseAnEvaluationOfNothing() {
    assertRefused(
        "evaluation must hold at least one sample, got none",
        () -> Plots.confusion(new Evaluation(3)));
    assertRefused("evaluation must be given", () -> Plots.confusion(null));
  }

  private final INDArray features = Nd4j.rand(7L, new long[] {2, 2, 6, 6});

  private static MultiLayerNetwork network(int steps, double factor) {
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(3).updater(new Sgd(0.1)),
            InputType.convolutional(6, 6, 2),
            SpikeEncoding.direct(steps).name("encoding").build(),
            new SpikingConvolution2D.Builder(3, 3).nOut(3).threshold(0.5).name("conv").build(),
            new SpikingDense.Builder().nOut(4).threshold(0.5).name("dense").build(),
            Networks.softmax(12));
    network.params().muli(factor);
    return network;
  }

  /** Silent, ordinary, and firing at every step. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 1e6})
  void shouldDrawANetworkWhateverItFires(double factor) {
    for (int steps : new int[] {1, 2, 30}) {
      MultiLayerNetwork network = network(steps, factor);
      SpikeRecording seen =
          SpikeProbe.of(network).allLayers().membranes("conv").membranes("dense").record(features);
      for (String layer : List.of("conv", "dense")) {
        Plots.image(Plots.raster(layer, seen.raster(layer, 1, 50)));
        Plots.image(Plots.membrane(seen, layer, 1, 2));
        Plots.image(Plots.flow(layer, seen.flow(layer)));
        Plots.image(Plots.flow(layer, seen.flow(layer), 0.7));
      }
      Plots.rateMaps("conv", seen.rates("conv", 1));
      Plots.rateMaps("encoding", seen.rates("encoding", 0));
      Plots.kernels("conv", network.getLayer("conv").getParam("W"));
      Plots.image(Plots.output(OutputOverTime.of(network, features), 1));
    }
  }

  @Test
  void shouldMarkTheSpikesOfAMembrane() {
    SpikeRecording seen = SpikeProbe.of(network(30, 1)).membranes("conv").record(features);
    int neuron = 0;
    while (spikes(seen, "conv", neuron) < 2) {
      neuron++;
    }
    XYChart chart = Plots.membrane(seen, "conv", 0, neuron);
    assertEquals(30, chart.getSeriesMap().get("membrane potential").getXData().length);
    assertEquals(
        spikes(seen, "conv", neuron), chart.getSeriesMap().get("spikes").getXData().length);
    assertEquals(0.5, chart.getSeriesMap().get("threshold").getYData()[0]);
    assertTrue(chart.getTitle().startsWith("conv, neuron " + neuron + ": "), chart.getTitle());
    assertEquals("time step", chart.getXAxisTitle());
  }

  @Test
  void shouldDrawAThresholdAsItMoves() {
    SpikeRecording seen = SpikeProbe.of(adaptive()).membranes("adaptive").record(features);
    int neuron = 0;
    while (spikes(seen, "adaptive", neuron) < 2) {
      neuron++;
    }
    XYChart chart = Plots.membrane(seen, "adaptive", 0, neuron);
    assertEquals(
        Set.of("threshold", "membrane potential", "spikes"), chart.getSeriesMap().keySet());
    double[] drawn = chart.getSeriesMap().get("threshold").getYData();
    double[] thresholds = doubles(seen.threshold("adaptive", 0, neuron));
    assertArrayEquals(thresholds, Arrays.copyOfRange(drawn, 1, 31));
    assertEquals(0.5, thresholds[0]);
    double highest = DoubleStream.of(thresholds).max().orElseThrow();
    assertTrue(highest > 0.5);
    assertTrue(chart.getStyler().getYAxisMax() > highest);
    assertTrue(chart.getTitle().contains("threshold 0.500 to "), chart.getTitle());
    XYChart adaptation = Plots.stateVariable(seen, "adaptive", "adaptation", 0, neuron);
    assertArrayEquals(
        doubles(seen.variable("adaptive", "adaptation", 0, neuron)),
        adaptation.getSeriesMap().get("adaptation").getYData());
    assertRefused(
        "must be one of membrane, adaptation, got current",
        () -> Plots.stateVariable(seen, "adaptive", "current", 0, 0));
  }

  @Test
  void shouldDrawAReadOutWithoutThresholdAndSpikes() {
    SpikeRecording seen = SpikeProbe.of(adaptive()).membranes("read-out").record(features);
    XYChart chart = Plots.membrane(seen, "read-out", 1, 2);
    assertEquals(Set.of("membrane potential"), chart.getSeriesMap().keySet());
    assertEquals("read-out, neuron 2, which never fires", chart.getTitle());
    assertArrayEquals(
        doubles(seen.membrane("read-out", 1, 2)),
        chart.getSeriesMap().get("membrane potential").getYData());
    List<XYChart> currents =
        Plots.stateVariable(seen, "read-out", "synaptic current", 1, List.of(0, 1, 2));
    assertEquals(
        1, currents.stream().map(c -> c.getStyler().getYAxisMax()).distinct().count(), "one range");
    assertEquals(Set.of("synaptic current"), currents.get(2).getSeriesMap().keySet());
  }

  private static MultiLayerNetwork adaptive() {
    SpikingNeuron leaky =
        SpikingNeuron.leakyIntegrateAndFire(0.5, 0.9).withReset(Reset.bySubtraction());
    return Networks.of(
        Networks.seeded(3),
        InputType.convolutional(6, 6, 2),
        SpikeEncoding.direct(30).name("encoding").build(),
        new SpikingDense.Builder()
            .nOut(6)
            .neuron(new AdaptiveNeuron(leaky, 0.3, 0.8))
            .name("adaptive")
            .build(),
        new LeakyReadOut.Builder().nOut(3).leak(0.9).synapticDecay(0.5).name("read-out").build(),
        new LossLayer.Builder().activation(Activation.SOFTMAX).build());
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  @Test
  void shouldDrawMembranesOverOneRange() {
    SpikeRecording seen = SpikeProbe.of(network(30, 1)).membranes("conv").record(features);
    List<XYChart> charts = Plots.membrane(seen, "conv", 0, List.of(0, 20, 40));
    Set<Double> ends = new HashSet<>();
    charts.forEach(chart -> ends.add(chart.getStyler().getYAxisMax()));
    assertEquals(1, ends.size());
    charts.forEach(chart -> ends.add(chart.getStyler().getYAxisMin()));
    assertEquals(2, ends.size());
    double own = Plots.membrane(seen, "conv", 0, 20).getStyler().getYAxisMax();
    assertTrue(charts.get(0).getStyler().getYAxisMax() >= own);
    assertEquals(List.of(), Plots.membrane(seen, "conv", 0, List.of()));
  }

  /** However many they are, and whatever the number of steps. */
  @ParameterizedTest
  @ValueSource(ints = {1, 20, 300})
  void shouldKeepDotsApartAndOffTheFrame(int steps) {
    SpikeRaster raster =
        SpikeProbe.of(network(steps, 1e6)).layer("conv").record(features).raster("conv", 1, 200);
    XYChart chart = Plots.raster("conv", raster);
    BufferedImage image = Plots.image(chart);
    int left = (int) (Charts.SCALE * chart.getYAxisLeftWidth());
    int middle = (int) (Charts.SCALE * chart.getScreenXFromChart((steps + 1) / 2));
    int dots = 0;
    for (int y = 1; y < image.getHeight(); y++) {
      if (isDark(image, middle, y) && !isDark(image, middle, y - 1)) {
        dots++;
      }
    }
    // Also the label and the name of the axis below, and letters of the title.
    assertTrue(dots >= raster.rows(), dots + " of " + raster.rows() + " rows");
    int top = (int) (Charts.SCALE * chart.getScreenYFromChart(chart.getStyler().getYAxisMax()));
    assertFalse(isDark(image, middle, top + 2));
    assertFalse(isDark(image, middle, top + 3));
    for (int y = top + 2; y < top + 200; y++) {
      assertFalse(isDark(image, left + 3, y), "touches the frame at y = " + y);
    }
  }

  private static boolean isDark(BufferedImage image, int x, int y) {
    return (image.getRGB(x, y) & 0xFF) < 170;
  }

  private static int spikes(SpikeRecording seen, String layer, int neuron) {
    int count = 0;
    for (boolean fired : seen.fired(layer, 0, neuron)) {
      count += fired ? 1 : 0;
    }
    return count;
  }

  @Test
  void shouldDrawTheLineOfASlope() {
    AccumulatedFlow flow =
        new AccumulatedFlow(
            Nd4j.createFromArray(-4f, 0f, 5f, 10f), Nd4j.createFromArray(0f, 0f, 4f, 9f), 12);
    double[] x = Plots.flow("dense", flow, 0.5).getSeriesMap().get("out = 0.500 · in").getXData();
    double[] y = Plots.flow("dense", flow, 0.5).getSeriesMap().get("out = 0.500 · in").getYData();
    assertEquals(0, y[0]);
    assertEquals(0, x[1]);
    assertEquals(0.5 * x[2], y[2], 1e-12);
    double[] steep = Plots.flow("dense", flow, 9).getSeriesMap().get("out = 9.00 · in").getYData();
    assertTrue(steep[2] < 10, "ends at the upper edge");
    XYSeries neurons = Plots.flow("dense", flow, 0.5).getSeriesMap().get("neurons");
    assertArrayEquals(new double[] {-4, 0, 5, 10}, neurons.getXData());
    assertArrayEquals(new double[] {0, 0, 4, 9}, neurons.getYData());
  }

  @Test
  void shouldMarkTheSpikesOfARaster() {
    SpikeRaster raster =
        SpikeProbe.of(network(30, 1)).layer("conv").record(features).raster("conv", 1, 50);
    XYSeries spikes = Plots.raster("conv", raster).getSeriesMap().get("spikes");
    int next = 0;
    for (int row = 0; row < raster.rows(); row++) {
      for (int step = 0; step < raster.steps(); step++) {
        if (raster.fired(row, step)) {
          assertEquals(step + 1, spikes.getXData()[next]);
          assertEquals(row + 0.5, spikes.getYData()[next++]);
        }
      }
    }
    assertTrue(next > 0, "a silent layer shows nothing");
    assertEquals(next, spikes.getXData().length);
  }

  @Test
  void shouldDrawSomeOfManyNeurons() {
    AccumulatedFlow flow = new AccumulatedFlow(Nd4j.rand(3, 5000), Nd4j.rand(3, 5000), 12);
    XYChart chart = Plots.flow("conv", flow);
    assertEquals(4000, chart.getSeriesMap().get("neurons").getXData().length);
    assertEquals("conv, 4,000 of 15,000 neurons", chart.getTitle());
  }

  @Test
  void shouldDrawSomeOfManyChannels() {
    BufferedImage all = Plots.rateMaps("conv", Nd4j.rand(64, 4, 4));
    assertEquals(all.getHeight(), Plots.rateMaps("conv", Nd4j.rand(300, 4, 4)).getHeight());
    BufferedImage kernels = Plots.kernels("conv", Nd4j.rand(12, 8, 3, 3));
    assertEquals(kernels.getHeight(), Plots.kernels("conv", Nd4j.rand(50, 20, 3, 3)).getHeight());
    Plots.kernels("conv", Nd4j.zeros(1, 1, 1, 1));
    Plots.rateMaps("conv", Nd4j.zeros(1, 1, 1));
  }

  @Test
  void shouldPaintWhatIsLargestDarkest() {
    INDArray rates = Nd4j.zeros(1, 2, 2);
    rates.putScalar(0, 1, 1, 0.5);
    BufferedImage image = Plots.rateMaps("conv", rates);
    int darkest = 0;
    for (int y = 0; y < 200; y++) {
      for (int x = 0; x < 200; x++) {
        darkest += (image.getRGB(x, y) & 0xFFFFFF) == 0x08244D ? 1 : 0;
      }
    }
    assertEquals(44 * 44, darkest, 44, "one pixel of the map, and perhaps the end of the bar");
  }

  @Test
  void shouldGiveEachOfTenClassesItsOwnColour() {
    XYChart chart = Plots.output(OutputOverTime.of(network(3, 1), features), 0);
    assertEquals(10, chart.getSeriesMap().size());
    Plots.image(chart); // which is when series get their colours
    assertEquals(
        10, chart.getSeriesMap().values().stream().map(XYSeries::getLineColor).distinct().count());
  }

  @Test
  void shouldRefuseNetworksThatCannotBeDrawn() {
    INDArray nan = Nd4j.createFromArray(1f, Float.NaN);
    INDArray fine = Nd4j.createFromArray(1f, 2f);
    assertRefused(
        "accumulated input must be finite, got NaN at index 1. Possible cause: the training",
        () -> Plots.flow("dense", new AccumulatedFlow(nan, fine, 3)));
    assertRefused(
        "slope must be finite",
        () -> Plots.flow("dense", new AccumulatedFlow(fine, fine, 3), Double.NaN));
    assertRefused("rate must be finite", () -> Plots.rateMaps("conv", nan.reshape(2, 1, 1)));
    assertRefused("weight must be finite", () -> Plots.kernels("conv", nan.reshape(2, 1, 1, 1)));
    assertRefused(
        "the axes [channels, height, width], got [2]", () -> Plots.rateMaps("dense", fine));
    assertRefused("Possible cause: the layer is fully", () -> Plots.kernels("dense", fine));
    OutputOverTime outputs = OutputOverTime.of(network(3, 1), features);
    assertRefused("sample must be from 0 to 1, got 2", () -> Plots.output(outputs, 2));
  }
}
