package org.dl4jsnn.internal.walk;

import static org.dl4jsnn.Refusals.assertRefused;
import static org.dl4jsnn.internal.walk.Twins.bits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
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
import org.dl4jsnn.balance.FiringRateBalance;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.monitor.SynapticOperations;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkWalkTest {

  private final INDArray features = Twins.features();

  private static SpikingDense dense() {
    return new SpikingDense.Builder().nOut(8).threshold(0.5).build();
  }

  private static ComputationGraph initialised(GraphBuilder builder) {
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    return graph;
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
    return initialised(
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
        initialised(
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
        initialised(
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
        initialised(images().addLayer("dense", dense(), "encoding").setOutputs("dense"));
    assertRefused(
        "the graph's output must be an output layer, got 'dense' (SpikingDense)",
        () -> OutputOverTime.of(headless, features));
  }

  @Test
  void shouldNameTheVertexBehindWhichALayerCannotBeBalanced() {
    // Without input types, Deeplearning4j lets it be built.
    ComputationGraph graph =
        initialised(
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
        initialised(
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
}
