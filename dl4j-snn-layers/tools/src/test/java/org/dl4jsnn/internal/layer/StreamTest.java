package org.dl4jsnn.internal.layer;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.Messages.assertSays;
import static org.dl4jsnn.Networks.output;
import static org.dl4jsnn.Networks.step;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.dl4jsnn.internal.layer.StreamedNetworks.SAMPLES;
import static org.dl4jsnn.internal.layer.StreamedNetworks.STEPS;
import static org.dl4jsnn.internal.layer.StreamedNetworks.cases;
import static org.dl4jsnn.internal.layer.StreamedNetworks.clear;
import static org.dl4jsnn.internal.layer.StreamedNetworks.dense;
import static org.dl4jsnn.internal.layer.StreamedNetworks.gated;
import static org.dl4jsnn.internal.layer.StreamedNetworks.graph;
import static org.dl4jsnn.internal.layer.StreamedNetworks.network;
import static org.dl4jsnn.internal.layer.StreamedNetworks.readOut;
import static org.dl4jsnn.internal.layer.StreamedNetworks.run;
import static org.dl4jsnn.internal.layer.StreamedNetworks.sequence;
import static org.dl4jsnn.internal.layer.StreamedNetworks.state;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.layer.StreamedNetworks.Case;
import org.dl4jsnn.model.ModelRefusedException;
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
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
    Layer end = course ? Networks.readOutInTime(2) : readOut();
    InputType input = InputType.recurrent(6, STEPS);
    NeuralNetConfiguration.Builder settings = Networks.seeded(3);
    if (graph) {
      return Networks.of(
          settings
              .graphBuilder()
              .addInputs("in")
              .setInputTypes(input)
              .addLayer("encoding", SpikeEncoding.frames().build(), "in")
              .addLayer("dense", layers[0], "encoding")
              .addLayer("course", layers[1], "dense")
              .addLayer("stock", layers[2], "course")
              .addLayer("out", end, "stock")
              .setOutputs("out"));
    }
    return Networks.of(settings, input, SpikeEncoding.frames().build(), layers, end);
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
    assertRefused(
        IllegalStateException.class,
        () -> network.rnnTimeStep(features),
        "must override encodePiece");
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

  @Test
  void shouldHandStatesOutAndIn() {
    MultiLayerNetwork network =
        sequence(InputType.recurrent(6, STEPS), SpikeEncoding.frames().build(), dense());
    assertTrue(network.rnnGetPreviousState(1).isEmpty());
    INDArray features = Nd4j.rand(SAMPLES, 6, STEPS);
    network.rnnTimeStep(features);
    Map<String, INDArray> middle = network.rnnGetPreviousState(1);
    Map<String, INDArray> last = network.rnnGetPreviousState(3);
    assertEquals(List.of("membrane"), List.copyOf(middle.keySet()));
    assertEquals(
        List.of(3L, 9L), List.of(middle.get("membrane").size(0), middle.get("membrane").size(1)));
    INDArray answer = network.rnnTimeStep(features);
    assertNotEquals(answer, network.rnnTimeStep(features));
    network.rnnSetPreviousState(1, middle);
    network.rnnSetPreviousState(3, last);
    assertEquals(answer, network.rnnTimeStep(features));
  }

  /** As many numbers on other axes would be those of other neurons. */
  @Test
  void shouldRefuseAStateOnOtherAxes() {
    MultiLayerNetwork network =
        sequence(
            InputType.convolutional(6, 6, 2),
            SpikeEncoding.direct(STEPS).build(),
            new SpikingConvolution2D.Builder(3, 3).name("conv").nOut(4).build());
    INDArray images = Nd4j.rand(SAMPLES, 2, 6, 6);
    network.rnnTimeStep(images);
    INDArray membrane = network.rnnGetPreviousState(1).get("membrane");
    network.rnnSetPreviousState(1, Map.of("membrane", membrane.permute(0, 2, 3, 1)));
    assertRefused(
        RuntimeException.class,
        () -> network.rnnTimeStep(images),
        "state must have the axes of the layer's neurons, [minibatch, 4×6×6], got [minibatch, 6×6×4]");
    network.rnnSetPreviousState(1, Map.of("membrane", membrane));
    network.rnnTimeStep(images);
  }

  @Test
  void shouldHandTheFlowOfGatedMaximaOutAndIn() {
    MultiLayerNetwork network =
        sequence(InputType.convolutional(6, 6, 2), SpikeEncoding.direct(STEPS).build(), gated());
    assertTrue(network.rnnGetPreviousState(2).isEmpty());
    INDArray images = Nd4j.rand(SAMPLES, 2, 6, 6);
    network.rnnTimeStep(images);
    Map<String, INDArray> flow = network.rnnGetPreviousState(2);
    assertEquals(List.of("flow"), List.copyOf(flow.keySet()));
    // A stream that has just begun has the flow of its one window: T times the rates below.
    INDArray rates = network.feedForward(images, false).get(2);
    assertEquals(
        rates.mul(STEPS).castTo(DataType.DOUBLE),
        Nd4j.math().round(flow.get("flow")),
        "flow of inputs");
    refuse(network, Map.of("membrane", flow.get("flow")), "state must have the variable flow");
    refuse(network, Map.of("flow", Nd4j.rand(3, 4)), "[minibatch, channels, height, width]");
    refuse(network, Map.of("flow", flow.get("flow").div(0)), "flow of a state must be finite");
    assertEquals(flow, network.rnnGetPreviousState(2));
    network.rnnSetPreviousState(2, Map.of("flow", Nd4j.rand(2, 5, 6, 6)));
    assertRefused(
        RuntimeException.class,
        () -> network.rnnTimeStep(images),
        "(SpikingPooling2D): state must be one of 3 samples");
  }

  private static void refuse(
      MultiLayerNetwork network, Map<String, INDArray> state, String reason) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> network.rnnSetPreviousState(2, state))
            .getMessage();
    assertSays(message, "(SpikingPooling2D): ", reason);
  }

  @Test
  void shouldGoOnInAnotherProcess() throws ModelRefusedException {
    for (Case each : cases().toList()) {
      step(each.network(), each.next(0, 5));
      StreamState state = StreamState.fromBytes(StreamState.of(each.network()).toBytes());
      INDArray answer = step(each.network(), each.next(5, 8));
      clear(each.network());
      state.restore(each.network());
      assertEquals(answer, step(each.network(), each.next(5, 8)), each.name());
    }
  }

  @Test
  void shouldRefuseDamagedStates() {
    MultiLayerNetwork network =
        sequence(InputType.recurrent(6, STEPS), SpikeEncoding.frames().build(), dense());
    network.rnnTimeStep(Nd4j.rand(SAMPLES, 6, STEPS));
    byte[] bytes = StreamState.of(network).toBytes();
    for (int i = 0; i < bytes.length; i += 7) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= (byte) (1 << (i % 8));
      assertThrows(ModelRefusedException.class, () -> StreamState.fromBytes(damaged));
      byte[] part = java.util.Arrays.copyOf(bytes, i);
      assertThrows(ModelRefusedException.class, () -> StreamState.fromBytes(part));
    }
  }

  @Test
  void shouldRefuseStatesOfOthersAndLoseNothing() {
    MultiLayerNetwork network =
        sequence(InputType.recurrent(6, STEPS), SpikeEncoding.frames().build(), dense());
    MultiLayerNetwork other =
        sequence(
            InputType.recurrent(6, STEPS),
            SpikeEncoding.frames().build(),
            new SpikingDense.Builder().nOut(4).build());
    INDArray features = Nd4j.rand(SAMPLES, 6, STEPS);
    network.rnnTimeStep(features);
    StreamState before = StreamState.of(network);
    String message =
        assertThrows(IllegalArgumentException.class, () -> StreamState.of(other).restore(network))
            .getMessage();
    assertTrue(message.contains("the state of another network"), message);
    message =
        assertThrows(
                IllegalArgumentException.class,
                () -> network.rnnSetPreviousState(1, Map.of("voltage", Nd4j.rand(3, 9))))
            .getMessage();
    assertTrue(message.contains("state must have the variables [membrane]"), message);
    assertEquals(before, StreamState.of(network));
    message =
        assertThrows(RuntimeException.class, () -> network.rnnTimeStep(Nd4j.rand(2, 6, 4)))
            .getMessage();
    assertSays(message, "state must have 2 samples, got 3", "rnnClearPreviousState");
  }
}
