package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.balance.FiringRateBalance;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.monitor.SpikeRecording;
import org.dl4jsnn.monitor.health.HealthRows;
import org.dl4jsnn.monitor.health.ui.SpikingRouter;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

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
    SpikeRecording seen = Watching.record(network, DIGITS.getFeatures());
    assertEquals(5, Watching.look(seen).size());
    assertFalse(Watching.raster(seen).getSeriesMap().isEmpty());
    assertFalse(Watching.membrane(seen).getSeriesMap().isEmpty());
    assertFalse(Watching.flow(network, seen).getSeriesMap().isEmpty());
    assertFalse(Watching.output(network, DIGITS.getFeatures()).getSeriesMap().isEmpty());
    assertTrue(Watching.rates(seen).getWidth() > 0);
    assertTrue(Watching.kernels(network).getWidth() > 0);
    Evaluation evaluation = network.evaluate(new ExistingDataSetIterator(List.of(DIGITS)));
    assertFalse(Watching.confusion(evaluation).getSeriesMap().isEmpty());
  }

  @Test
  void shouldWatchATraining(@TempDir Path folder) throws IOException {
    MultiLayerNetwork network = small();
    InMemoryStatsStorage storage = new InMemoryStatsStorage();
    SpikingRouter reports =
        Watching.health(network, storage, folder, new ExistingDataSetIterator(List.of(DIGITS)), 2);
    assertEquals(2, HealthRows.read(folder.resolve("health.csv")).size());
    assertTrue(Files.exists(folder.resolve("health.html")));
    Watching.live(network, reports, DIGITS.getFeatures().getRows(0));
    assertEquals(2, network.getListeners().size());
    network.fit(DIGITS);
    assertEquals(1, storage.listSessionIDs().size());
  }

  @Test
  void shouldMeasureAndBalance() {
    MultiLayerNetwork network = small();
    Watching.watch(network);
    // A pooling has no weights.
    List<String> balanced =
        Watching.balance(network, DIGITS).stream().map(FiringRateBalance.LayerRow::layer).toList();
    assertEquals(List.of("conv1", "dense"), balanced);
    double mean = Watching.measure(network, DIGITS.getFeatures()).get(0).mean();
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
    RecordingFiles.write(events, file);
    int[][] brighter = {{0, 0, 0, 1}, {0, 0, 0, 0}, {0, 1, 0, 0}};
    assertArrayEquals(brighter, RecordingFiles.brighter(file));
    assertEquals(List.of("3 ON events"), RecordingFiles.inPieces(file));
  }

  @Test
  void shouldConfigureLayersOfEveryKind() {
    assertEquals(4, Streams.encodings().size());
    assertShape(LayerChoices.columns(3, 70, 5), Nd4j.rand(new int[] {2, 1, 3, 1, 70}), 5);
    assertShape(LayerChoices.dropout(6, 5), Nd4j.rand(2, 6), 5);
    assertShape(Streams.mean(6), Nd4j.rand(new int[] {2, 6, 4}), 10);
    assertShape(Streams.masked(6), Nd4j.rand(new int[] {2, 6, 4}), 10);
    assertNotNull(LayerChoices.normalised().getNormalization());
    assertNotNull(LayerChoices.regularised().getFiringRateRegularization());
  }

  private static void assertShape(
      MultiLayerConfiguration configuration, INDArray features, long classes) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    assertArrayEquals(new long[] {2, classes}, network.output(features).shape());
  }

  @Test
  void shouldSetTheRule() {
    MultiLayerConfiguration configuration = LayerChoices.dropout(6, 5);
    assertEquals(3, LayerChoices.apply(configuration).size());
    SpikingDense dense = (SpikingDense) configuration.getConf(1).getLayer();
    assertEquals(new AsfBackprop().withSaturationGate(), dense.getBackprop());
  }

  @Test
  void shouldRoundWeights() {
    MultiLayerNetwork network = small();
    MultiLayerNetwork rounded = Deployment.round(network);
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
    assertArrayEquals(
        new float[] {1, 1, 0}, NirNetworks.run(file, new float[] {1.75f, 0.5f, 0.5f}));
  }
}
