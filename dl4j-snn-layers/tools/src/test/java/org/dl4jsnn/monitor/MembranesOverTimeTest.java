package org.dl4jsnn.monitor;

import static org.dl4jsnn.Refusals.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Answers after every step of networks that end in a LeakyReadOut. */
class MembranesOverTimeTest {

  private static final int STEPS = 11;
  private static final int INPUTS = 6;
  private static final int CLASSES = 4;

  private final INDArray series = Nd4j.rand(7L, new long[] {3, INPUTS, STEPS}).muli(2);

  private static MultiLayerNetwork network(Layer... end) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .list()
            .layer(SpikeEncoding.frames().build())
            .layer(new SpikingDense.Builder().nOut(12).threshold(0.5).build())
            .layer(new SpikingRecurrent.Builder().nOut(12).threshold(0.5).build());
    Stream.of(end).forEach(list::layer);
    return Networks.of(list.setInputType(InputType.recurrent(INPUTS, STEPS)).build());
  }

  private static LeakyReadOut.Builder integrators(MembraneReadOut reads) {
    return new LeakyReadOut.Builder().nOut(CLASSES).leak(0.9).hasBias(true).reads(reads);
  }

  private static LossLayer softmax() {
    return new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build();
  }

  private static OutputLayer weighted() {
    return new OutputLayer.Builder(new LossL2()).nOut(3).activation(Activation.IDENTITY).build();
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
    return series
        .get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(first, end))
        .dup();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void shouldAnswerAsTheNetworkDoesForSoManySteps(String name, MultiLayerNetwork network) {
    assertTrue(OutputOverTime.isOf(network));
    OutputOverTime answers = OutputOverTime.of(network, series);
    RecordedTrains trains = RecordedTrains.of(network, series);
    OutputOverTime ofTrains = OutputOverTime.of(network, trains);
    assertEquals(STEPS, answers.steps());
    for (int steps = 1; steps <= STEPS; steps++) {
      assertSameBits(network.output(first(steps)), answers.after(steps));
      assertSameBits(answers.after(steps), ofTrains.after(steps));
    }
    assertArrayEquals(network.output(series).argMax(1).toIntVector(), answers.classes(STEPS));
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
    assertEquals(STEPS, stream.steps());
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
      for (int step = 0; step < STEPS; step++) {
        INDArray expected =
            course.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(step)).dup('c');
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
