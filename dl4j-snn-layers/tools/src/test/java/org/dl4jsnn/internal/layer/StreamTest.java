package org.dl4jsnn.internal.layer;

import static org.dl4jsnn.Refusals.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.dl4jsnn.internal.layer.StreamedNetworks.SAMPLES;
import static org.dl4jsnn.internal.layer.StreamedNetworks.STEPS;
import static org.dl4jsnn.internal.layer.StreamedNetworks.cases;
import static org.dl4jsnn.internal.layer.StreamedNetworks.clear;
import static org.dl4jsnn.internal.layer.StreamedNetworks.dense;
import static org.dl4jsnn.internal.layer.StreamedNetworks.graph;
import static org.dl4jsnn.internal.layer.StreamedNetworks.network;
import static org.dl4jsnn.internal.layer.StreamedNetworks.output;
import static org.dl4jsnn.internal.layer.StreamedNetworks.readOut;
import static org.dl4jsnn.internal.layer.StreamedNetworks.run;
import static org.dl4jsnn.internal.layer.StreamedNetworks.sequence;
import static org.dl4jsnn.internal.layer.StreamedNetworks.state;
import static org.dl4jsnn.internal.layer.StreamedNetworks.step;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.List;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.layer.StreamedNetworks.Case;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.monitor.StreamedOutput;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** The law of pieces through whole networks: a stream in any pieces is the window in one. */
class StreamTest {

  private static final List<List<Integer>> CUTS =
      List.of(List.of(13), List.of(1, 12), List.of(5, 4, 3, 1), List.of(2, 11));

  @ParameterizedTest
  @MethodSource("org.dl4jsnn.internal.layer.StreamedNetworks#cases")
  void shouldEndInTheSameStateHoweverTheStreamIsCut(Case each) {
    // Fresh noise belongs to the stream, so all of them must be one stream.
    step(each.network(), each.next(0, 1));
    StreamState begun = StreamState.of(each.network());
    StreamState whole = null;
    for (List<Integer> cut : CUTS) {
      begun.restore(each.network());
      StreamState end = run(each, cut);
      whole = whole == null ? end : whole;
      assertEquals(whole, end, each + " " + cut);
    }
    assertNotEquals(begun, whole);
  }

  @ParameterizedTest
  @MethodSource("org.dl4jsnn.internal.layer.StreamedNetworks#cases")
  void shouldAnswerAWindowInOnePieceAsOutputDoes(Case each) {
    INDArray features = each.next(0, STEPS);
    if (!each.name().contains("fresh")) {
      assertEquals(output(each.network(), features), step(each.network(), features));
      assertEquals(output(each.network(), features), output(each.network(), features));
    }
    INDArray later = step(each.network(), features);
    assertEquals(SAMPLES, later.size(0));
  }

  @ParameterizedTest
  @MethodSource("org.dl4jsnn.internal.layer.StreamedNetworks#cases")
  void shouldAnswerAfterEveryStepAsAWindowDoes(Case each) {
    if (each.name().contains("fresh")) {
      return;
    }
    each.next(0, STEPS);
    OutputOverTime window = OutputOverTime.of(each.network(), each.features());
    StreamedOutput stream = new StreamedOutput(each.network());
    int first = 0;
    for (int steps : List.of(4, 1, 8)) {
      OutputOverTime piece = stream.feed(each.next(first, steps));
      assertEquals(steps, piece.steps());
      assertTrue(stream.trains().stream().allMatch(of -> of.train().steps() == steps));
      for (int step = 1; step <= steps; step++) {
        assertEquals(window.after(first + step), piece.after(step), each + " " + (first + step));
      }
      first += steps;
    }
    assertEquals(STEPS, stream.steps());
  }

  @Test
  void shouldRefuseOtherSamplesBeforeTheStreamMoves() {
    Case each = cases().filter(of -> of.name().equals("sequence, films")).findFirst().orElseThrow();
    OutputOverTime window = OutputOverTime.of(each.network(), each.features());
    StreamedOutput stream = new StreamedOutput(each.network());
    stream.feed(each.next(0, 4));
    INDArray one = each.next(4, 1).get(interval(0, 1), all(), all(), all(), all()).dup();
    assertRefused("got 1 instead of " + SAMPLES, () -> stream.feed(one));
    assertEquals(window.after(STEPS), stream.feed(each.next(4, 9)).after(9));
  }

  @Test
  void shouldSayWhatLayersPassedOnInTheLastPiece() {
    Case each = cases().filter(of -> of.name().equals("sequence, films")).findFirst().orElseThrow();
    RecordedTrains window = RecordedTrains.of(each.network(), each.features());
    StreamedOutput stream = new StreamedOutput(each.network());
    assertTrue(stream.trains().isEmpty());
    stream.feed(each.next(0, STEPS));
    assertEquals(window.all().size(), stream.trains().size());
    for (int i = 0; i < window.all().size(); i++) {
      assertEquals(window.all().get(i).layer(), stream.trains().get(i).layer());
      assertArrayEquals(
          window.all().get(i).train().totals(), stream.trains().get(i).train().totals());
    }
  }

  @ParameterizedTest
  @EnumSource(MembraneReadOut.class)
  void shouldReadMembranesOfTheWholeStream(MembraneReadOut reads) {
    requireWholeStream(reads, new LeakyReadOut.Builder().leak(0.8));
  }

  @ParameterizedTest
  @EnumSource(MembraneReadOut.class)
  void shouldCarrySynapticCurrentsThroughTheWholeStream(MembraneReadOut reads) {
    requireWholeStream(
        reads, new LeakyReadOut.Builder().leaks(0.8, 0, 1, 0.5, 0.9).synapticDecay(0.7));
  }

  private static void requireWholeStream(MembraneReadOut reads, LeakyReadOut.Builder membranes) {
    INDArray series = Nd4j.rand(SAMPLES, 6, STEPS);
    for (boolean graph : new boolean[] {false, true}) {
      NeuralNetwork network = readingInTime(graph, membranes.nOut(5).reads(reads).build());
      INDArray whole = output(network, series);
      assertEquals(whole, step(network, series));
      StreamState end = StreamState.of(network);
      clear(network);
      INDArray last = null;
      int first = 0;
      for (int steps : List.of(1, 5, 7)) {
        last = step(network, series.get(all(), all(), interval(first, first + steps)).dup());
        first += steps;
      }
      assertEquals(end, StreamState.of(network));
      INDArray expected =
          reads == MembraneReadOut.COURSE
              ? whole.get(all(), all(), interval(STEPS - 7, STEPS)).dup()
              : whole;
      assertEquals(expected, last, reads + " " + graph);
    }
  }

  /** A stock LSTM reads the course, and continues with the same call. */
  private static NeuralNetwork readingInTime(boolean graph, LeakyReadOut membranes) {
    boolean course = membranes.getReads() == MembraneReadOut.COURSE;
    Layer[] layers = {
      new SpikingDense.Builder().nOut(9).threshold(0.4).leak(0.9).build(),
      membranes,
      course
          ? new LSTM.Builder().nOut(4).build()
          : new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build()
    };
    Layer end =
        course
            ? new RnnOutputLayer.Builder(new LossL2())
                .nOut(2)
                .activation(Activation.IDENTITY)
                .build()
            : readOut();
    InputType input = InputType.recurrent(6, STEPS);
    NeuralNetConfiguration.Builder settings = new NeuralNetConfiguration.Builder().seed(3);
    if (graph) {
      ComputationGraph network =
          new ComputationGraph(
              settings
                  .graphBuilder()
                  .addInputs("in")
                  .setInputTypes(input)
                  .addLayer("encoding", SpikeEncoding.frames().build(), "in")
                  .addLayer("dense", layers[0], "encoding")
                  .addLayer("course", layers[1], "dense")
                  .addLayer("stock", layers[2], "course")
                  .addLayer("out", end, "stock")
                  .setOutputs("out")
                  .build());
      network.init();
      return network;
    }
    NeuralNetConfiguration.ListBuilder list = settings.list().layer(SpikeEncoding.frames().build());
    for (Layer layer : layers) {
      list.layer(layer);
    }
    return Networks.of(list.layer(end).setInputType(input).build());
  }

  @Test
  void shouldKeepStreamsOfAMinibatchApart() {
    Case both =
        cases().filter(each -> each.name().equals("sequence, films")).findFirst().orElseThrow();
    run(both, List.of(6, 7));
    INDArray membranes = state(both.network(), 1).get("membrane");
    Case alone = new Case("alone", both.network(), both.features().get(interval(1, 2)).dup(), true);
    clear(alone.network());
    run(alone, List.of(3, 10));
    assertEquals(
        membranes.get(interval(1, 2)).dup(), state(both.network(), 1).get("membrane").dup());
  }

  /** TransferLearning keeps two copies of a frozen layer's settings. */
  @Test
  void shouldChangeTheStepsOfAFrozenEncoding() {
    MultiLayerNetwork network =
        sequence(InputType.feedForward(6), SpikeEncoding.direct(STEPS).build(), dense());
    MultiLayerNetwork frozen = new TransferLearning.Builder(network).setFeatureExtractor(1).build();
    TimeSteps.set(frozen, 2 * STEPS);
    INDArray features = Nd4j.rand(SAMPLES, 6);
    assertSameBits(
        TimeSteps.change(network, 2 * STEPS).feedForward(features).get(2),
        frozen.feedForward(features).get(2));
  }

  @Test
  void shouldTakeOneStepOfASeriesWithoutItsTimeAxis() {
    for (boolean graph : new boolean[] {false, true}) {
      NeuralNetwork network =
          network(graph, InputType.recurrent(6, STEPS), SpikeEncoding.frames().build(), dense());
      INDArray features = Nd4j.rand(SAMPLES, 6);
      INDArray one = step(network, features);
      clear(network);
      assertEquals(one, step(network, features.reshape(SAMPLES, 6, 1)));
    }
  }

  @Test
  void shouldLeaveStreamsAloneWhereAWindowIsRun() {
    MultiLayerNetwork network =
        sequence(InputType.recurrent(6, STEPS), SpikeEncoding.frames().build(), dense());
    INDArray features = Nd4j.rand(SAMPLES, 6, STEPS);
    network.rnnTimeStep(features);
    StreamState before = StreamState.of(network);
    network.output(Nd4j.rand(5, 6, 4));
    network.fit(features, Nd4j.rand(SAMPLES, 2));
    network.feedForward(features, false);
    OutputOverTime.of(network, features);
    assertEquals(before, StreamState.of(network));
  }

  @Test
  void shouldGoOnThroughFrozenLayers() {
    MultiLayerNetwork network =
        sequence(InputType.recurrent(6, STEPS), SpikeEncoding.frames().build(), dense());
    MultiLayerNetwork frozen = new TransferLearning.Builder(network).setFeatureExtractor(2).build();
    INDArray features = Nd4j.rand(SAMPLES, 6, STEPS);
    for (int i = 0; i < 3; i++) {
      assertEquals(network.rnnTimeStep(features), frozen.rnnTimeStep(features));
    }
  }

  /** Deeplearning4j's own clearing of a graph passes over frozen layers. */
  @Test
  void shouldEndStreamsOfFrozenLayersToo() {
    INDArray features = Nd4j.rand(SAMPLES, 6, STEPS);
    MultiLayerNetwork network =
        sequence(InputType.recurrent(6, STEPS), SpikeEncoding.frames().build(), dense());
    MultiLayerNetwork frozen = new TransferLearning.Builder(network).setFeatureExtractor(1).build();
    ComputationGraph graph = network.toComputationGraph();
    ComputationGraph frozenGraph =
        new TransferLearning.GraphBuilder(graph)
            .setFeatureExtractor(graph.getLayer(1).conf().getLayer().getLayerName())
            .build();
    for (NeuralNetwork each : List.of(network, frozen, graph, frozenGraph)) {
      INDArray first = step(each, features);
      assertNotEquals(first, step(each, features));
      StreamState.clear(each);
      assertEquals(first, step(each, features));
    }
  }

  @Test
  void shouldRefuseToGoOnWithAnEncoderThatCannot() {
    SpikeEncoder encoder = new Forgetful();
    MultiLayerNetwork network =
        sequence(InputType.feedForward(6), SpikeEncoding.by(encoder).build(), dense());
    INDArray features = Nd4j.rand(SAMPLES, 6);
    network.rnnTimeStep(features);
    String message =
        assertThrows(IllegalStateException.class, () -> network.rnnTimeStep(features)).getMessage();
    assertTrue(message.contains("must override encodePiece"), message);
  }

  /** Encodes whole windows only. */
  private static final class Forgetful implements SpikeEncoder {

    private static final long serialVersionUID = 1L;
    private final SpikeEncoder encoder = SpikeEncoder.direct(4, 1);

    @Override
    public FeatureShape shapeFor(InputType features) {
      return encoder.shapeFor(features);
    }

    @Override
    public SpikeTrain encode(INDArray features, NoiseKey noise) {
      return encoder.encode(features, noise);
    }

    @Override
    public SpikeEncoder withSteps(int steps) {
      return encoder.withSteps(steps);
    }

    @Override
    public void backprop(INDArray features, INDArray rateGradient, INDArray featureGradient) {
      encoder.backprop(features, rateGradient, featureGradient);
    }
  }
}
