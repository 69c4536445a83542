package org.dl4jsnn.monitor;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Networks seen step by step: recorded trains, answers over time, operations, other windows. */
class OverTimeTest {

  private static final int STEPS = 9;
  private static final int SAMPLES = 4;

  private final INDArray features = Nd4j.rand(7L, new long[] {SAMPLES, 2, 6, 6});

  private static MultiLayerNetwork network(SpikeEncoding.Builder encoding) {
    return Networks.of(
        Networks.seeded(3).updater(new Adam(0.01)),
        InputType.convolutional(6, 6, 2),
        encoding.name("encoding").build(),
        new SpikingConvolution2D.Builder(3, 3).name("conv").nOut(5).build(),
        new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).name("pool").build(),
        new SpikingDense.Builder().name("dense").nOut(12).threshold(0.5).build(),
        Networks.softmax(3));
  }

  @Test
  void shouldDecideBetweenTwoClassesByASingleOutput() {
    MultiLayerNetwork network =
        small(
            SpikeEncoding.poisson(STEPS).build(),
            dense(),
            new OutputLayer.Builder(LossFunctions.LossFunction.XENT)
                .nOut(1)
                .activation(Activation.SIGMOID)
                .build());
    OutputOverTime answers = OutputOverTime.of(network, features);
    INDArray expected = answers.after(STEPS).gt(0.5).castTo(DataType.INT32);
    assertArrayEquals(expected.toIntVector(), answers.classes(STEPS));
    network.getLayer(2).getParam("b").assign(100);
    answers = OutputOverTime.of(network, features);
    assertArrayEquals(new int[] {1, 1, 1, 1}, answers.classes(STEPS));
    assertArrayEquals(new int[] {1, 1, 1, 1}, answers.settled());
  }

  private static SpikingDense dense() {
    return new SpikingDense.Builder().nOut(12).threshold(0.5).build();
  }

  private static MultiLayerNetwork small(Layer... layers) {
    return Networks.of(Networks.seeded(3), InputType.convolutional(6, 6, 2), layers);
  }

  @Test
  void shouldRecordWhatTheLayersPassOn() {
    MultiLayerNetwork network = network(SpikeEncoding.poisson(STEPS));
    List<RecordedTrains.Recorded> trains = RecordedTrains.of(network, features).all();
    assertEquals(
        List.of("encoding", "conv", "pool", "dense"),
        trains.stream().map(RecordedTrains.Recorded::layer).toList());
    List<INDArray> activations = network.feedForward(features, false);
    for (RecordedTrains.Recorded recorded : trains) {
      if (!recorded.layer().equals("pool")) { // whose activation is the maximum of rates
        INDArray rates = activations.get(recorded.index() + 1);
        float[] totals = recorded.train().totals();
        float[] expected = rates.mul(STEPS).dup('c').reshape(totals.length).toFloatVector();
        assertArrayEquals(expected, totals, 1e-5f, recorded.layer());
      }
    }
  }

  /** Such as of the ready networks' .dropout(retain); it does nothing in inference. */
  @Test
  void shouldAnswerThroughADropoutLayer() {
    MultiLayerNetwork network =
        small(
            SpikeEncoding.direct(STEPS).build(),
            dense(),
            new SpikingDropout.Builder().retain(0.5).build(),
            Networks.softmax(3));
    assertTrue(OutputOverTime.isOf(network));
    OutputOverTime outputs = OutputOverTime.of(network, features);
    assertSameBits(network.output(features), outputs.after(STEPS));
    OutputOverTime streamed = new StreamedOutput(network).feed(features);
    assertEquals(outputs.after(2), streamed.after(2));
    assertEquals(outputs.after(STEPS), streamed.after(STEPS));
  }

  @Test
  void shouldAnswerAfterEveryStepAsANetworkWithThatManySteps() {
    for (SpikeEncoding.Builder encoding :
        List.of(SpikeEncoding.poisson(STEPS), SpikeEncoding.direct(STEPS))) {
      MultiLayerNetwork network = network(encoding);
      OutputOverTime outputs = OutputOverTime.of(network, features);
      OutputOverTime ofTrains = OutputOverTime.of(network, RecordedTrains.of(network, features));
      assertEquals(STEPS, outputs.steps());
      assertSameBits(network.output(features), outputs.after(STEPS));
      for (int steps = 1; steps <= STEPS; steps++) {
        INDArray expected = TimeSteps.change(network, steps).output(features);
        assertSameBits(expected, outputs.after(steps), steps + " steps");
        assertSameBits(expected, ofTrains.after(steps), steps + " steps");
      }
    }
  }

  @Test
  void shouldSayWhenAnswersSettle() {
    MultiLayerNetwork network = network(SpikeEncoding.poisson(STEPS));
    OutputOverTime outputs = OutputOverTime.of(network, features);
    int[] settled = outputs.settled();
    for (int sample = 0; sample < SAMPLES; sample++) {
      int last = outputs.classes(STEPS)[sample];
      for (int steps = settled[sample]; steps <= STEPS; steps++) {
        assertEquals(last, outputs.classes(steps)[sample]);
      }
      if (settled[sample] > 1) {
        assertTrue(outputs.classes(settled[sample] - 1)[sample] != last);
      }
    }
  }

  @Test
  void shouldCountOneAdditionForEverySpikeAndNeuronThatItReaches() {
    MultiLayerNetwork network = network(SpikeEncoding.poisson(STEPS));
    List<SynapticOperations.OfLayer> counts = SynapticOperations.count(network, features);
    RecordedTrains trains = RecordedTrains.of(network, features);
    // A pixel reaches up to three rows times three columns of five channels.
    SpikeTrain pixels = trains.before(1);
    double additions = 0;
    for (int position = 0; position < 36; position++) {
      int rows = position / 6 == 0 || position / 6 == 5 ? 2 : 3;
      int columns = position % 6 == 0 || position % 6 == 5 ? 2 : 3;
      additions += 5.0 * rows * columns * events(pixels, position);
    }
    assertEquals("conv", counts.get(0).layer());
    assertEquals(additions / SAMPLES, counts.get(0).additions(), 1e-9);
    assertEquals(2 * 5 * 16 * 16, counts.get(0).multiplyAdds());
    SpikeTrain pooled = trains.before(3);
    double spikes = 0;
    for (float total : pooled.totals()) {
      spikes += total;
    }
    assertEquals(12 * spikes / SAMPLES, counts.get(1).additions(), 1e-9);
    assertEquals(45 * 12, counts.get(1).multiplyAdds());
  }

  @Test
  void shouldNotCountAConstantCurrentAsSpikes() {
    SynapticOperations.OfLayer first =
        SynapticOperations.count(network(SpikeEncoding.direct(STEPS)), features).get(0);
    assertTrue(first.constantInput());
    assertEquals(0, first.additions());
    assertEquals(2 * 5 * 16 * 16, first.multiplyAdds());
  }

  private static int events(SpikeTrain train, int position) {
    SpikeEvents events = new SpikeEvents(train.shape());
    int count = 0;
    for (int sample = 0; sample < train.minibatch(); sample++) {
      for (int step = 0; step < train.steps(); step++) {
        train.read(sample, step, events);
        for (int e = 0; e < events.size(); e++) {
          count += events.position(e) == position ? 1 : 0;
        }
      }
    }
    return count;
  }

  @Test
  void shouldCountFrozenLayersAndChangeTheirSteps() {
    MultiLayerNetwork network = network(SpikeEncoding.poisson(STEPS));
    MultiLayerNetwork frozen = new TransferLearning.Builder(network).setFeatureExtractor(1).build();
    assertEquals(
        SynapticOperations.count(network, features), SynapticOperations.count(frozen, features));
    assertSameBits(
        TimeSteps.change(network, 4).output(features),
        TimeSteps.change(frozen, 4).output(features));
  }

  @Test
  void shouldFlattenImagesBeforeTheReadOut() {
    MultiLayerNetwork network =
        small(
            SpikeEncoding.direct(STEPS).build(),
            new SpikingConvolution2D.Builder(3, 3).nOut(4).build(),
            Networks.softmax(3));
    assertSameBits(network.output(features), OutputOverTime.of(network, features).after(STEPS));
  }

  @Test
  void shouldExplainWhatItCannotDo() {
    MultiLayerNetwork network = network(SpikeEncoding.poisson(STEPS));
    assertThrows(IllegalArgumentException.class, () -> TimeSteps.change(network, 0));
    MultiLayerNetwork ofFrames =
        Networks.of(
            Networks.seeded(3),
            InputType.recurrent(4),
            SpikeEncoding.frames().build(),
            new SpikingDense.Builder().nOut(3).build());
    assertBegins("steps must not be set on frames", () -> TimeSteps.change(ofFrames, 5));
    assertRefused("got SpikingDense", () -> OutputOverTime.of(ofFrames, Nd4j.rand(2, 4, 3)));
  }

  @Test
  void shouldAnswerTheSameForFeaturesOfWholeNumbers() {
    MultiLayerNetwork network = network(SpikeEncoding.direct(STEPS));
    INDArray whole = features.gt(0.5).castTo(DataType.INT32);
    INDArray expected = OutputOverTime.of(network, whole.castTo(DataType.FLOAT)).after(STEPS);
    assertEquals(expected, OutputOverTime.of(network, whole).after(STEPS));
    assertTrue(expected.amaxNumber().doubleValue() > 0);
  }

  private static final int SERIES_STEPS = 11;
  private static final int INPUTS = 6;
  private static final int CLASSES = 4;

  private final INDArray series = Nd4j.rand(7L, new long[] {3, INPUTS, SERIES_STEPS}).muli(2);

  private static MultiLayerNetwork network(Layer... end) {
    Layer[] layers = {
      SpikeEncoding.frames().build(),
      new SpikingDense.Builder().nOut(12).threshold(0.5).build(),
      new SpikingRecurrent.Builder().nOut(12).threshold(0.5).build()
    };
    return Networks.of(
        Networks.row(Networks.row(Networks.seeded(5), layers), end)
            .setInputType(InputType.recurrent(INPUTS, SERIES_STEPS))
            .build());
  }

  private static LeakyReadOut.Builder integrators(MembraneReadOut reads) {
    return new LeakyReadOut.Builder().nOut(CLASSES).leak(0.9).hasBias(true).reads(reads);
  }

  private static LossLayer softmax() {
    return new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build();
  }

  private static OutputLayer weighted() {
    return Networks.linear(3);
  }

  static Stream<Arguments> networks() {
    return Stream.of(MembraneReadOut.LAST, MembraneReadOut.MEAN, MembraneReadOut.MAXIMUM)
        .flatMap(
            reads ->
                Stream.of(
                    Arguments.of(reads + ", loss", network(integrators(reads).build(), softmax())),
                    Arguments.of(
                        reads + ", synaptic",
                        network(integrators(reads).synapticDecay(0.7).build(), weighted()))));
  }

  private INDArray first(int steps) {
    return from(0, steps);
  }

  private INDArray from(int first, int end) {
    return series.get(all(), all(), interval(first, end)).dup();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void shouldAnswerAsTheNetworkDoesForSoManySteps(String name, MultiLayerNetwork network) {
    assertTrue(OutputOverTime.isOf(network));
    OutputOverTime answers = OutputOverTime.of(network, series);
    RecordedTrains trains = RecordedTrains.of(network, series);
    OutputOverTime ofTrains = OutputOverTime.of(network, trains);
    assertEquals(SERIES_STEPS, answers.steps());
    for (int steps = 1; steps <= SERIES_STEPS; steps++) {
      assertSameBits(network.output(first(steps)), answers.after(steps));
      assertSameBits(answers.after(steps), ofTrains.after(steps));
    }
    assertArrayEquals(
        network.output(series).argMax(1).toIntVector(), answers.classes(SERIES_STEPS));
    OutputOverTime ofGraph = OutputOverTime.of(network.toComputationGraph(), series);
    assertSameBits(answers.after(4), ofGraph.after(4));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void shouldAnswerAlikeInPiecesOfAStream(String name, MultiLayerNetwork network) {
    OutputOverTime window = OutputOverTime.of(network, series);
    StreamedOutput stream = new StreamedOutput(network);
    int done = 0;
    for (int piece : new int[] {1, 4, 6}) {
      OutputOverTime answers = stream.feed(from(done, done + piece));
      for (int step = 1; step <= piece; step++) {
        assertSameBits(window.after(done + step), answers.after(step));
      }
      done += piece;
    }
    assertEquals(SERIES_STEPS, stream.steps());
    assertEquals(3, stream.trains().size());
    network.rnnClearPreviousState();
    network.rnnTimeStep(first(5));
    assertSameBits(network.rnnTimeStep(from(5, 6)), afterRest(network).feed(from(5, 6)).after(1));
  }

  /** Membranes are those of the stream, which began before this object. */
  private StreamedOutput afterRest(MultiLayerNetwork network) {
    network.rnnClearPreviousState();
    network.rnnTimeStep(first(5));
    return new StreamedOutput(network);
  }

  @Test
  void shouldTakeTheAnswersOfEveryStepWhereTheReadOutGivesThem() {
    List<Layer> ends =
        List.of(
            new RnnLossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build(),
            new RnnOutputLayer.Builder(new LossMCXENT())
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build());
    for (Layer end : ends) {
      MultiLayerNetwork network = network(integrators(MembraneReadOut.COURSE).build(), end);
      INDArray course = network.output(series);
      OutputOverTime answers = OutputOverTime.of(network, series);
      OutputOverTime piece = new StreamedOutput(network).feed(series);
      for (int step = 0; step < SERIES_STEPS; step++) {
        INDArray expected = course.get(all(), all(), point(step)).dup('c');
        assertSameBits(expected, answers.after(step + 1));
        assertSameBits(expected, piece.after(step + 1));
      }
    }
  }

  @Test
  void shouldLeaveTheNetworkAndItsStreamAlone() {
    MultiLayerNetwork network = network(integrators(MembraneReadOut.MEAN).build(), softmax());
    INDArray output = network.output(series);
    network.rnnTimeStep(first(3));
    INDArray next = network.rnnTimeStep(from(3, 4));
    network.rnnClearPreviousState();
    network.rnnTimeStep(first(3));
    OutputOverTime.of(network, series);
    assertSameBits(next, network.rnnTimeStep(from(3, 4)));
    assertSameBits(output, network.output(series));
  }

  @Test
  void shouldRefusePiecesOfOtherSamplesAndKeepItsPlace() {
    MultiLayerNetwork network = network(integrators(MembraneReadOut.LAST).build(), softmax());
    StreamedOutput stream = new StreamedOutput(network);
    stream.feed(first(2));
    assertThrows(IllegalArgumentException.class, () -> stream.feed(Nd4j.rand(1, INPUTS, 2)));
    assertSameBits(OutputOverTime.of(network, series).after(3), stream.feed(from(2, 3)).after(1));
  }

  @Test
  void shouldSayWhatMustFollowTheMembranes() {
    MultiLayerNetwork between =
        network(
            integrators(MembraneReadOut.LAST).build(),
            new DenseLayer.Builder().nOut(5).build(),
            weighted());
    assertFalse(OutputOverTime.isOf(between));
    assertRefused(
        "the read-out must come right after a LeakyReadOut",
        () -> OutputOverTime.of(between, series));
    MultiLayerNetwork course = network(integrators(MembraneReadOut.COURSE).build(), weighted());
    assertFalse(OutputOverTime.isOf(course));
    assertRefused("must answer at every step", () -> OutputOverTime.of(course, series));
    assertRefused("must answer at every step", () -> new StreamedOutput(course));
  }
}
