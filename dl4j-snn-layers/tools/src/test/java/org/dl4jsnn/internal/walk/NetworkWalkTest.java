package org.dl4jsnn.internal.walk;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.internal.walk.Twins.bits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.Networks;
import org.dl4jsnn.balance.FiringRateBalance;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.monitor.SpikeRecording;
import org.dl4jsnn.monitor.SynapticOperations;
import org.dl4jsnn.plot.Plots;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkWalkTest {

  private final INDArray features = Twins.features();

  private static SpikingDense dense() {
    return new SpikingDense.Builder().nOut(8).threshold(0.5).build();
  }

  private static GraphBuilder images() {
    return Twins.settings(3)
        .graphBuilder()
        .addInputs("in")
        .setInputTypes(Twins.IMAGES)
        .addLayer("encoding", SpikeEncoding.poisson(Twins.STEPS).build(), "in");
  }

  /** Two inputs, each with its own encoding. */
  private static ComputationGraph twoInputs() {
    return Networks.of(
        Twins.settings(3)
            .graphBuilder()
            .addInputs("left", "right")
            .setInputTypes(InputType.feedForward(10), InputType.feedForward(6))
            .addLayer("encodeLeft", SpikeEncoding.poisson(Twins.STEPS).build(), "left")
            .addLayer("encodeRight", SpikeEncoding.direct(Twins.STEPS).build(), "right")
            .addLayer("denseLeft", dense(), "encodeLeft")
            .addLayer("denseRight", dense(), "encodeRight")
            .addVertex("both", new SpikingConcatenate(), "denseLeft", "denseRight")
            .addLayer("top", dense(), "both")
            .addLayer("out", Twins.readOut(), "top")
            .setOutputs("out"));
  }

  @Test
  void shouldVisitAPartAfterAllThatItReads() {
    NetworkWalk walk = NetworkWalk.of(twoInputs());
    List<Integer> visited = new ArrayList<>();
    walk.run(
        new INDArray[] {Nd4j.rand(2, 10), Nd4j.rand(2, 6)},
        false,
        passage -> {
          NetworkPart part = passage.part();
          part.inputs().forEach(below -> assertTrue(below < 0 || visited.contains(below)));
          assertEquals(visited.size(), part.place());
          assertEquals(part.name().startsWith("encode"), passage.arriving().isEmpty());
          assertTrue(passage.train().isPresent(), part::toString);
          visited.add(part.place());
        });
    assertEquals(6, visited.size());
    assertEquals("out", walk.readOut().name());
  }

  @Test
  void shouldTakeAMinibatchForEveryInput() {
    ComputationGraph graph = twoInputs();
    INDArray left = Nd4j.rand(2, 10);
    INDArray right = Nd4j.rand(2, 6);
    List<String> names =
        FiringRates.measure(graph, left, right).stream().map(FiringRates::layer).toList();
    assertEquals(3, names.size());
    assertTrue(names.containsAll(List.of("denseLeft", "denseRight", "top")));
    assertEquals(
        16, SpikeProbe.of(graph).layer("both").record(left, right).rates("both", 0).length());
    assertEquals(
        bits(graph.outputSingle(left, right)),
        bits(OutputOverTime.of(graph, left, right).after(Twins.STEPS)));
    assertEquals(
        bits(TimeSteps.change(graph, 4).outputSingle(left, right)),
        bits(OutputOverTime.of(graph, left, right).after(4)));
    assertEquals(3, SynapticOperations.count(graph, left, right).size());
    assertEquals(
        3, new FiringRateBalance(0.2).withTolerance(0.5).weights(graph, left, right).size());
    assertRefused(
        "features must be one array per input of the network, left, right, got 1 arrays",
        () -> FiringRates.measure(graph, left));
    assertRefused("features must be given", () -> FiringRates.measure(graph, left, null));
  }

  @Test
  void shouldGiveAGraphItsOwnInputsBack() {
    ComputationGraph graph = Twins.graph(SpikeEncoding.poisson(Twins.STEPS));
    graph.setInputs(features);
    RecordedTrains.of(graph, Twins.features());
    assertSame(features, graph.getInput(0));
    graph.clear();
    RecordedTrains.of(graph, features);
    assertNull(graph.getInputs());
  }

  @Test
  void shouldReleaseAllTrainsHoweverItEnds() throws InterruptedException {
    NetworkVisitor curious = passage -> {};
    NetworkVisitor bored =
        passage -> {
          throw new IllegalStateException("seen enough");
        };
    for (NeuralNetwork network :
        List.of(
            Twins.sequence(SpikeEncoding.poisson(Twins.STEPS)),
            Twins.graph(SpikeEncoding.poisson(Twins.STEPS)))) {
      List<Optional<String>> left = new ArrayList<>();
      // Trains belong to a thread; other tests may have left some on this one.
      Thread thread =
          new Thread(
              () -> {
                NetworkWalk walk = NetworkWalk.of(network);
                walk.run(new INDArray[] {features}, false, curious);
                left.add(AttachedSpikeTrains.lastProducer());
                assertThrows(
                    IllegalStateException.class,
                    () -> walk.run(new INDArray[] {features}, false, bored));
                left.add(AttachedSpikeTrains.lastProducer());
              });
      thread.start();
      thread.join();
      assertEquals(List.of(Optional.empty(), Optional.empty()), left);
    }
  }

  @Test
  void shouldRefuseOtherAndUninitialisedNetworks() {
    NeuralNetwork other =
        (NeuralNetwork)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {NeuralNetwork.class},
                (proxy, method, arguments) -> null);
    assertRefused(
        "network must be a MultiLayerNetwork or a ComputationGraph, got ",
        () -> FiringRates.measure(other, features));
    assertRefused("network must be given", () -> RecordedTrains.of(null, features));
    ComputationGraph graph =
        new ComputationGraph(Twins.graph(SpikeEncoding.direct(2)).getConfiguration());
    assertRefused("network must be initialised", () -> SpikeProbe.of(graph));
    assertRefused(
        "network must be initialised",
        () ->
            SpikeProbe.of(
                new MultiLayerNetwork(
                    Twins.sequence(SpikeEncoding.direct(2)).getLayerWiseConfigurations())));
  }

  @Test
  void shouldRefuseToChooseAmongSeveralOutputs() {
    ComputationGraph graph =
        Networks.of(
            images()
                .addLayer("dense", dense(), "encoding")
                .addLayer("a", Twins.readOut(), "dense")
                .addLayer("b", Twins.readOut(), "dense")
                .setOutputs("a", "b"));
    assertRefused(
        "the graph must have one output, got 2: a, b", () -> OutputOverTime.of(graph, features));
    assertEquals(1, FiringRates.measure(graph, features).size());
    assertEquals(2, RecordedTrains.of(graph, features).all().size());
  }

  @Test
  void shouldRefuseOutputsOverTimeOfWhatHasNoNeurons() {
    ComputationGraph maximum =
        Networks.of(
            images()
                .addLayer(
                    "maximum",
                    new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build(),
                    "encoding")
                .addLayer("out", Twins.readOut(), "maximum")
                .setOutputs("out"));
    assertRefused(
        "or a layer of spiking neurons, got 'maximum' (SpikingPooling2D)",
        () -> OutputOverTime.of(maximum, features));
    ComputationGraph headless =
        Networks.of(images().addLayer("dense", dense(), "encoding").setOutputs("dense"));
    assertRefused(
        "the graph's output must be an output layer, got 'dense' (SpikingDense)",
        () -> OutputOverTime.of(headless, features));
  }

  @Test
  void shouldNameTheVertexBehindWhichALayerCannotBeBalanced() {
    // Without input types, Deeplearning4j lets it be built.
    ComputationGraph graph =
        Networks.of(
            Twins.settings(3)
                .graphBuilder()
                .addInputs("in")
                .addLayer("encoding", SpikeEncoding.poisson(Twins.STEPS).build(), "in")
                .addLayer("one", new SpikingDense.Builder().nIn(10).nOut(8).build(), "encoding")
                .addLayer("two", new SpikingDense.Builder().nIn(10).nOut(8).build(), "encoding")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "one", "two")
                .addLayer("top", new SpikingDense.Builder().nIn(8).nOut(8).build(), "sum")
                .addLayer("out", readOutOf(8), "top")
                .setOutputs("out"));
    String parameters = bits(graph.params());
    assertRefused(
        "layer 'top' (SpikingDense) must get spikes to be balanced, got those of vertex 'sum'"
            + " (ElementWiseVertex)",
        () -> new FiringRateBalance(0.2).weights(graph, Nd4j.rand(4, 10)));
    assertEquals(parameters, bits(graph.params()));
  }

  private static OutputLayer readOutOf(int inputs) {
    OutputLayer readOut = Twins.readOut();
    readOut.setNIn(inputs);
    return readOut;
  }

  @Test
  void shouldRunStockLayersBeforeTheEncoding() {
    ComputationGraph graph =
        Networks.of(
            Twins.settings(3)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(10))
                .addLayer("stock", new DenseLayer.Builder().nOut(6).build(), "in")
                .addLayer("encoding", SpikeEncoding.direct(Twins.STEPS).build(), "stock")
                .addLayer("dense", dense(), "encoding")
                .addLayer("out", Twins.readOut(), "dense")
                .setOutputs("out"));
    INDArray vectors = Nd4j.rand(4, 10);
    assertEquals(
        bits(graph.outputSingle(vectors)),
        bits(OutputOverTime.of(graph, vectors).after(Twins.STEPS)));
    assertRefused(
        "layer must be one of encoding, dense, got stock",
        () -> SpikeProbe.of(graph).layer("stock"));
  }

  private static final int CHANNELS = 4;

  private static SpikingConvolution2D conv() {
    return new SpikingConvolution2D.Builder(3, 3).nOut(CHANNELS).threshold(0.5).build();
  }

  private static GraphBuilder block() {
    return Twins.settings(3)
        .graphBuilder()
        .addInputs("in")
        .setInputTypes(Twins.IMAGES)
        .addLayer("encoding", SpikeEncoding.poisson(Twins.STEPS).build(), "in")
        .addLayer("below", conv(), "encoding")
        .addLayer("inside", conv(), "below")
        .addVertex("sum", new SpikingAdd(), "below", "inside");
  }

  private static ComputationGraph residual() {
    return Networks.of(
        block()
            .addLayer("dense", new SpikingDense.Builder().nOut(7).threshold(0.5).build(), "sum")
            .addLayer("out", Twins.readOut(), "dense")
            .setOutputs("out"));
  }

  @Test
  void shouldProbeLayersAndVertices() {
    ComputationGraph graph = residual();
    SpikeRecording seen =
        SpikeProbe.of(graph).allLayers().membranes("dense").membranes("inside", 5).record(features);
    assertEquals(List.of("encoding", "below", "inside", "sum", "dense"), seen.layers());
    INDArray both = seen.accumulatedOutput("below").add(seen.accumulatedOutput("inside"));
    assertEquals(bits(both), bits(seen.accumulatedOutput("sum")));
    for (int neuron = 0; neuron < 7; neuron++) {
      float[] membrane = seen.membrane("dense", 1, neuron);
      boolean[] fired = seen.fired("dense", 1, neuron);
      for (int step = 0; step < Twins.STEPS; step++) {
        assertEquals(membrane[step] > 0.5f, fired[step]);
      }
    }
    assertEquals(bits(graph.feedForward(features, false).get("dense")), bits(seen.rates("dense")));
    Plots.image(Plots.raster("sum", seen.raster("sum", 1, 50)));
    Plots.rateMaps("inside", seen.rates("inside", 1));
    assertMessage(
        "layer must have neurons for their membranes to be watched, got 'sum' (SpikingAdd)",
        () -> SpikeProbe.of(graph).membranes("sum", 1));
  }

  @Test
  void shouldSayWhatALayerGets() {
    RecordedTrains trains = RecordedTrains.of(residual(), features);
    List<RecordedTrains.Recorded> all = trains.all();
    assertEquals("sum", all.get(3).layer());
    SpikeTrain sum = all.get(3).train();
    assertEquals(sum, trains.before("dense"));
    assertEquals(all.get(1).train(), trains.before("inside"));
    assertEquals(all.get(4).train(), trains.before("out"));
    assertThrows(NoSuchElementException.class, () -> trains.before("sum"));
    assertThrows(NoSuchElementException.class, () -> trains.before("encoding"));
    assertThrows(NoSuchElementException.class, () -> trains.before("nobody"));
    float[] both = all.get(1).train().totals().clone();
    for (int i = 0; i < both.length; i++) {
      both[i] += all.get(2).train().totals()[i];
    }
    assertArrayEquals(both, sum.totals());
  }

  @Test
  void shouldAnswerStepByStepWhereBranchesMeetBeforeTheReadOut() {
    ComputationGraph graph =
        Networks.of(block().addLayer("out", Twins.readOut(), "sum").setOutputs("out"));
    // Each branch's rate is rounded before they are added, which may change the last bit.
    assertTrue(
        graph
            .outputSingle(features)
            .equalsWithEps(OutputOverTime.of(graph, features).after(Twins.STEPS), 1e-6));
    ComputationGraph maximum =
        Networks.of(
            block()
                .addLayer(
                    "maximum",
                    new SpikingPooling2D.Builder(PoolingType.MAX, 1, 1).build(),
                    "inside")
                .addVertex("mixed", new SpikingAdd(), "sum", "maximum")
                .addLayer("out", Twins.readOut(), "mixed")
                .setOutputs("out"));
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> OutputOverTime.of(maximum, features));
    assertTrue(error.getMessage().endsWith("got 'maximum' (SpikingPooling2D)"), error.getMessage());
  }

  @Test
  void shouldCountAnAdditionForEverySpikeOfBothBranches() {
    ComputationGraph graph = residual();
    List<SynapticOperations.OfLayer> counts = SynapticOperations.count(graph, features);
    assertEquals(
        List.of("below", "inside", "dense"),
        counts.stream().map(SynapticOperations.OfLayer::layer).toList());
    assertEquals(CHANNELS * 36 * 7, counts.get(2).multiplyAdds());
    assertTrue(counts.get(2).additions() > 0);
  }

  @Test
  void shouldBalanceLayerAfterLayer() {
    ComputationGraph graph = residual();
    List<FiringRateBalance.LayerRow> balances =
        new FiringRateBalance(0.15).withTolerance(0.1).weights(graph, features);
    assertEquals(
        List.of("below", "inside", "dense"),
        balances.stream().map(FiringRateBalance.LayerRow::layer).toList());
    List<FiringRates> rates = FiringRates.measure(graph, new INDArray[] {features}, true);
    for (int i = 0; i < balances.size(); i++) {
      assertEquals(0.15, balances.get(i).after(), 0.015);
      assertEquals(balances.get(i).after(), rates.get(i).mean());
    }
  }

  @Test
  void shouldSaveAndCloneABalancedGraph(@TempDir File folder) throws IOException {
    ComputationGraph graph = residual();
    String before = Twins.output(graph, features);
    new FiringRateBalance(0.15).withTolerance(0.1).thresholds(graph, features);
    String output = Twins.output(graph, features);
    assertNotEquals(before, output);
    assertEquals(output, Twins.output(graph.clone(), features));
    File file = new File(folder, "balanced.zip");
    ModelSerializer.writeModel(graph, file, true);
    assertEquals(output, Twins.output(ModelSerializer.restoreComputationGraph(file), features));
  }

  @Test
  void shouldLeaveAGraphAsItWasWhereALayerCannotFireAtTheRate() {
    ComputationGraph graph = residual();
    graph.getLayer("dense").getParam("W").assign(-1);
    String parameters = bits(graph.params());
    String configuration = graph.getConfiguration().toJson();
    for (boolean weights : new boolean[] {true, false}) {
      FiringRateBalance balance = new FiringRateBalance(0.15);
      assertBegins(
          "layer 'dense' must be able to fire",
          () ->
              List.of(
                  weights
                      ? balance.weights(graph, features)
                      : balance.thresholds(graph, features)));
      assertEquals(parameters, bits(graph.params()));
      assertEquals(configuration, graph.getConfiguration().toJson());
    }
  }

  @Test
  void shouldLeaveFrozenLayersOfAGraphAlone() {
    ComputationGraph free = residual();
    ComputationGraph frozen =
        new TransferLearning.GraphBuilder(free).setFeatureExtractor("below").build();
    assertEquals(
        SpikeProbe.of(free).layer("inside").record(features).layers(),
        SpikeProbe.of(frozen).layer("inside").record(features).layers());
    assertEquals(
        SynapticOperations.count(free, features).stream()
            .map(SynapticOperations.OfLayer::layer)
            .toList(),
        SynapticOperations.count(frozen, features).stream()
            .map(SynapticOperations.OfLayer::layer)
            .toList());
    String weights = bits(frozen.getLayer("below").getParam("W"));
    List<FiringRateBalance.LayerRow> balances =
        new FiringRateBalance(0.15).withTolerance(0.3).weights(frozen, features);
    assertEquals(
        List.of("inside", "dense"),
        balances.stream().map(FiringRateBalance.LayerRow::layer).toList());
    assertEquals(weights, bits(frozen.getLayer("below").getParam("W")));
    assertEquals(
        bits(TimeSteps.change(free, 4).feedForward(features, false).get("below")),
        bits(TimeSteps.change(frozen, 4).feedForward(features, false).get("below")));
  }

  @Test
  void shouldLookIntoFrozenVertices() {
    ComputationGraph free = residual();
    ComputationGraph frozen =
        new TransferLearning.GraphBuilder(free).setFeatureExtractor("sum").build();
    SpikeRecording seen = SpikeProbe.of(free).allLayers().membranes("dense", 3).record(features);
    SpikeRecording same = SpikeProbe.of(frozen).allLayers().membranes("dense", 3).record(features);
    assertEquals(seen.layers(), same.layers());
    for (String layer : seen.layers()) {
      assertEquals(bits(seen.rates(layer)), bits(same.rates(layer)), layer);
    }
    assertArrayEquals(seen.membrane("dense", 1, 3), same.membrane("dense", 1, 3));
    assertEquals(
        List.of("dense"),
        new FiringRateBalance(0.15)
            .withTolerance(0.3).weights(frozen, features).stream()
                .map(FiringRateBalance.LayerRow::layer)
                .toList());
  }
}
