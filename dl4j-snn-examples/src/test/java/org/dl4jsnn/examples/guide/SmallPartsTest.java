package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.balance.FiringRateBalance;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.data.CochleaDataSetIterator;
import org.dl4jsnn.data.EventDataSetIterator;
import org.dl4jsnn.data.PrefetchingIterator;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventReader;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.EventWriter;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.augment.EventAugmentation;
import org.dl4jsnn.event.camera.GreyImage;
import org.dl4jsnn.event.camera.SimulatedCamera;
import org.dl4jsnn.event.cochlea.CochleaBins;
import org.dl4jsnn.event.cochlea.CochleaFile;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.data.SampleCache;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.event.stream.EventSlice;
import org.dl4jsnn.event.stream.EventStream;
import org.dl4jsnn.event.stream.SliceOptions;
import org.dl4jsnn.event.stream.SlicedStream;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.monitor.SpikeRecording;
import org.dl4jsnn.monitor.StreamedOutput;
import org.dl4jsnn.monitor.health.HealthRows;
import org.dl4jsnn.monitor.health.HealthSink;
import org.dl4jsnn.monitor.health.SpikeHealthListener;
import org.dl4jsnn.monitor.health.ui.SpikingRouter;
import org.dl4jsnn.monitor.live.LiveSpikesListener;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirSimulation;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.network.NirExport;
import org.dl4jsnn.nir.network.NirImport;
import org.dl4jsnn.nir.network.NirRestore;
import org.dl4jsnn.plot.EpochTable;
import org.dl4jsnn.plot.Plots;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The small parts of code that pages show do what the pages say. */
class SmallPartsTest {

  private static final DataSet DIGITS =
      new DataSet(
          Nd4j.linspace(0, 1, 4 * 784, DataType.FLOAT).reshape(4, 784),
          Nd4j.eye(10).getRows(0, 3, 5, 9));

  private static MultiLayerNetwork small() {
    return SpikingNetworks.lenet5().layers("4C5-AP4-20").steps(4).init();
  }

  @Test
  void shouldDrawWhatANetworkDoes() {
    MultiLayerNetwork network = small();
    INDArray features = DIGITS.getFeatures();
    // begin probe
    SpikeRecording seen =
        SpikeProbe.of(network).layer("conv1").membranes("dense", 3, 17).record(features);
    // end probe
    // begin recording
    SpikeTrain spikes = seen.train("conv1");
    INDArray rates = seen.rates("conv1", 0); // of sample 0, [channels, height, width]
    INDArray in = seen.accumulatedInput("conv1"); // Σ c[t], [minibatch, channels, height, width]
    INDArray out = seen.accumulatedOutput("conv1"); // Σ s[t]
    float[] potentials = seen.membrane("dense", 0, 17); // T of them, neuron 17 in sample 0
    // end recording
    assertEquals(5, List.of(spikes, rates, in, out, potentials).size());
    // begin raster
    XYChart raster = Plots.raster("conv1", seen.raster("conv1", 0, 80));
    // end raster
    assertFalse(raster.getSeriesMap().isEmpty());
    // begin membrane
    XYChart membrane = Plots.membrane(seen, "dense", 0, 17);
    // end membrane
    assertFalse(membrane.getSeriesMap().isEmpty());
    // begin flow
    double k = network.getLayer("conv1").getParam(AsfBackprop.SLOPE).getDouble(0);
    XYChart flow = Plots.flow("conv1", seen.flow("conv1"), k);
    // end flow
    assertFalse(flow.getSeriesMap().isEmpty());
    // begin output
    XYChart output = Plots.output(OutputOverTime.of(network, features), 0);
    // end output
    assertFalse(output.getSeriesMap().isEmpty());
    // begin rates
    BufferedImage maps = Plots.rateMaps("conv1", seen.rates("conv1", 0));
    // end rates
    assertTrue(maps.getWidth() > 0);
    // begin kernels
    BufferedImage kernels = Plots.kernels("conv1", network.getLayer("conv1").getParam("W"));
    // end kernels
    assertTrue(kernels.getWidth() > 0);
    Evaluation evaluation = network.evaluate(new ExistingDataSetIterator(List.of(DIGITS)));
    // begin confusion
    HeatMapChart confusion = Plots.confusion(evaluation); // Deeplearning4j's Evaluation
    // end confusion
    assertFalse(confusion.getSeriesMap().isEmpty());
  }

  @Test
  void shouldWatchATraining(@TempDir Path folder) throws IOException {
    MultiLayerNetwork network = small();
    InMemoryStatsStorage statsStorage = new InMemoryStatsStorage();
    DataSetIterator train = new ExistingDataSetIterator(List.of(DIGITS));
    int epochs = 2;
    // begin health
    SpikingRouter reports = new SpikingRouter(statsStorage); // the page /spiking of the UI
    network.setListeners(
        new SpikeHealthListener.Builder()
            .reportTo(HealthSink.log()) // a table in the log; the default
            .reportTo(HealthSink.csv(folder.resolve("health.csv"))) // a row per layer and epoch
            .reportTo(HealthSink.html(folder.resolve("health.html"))) // charts, in one file
            .reportTo(reports)
            .build());
    network.fit(train, epochs);
    // end health
    assertEquals(2, HealthRows.read(folder.resolve("health.csv")).size());
    assertTrue(Files.exists(folder.resolve("health.html")));
    INDArray digit = DIGITS.getFeatures().getRows(0);
    // begin live
    network.addListeners(
        new LiveSpikesListener.Builder(reports::show) // in the session of its reports
            .interval(20) // minibatches from one look to the next
            .sample(digit) // by default the first one of the first minibatch
            .ofClass(7)
            .build());
    // end live
    assertEquals(2, network.getListeners().size());
    network.fit(DIGITS);
    assertEquals(1, statsStorage.listSessionIDs().size());
  }

  @Test
  void shouldMeasureAndBalance() {
    MultiLayerNetwork network = small();
    DataSet minibatch = DIGITS;
    INDArray features = minibatch.getFeatures();
    // begin balance
    network.init();
    List<FiringRateBalance.LayerRow> done =
        new FiringRateBalance(0.1).weights(network, minibatch.getFeatures());
    // end balance
    // begin watch
    network.setListeners(new SpikeHealthListener()); // a table per epoch in the log, and warnings
    // end watch
    // A pooling has no weights.
    List<String> balanced = done.stream().map(FiringRateBalance.LayerRow::layer).toList();
    assertEquals(List.of("conv1", "dense"), balanced);
    // begin measure
    List<FiringRates> rates = FiringRates.measure(network, features);
    // FiringRates[layer=layer1, mean=0.031, silent=0.12, saturated=0.0], ...
    // end measure
    double mean = rates.get(0).mean();
    assertEquals(0.1, mean, 0.05);
  }

  @Test
  void shouldReadWhatItWrites(@TempDir Path folder) throws IOException {
    EventTable events = new EventTable("made", new SensorSize(4, 3));
    events.add(1, 2, 1_000_000, true);
    events.add(1, 2, 1_000_010, false);
    events.add(3, 0, 1_000_020, true);
    events.add(3, 0, 2_000_000, true);
    Path file = folder.resolve("cup.aedat4");
    // begin write
    try (EventWriter writer = EventWriter.aedat4Lz4(file, events.sensor())) {
      writer.write(events); // or event by event: writer.accept(x, y, t, on)
      writer.finish();
    }
    // end write
    int[][] brighter = {{0, 0, 0, 1}, {0, 0, 0, 0}, {0, 1, 0, 0}};
    assertArrayEquals(brighter, brighter(file));
    List<String> remarks = new ArrayList<>();
    int onEvents = 0;
    // begin pieces
    try (EventReader reader = EventFiles.open(file, ReadOptions.defaults())) {
      for (EventTable piece = reader.next(100_000);
          piece.size() > 0;
          piece = reader.next(100_000)) {
        onEvents += piece.onEvents();
      }
      remarks.addAll(reader.warnings()); // what was tolerated, as the options allow
      remarks.addAll(reader.notes()); // what was left out
    }
    // end pieces
    remarks.add(onEvents + " ON events");
    assertEquals(List.of("3 ON events"), remarks);
  }

  @Test
  void shouldConfigureLayersOfEveryKind() {
    assertEquals(4, StreamsTest.encodings().size());
    assertShape(GuideTest.columns(3, 70, 5), Nd4j.rand(new int[] {2, 1, 3, 1, 70}), 5);
    assertShape(GuideTest.dropout(6, 5), Nd4j.rand(2, 6), 5);
    assertShape(StreamsTest.mean(6), Nd4j.rand(new int[] {2, 6, 4}), 10);
    assertShape(StreamsTest.masked(6), Nd4j.rand(new int[] {2, 6, 4}), 10);
    assertNotNull(GuideTest.normalised().getNormalization());
    assertNotNull(GuideTest.regularised().getFiringRateRegularization());
  }

  private static void assertShape(
      MultiLayerConfiguration configuration, INDArray features, long classes) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    assertArrayEquals(new long[] {2, classes}, network.output(features).shape());
  }

  @Test
  void shouldSetTheRule() {
    MultiLayerConfiguration configuration = GuideTest.dropout(6, 5);
    assertEquals(3, GuideTest.apply(configuration).size());
    SpikingDense dense = (SpikingDense) configuration.getConf(1).getLayer();
    assertEquals(new AsfBackprop().withSaturationGate(), dense.getBackprop());
  }

  @Test
  void shouldRoundWeights() {
    MultiLayerNetwork network = small();
    MultiLayerNetwork rounded = DeploymentTest.round(network);
    assertArrayEquals(
        network.output(DIGITS.getFeatures()).shape(), rounded.output(DIGITS.getFeatures()).shape());
  }

  @Test
  void shouldKeepWhatIsAboveTheThreshold(@TempDir Path folder) throws IOException {
    int[] one = {1};
    NirTensor threshold = NirTensor.full(one, 1);
    NirGraph graph =
        new NirGraph(
            Map.of(
                "in", new NirPlumbing.Input(1),
                "if", new NirNeurons.IF(threshold, threshold, NirTensor.full(one, 0)),
                "out", new NirPlumbing.Output(1)),
            List.of(new NirGraph.Edge("in", "if"), new NirGraph.Edge("if", "out")));
    Path file = folder.resolve("net.nir");
    NirFiles.write(graph, file);
    float[] input = {1.75f, 0.5f, 0.5f};
    assertArrayEquals(new float[] {1, 1, 0}, run(file, input));
  }

  static BufferedImage keep(XYChart chart, List<XYChart> charts, Path file) throws IOException {
    // begin keep
    BufferedImage image = Plots.image(chart); // which a notebook shows
    BufferedImage several = Plots.grid(charts, 1); // in one image, here one below the other
    Plots.save(several, file); // a PNG file; a chart goes the same way
    Plots.show(chart); // a window; refused where there is no screen
    // end keep
    return image;
  }

  static List<Object> learning(Path log) throws IOException {
    // begin learning
    BufferedImage logged = Plots.learningCurves(Map.of("mine", EpochTable.read(log)));
    XYChart own =
        Plots.learningCurves("test accuracy, %", Map.of("with dropout", List.of(91.2, 94.0, 95.1)));
    // end learning
    return List.of(logged, own);
  }

  /** A network from a graph, for inference. */
  static MultiLayerNetwork imported(Path file) throws IOException {
    // begin import
    return NirImport.by(NirDialect.snnTorch().withTimeStep(1e-3))
        .multiLayerNetwork(NirFiles.read(file));
    // end import
  }

  /** A network from a graph, for further training. */
  static MultiLayerNetwork trainable(Path file) throws IOException {
    // begin train
    return NirImport.by(NirDialect.snnTorch().withTimeStep(1e-3))
        .settings(new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(1e-3)))
        .backprop(new SpatioTemporalBackprop()) // or RateBackprop, AsfBackprop
        .readOut(
            new OutputLayer.Builder(new LossMCXENT())
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build())
        .multiLayerNetwork(NirFiles.read(file));
    // end train
  }

  /** Writes a network and restores it from the file. */
  static MultiLayerNetwork thereAndBack(MultiLayerNetwork network, Path file) throws IOException {
    // begin export
    NirFiles.write(NirExport.ofTimeStep(1e-3).export(network), file); // a step is 1 ms
    return NirRestore.defaults().multiLayerNetwork(NirFiles.read(file));
    // end export
  }

  static float[] run(Path file, float[] input) throws IOException {
    // begin run
    NirGraph graph = NirFiles.read(file);
    NirDialect dialect = NirDialect.norse().withTimeStep(1e-4).withResetBySubtraction();
    NirSimulation simulation = NirSimulation.of(graph, dialect);
    float[] spikes = simulation.run(input); // a whole window, or piece by piece
    // end run
    return spikes;
  }

  static int[][] brighter(Path file) throws IOException {
    // begin read
    EventTable events = EventFiles.read(file); // such as cup.aedat
    int[][] brighter = new int[events.sensor().height()][events.sensor().width()];
    for (int i = 0; i < events.size(); i++) {
      if (events.on(i) && events.t(i) - events.t(0) < 100_000) { // µs
        brighter[events.y(i)][events.x(i)]++;
      }
    }
    // end read
    return brighter;
  }

  static EventTable simulate(byte[] planes, Path file) throws IOException {
    // begin camera
    SimulatedCamera camera = SimulatedCamera.cifar10Dvs(1);
    GreyImage image = GreyImage.ofColourPlanes(32, 32, planes).enlarged(512, 512);
    EventTable events = camera.record(image, 7);
    try (EventWriter writer = EventWriter.aedat2(file, camera.settings().sensor())) {
      camera.record(image, 7, writer); // step by step, in memory that does not grow
      writer.finish(); // until then there is no file
    }
    // end camera
    return events;
  }

  static Evaluation images(MultiLayerNetwork network, int epochs) throws IOException {
    // begin images
    EventDataSet data = EventDataSet.cifar10Dvs(Path.of("cifar10-dvs")).holdingOut(0.1, 1);
    FrameOptions options = FrameOptions.cifar10Dvs(20); // [2, 20, 42, 42]
    SampleCache cache = SampleCache.in(Path.of("cache"));
    EventDataSetIterator train =
        EventDataSetIterator.builder(data, data.train(), options)
            .batch(32)
            .seed(1)
            .shuffled()
            .cache(cache)
            .augmentation(
                EventAugmentation.chain(
                    EventAugmentation.flipLeftRight(0.5), EventAugmentation.shift(5)))
            .build();
    EventDataSetIterator heldOut =
        EventDataSetIterator.builder(data, data.heldOut(), options).cache(cache).build();
    try (PrefetchingIterator ahead = train.prefetching(2)) {
      network.fit(ahead, epochs); // a network that begins with SpikeEncoding.frames()
    }
    Evaluation evaluation = network.evaluate(heldOut);
    // end images
    return evaluation;
  }

  static void words(MultiLayerNetwork network, int epochs) throws IOException {
    // begin words
    try (CochleaFile file = CochleaFile.open(Path.of("shd_train.h5"))) {
      CochleaBins bins = new CochleaBins(10, 20_000, 50); // 70 channels, 50 steps of 20 ms
      DataSetIterator train =
          CochleaDataSetIterator.builder(file, file.samplesOf(speaker -> speaker != 4), bins)
              .batch(32)
              .seed(1)
              .shuffled()
              .shift(30)
              .build(); // [minibatch, 70, 50], one-hot labels
      // The network begins with SpikeEncoding.frames(), over InputType.recurrent(70, 50).
      network.fit(train, epochs);
    }
    // end words
  }

  static List<Integer> answers(MultiLayerNetwork network, EventStream camera)
      throws IOException, InterruptedException {
    List<Integer> answers = new ArrayList<>();
    // begin slices
    FrameOptions options = FrameOptions.of(Slicing.intoEqualParts(1)); // a slice is one time step
    Function<EventSlice, INDArray> frame =
        slice -> {
          EventFrames frames = EventFrames.of(slice.events(), slice.window(), options);
          FrameShape shape = frames.shape();
          return Nd4j.createFromArray(frames.values())
              .reshape(1, shape.channels(), 1, shape.height(), shape.width());
        };
    int window = 30; // T of the training
    StreamedOutput rehearsal = new StreamedOutput(network.clone()); // has a state of its own
    SliceOptions warm =
        SliceOptions.defaults().warmingUp(slice -> rehearsal.feed(frame.apply(slice)));
    StreamState.clear(network);
    StreamedOutput output = new StreamedOutput(network);
    try (SlicedStream slices = SlicedStream.start(camera, 10_000, warm)) { // µs
      for (Optional<EventSlice> next = slices.next(); next.isPresent(); next = slices.next()) {
        if (output.steps() == window) { // or the answer averages over all that was ever seen
          StreamState.clear(network);
          output = new StreamedOutput(network);
        }
        EventSlice slice = next.get();
        answers.add(output.feed(frame.apply(slice)).classes(1)[0]);
        slices.answered(slice); // for slices.figures()
      }
    }
    // end slices
    return answers;
  }
}
