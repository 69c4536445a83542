package org.dl4jsnn.asf;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.gradient.BackpropRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Rate-based rules under truncated backpropagation through time: the flow of each piece alone. */
class FlowOfPiecesTest {

  private static final int STEPS = 12;
  private static final int SAMPLES = 4;

  private final INDArray series =
      Nd4j.rand(5L, new long[] {SAMPLES, 6, STEPS}).gt(0.5).castTo(DataType.FLOAT);
  private final INDArray labels = Nd4j.rand(6L, new long[] {SAMPLES, 2});

  static Stream<BackpropRule> rules() {
    return Stream.of(new AsfBackprop(), new RateBackprop());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldLearnAsFromTheWholeWindowWhereThePieceIsTheWindow(BackpropRule rule) {
    ComputationGraph whole = graph(rule, builder -> {});
    ComputationGraph piece = graph(rule, truncated(STEPS));
    for (int i = 0; i < 3; i++) {
      whole.fit(new DataSet(series, labels));
      piece.fit(new DataSet(series, labels));
      // Up to rounding: a piece keeps no record of its flow, which then comes from the weights.
      assertEquals(whole.params(), piece.params());
    }
  }

  /** The first piece is a complete window. */
  @ParameterizedTest
  @MethodSource("rules")
  void shouldLearnFromTheFlowOfEachPieceAlone(BackpropRule rule) {
    ComputationGraph pieces = graph(rule, truncated(4));
    pieces.fit(new DataSet(series, labels));
    assertEquals(3, pieces.getIterationCount());
    ComputationGraph byHand = graph(rule, builder -> {});
    byHand.fit(new DataSet(firstSteps(), labels));
    ComputationGraph first = graph(rule, truncated(4));
    first.fit(new DataSet(firstSteps(), labels));
    assertSameBits(byHand.params(), first.params());
    ComputationGraph whole = graph(rule, builder -> {});
    whole.fit(new DataSet(series, labels));
    assertNotEquals(whole.params(), pieces.params());
  }

  /**
   * The last piece alone learns. Before it, a single spike charges the membrane with its weight, so
   * a network whose membrane starts there must learn the same from that piece.
   */
  @ParameterizedTest
  @MethodSource("rules")
  void shouldLearnFromTheFlowOfALaterPieceAlone(BackpropRule rule) {
    SpikingDense.Builder neuron = new SpikingDense.Builder().nOut(1).threshold(0.5).backprop(rule);
    Map<Integer, Double> rates = Map.of(0, 0.0, 1, 0.0, 2, 0.1);
    ComputationGraph pieces =
        graph(
            neuron.build(), new Sgd(new MapSchedule(ScheduleType.ITERATION, rates)), truncated(4));
    INDArray weights = pieces.getLayer("dense").getParam("W");
    weights.assign(Nd4j.create(new float[] {0.375f, 0.25f, -0.125f, 0.25f, 0.125f, 0.5f}, 6, 1));
    INDArray last = steps(8, STEPS).get(point(0), all(), all()).reshape(1, 6, 4);
    INDArray window = Nd4j.zeros(1, 6, STEPS);
    window.putScalar(0, 0, 2, 1);
    window.put(new INDArrayIndex[] {all(), all(), interval(8, STEPS)}, last);
    INDArray label = labels.getRow(0, true);
    // Every piece also moves the slope of ASF-BP.
    ComputationGraph silent = graph(neuron.build(), new Sgd(0), truncated(4));
    silent.setParams(pieces.params().dup());
    silent.fit(new DataSet(window.get(all(), all(), interval(0, 8)).dup('c'), label));
    pieces.fit(new DataSet(window, label));

    neuron.initialMembrane(0.375);
    ComputationGraph charged = graph(neuron.build(), new Sgd(0.1), builder -> {});
    charged.setParams(silent.params().dup());
    charged.fit(new DataSet(last, label));
    assertNotEquals(silent.params(), charged.params());
    assertEquals(charged.params(), pieces.params());
  }

  private INDArray steps(int from, int to) {
    return series.get(all(), all(), interval(from, to)).dup('c');
  }

  private INDArray firstSteps() {
    return steps(0, 4);
  }

  private static Consumer<ComputationGraphConfiguration.GraphBuilder> truncated(int steps) {
    return builder -> builder.backpropType(BackpropType.TruncatedBPTT).tBPTTLength(steps);
  }

  private static ComputationGraph graph(
      BackpropRule rule, Consumer<ComputationGraphConfiguration.GraphBuilder> settings) {
    SpikingDense neurons = new SpikingDense.Builder().nOut(8).threshold(0.5).backprop(rule).build();
    return graph(neurons, new Sgd(0.1), settings);
  }

  private static ComputationGraph graph(
      SpikingDense neurons,
      IUpdater updater,
      Consumer<ComputationGraphConfiguration.GraphBuilder> settings) {
    ComputationGraphConfiguration.GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .updater(updater)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.recurrent(6))
            .addLayer("encoding", SpikeEncoding.frames().build(), "in")
            .addLayer("dense", neurons, "encoding")
            .addLayer("out", Networks.linear(2), "dense")
            .setOutputs("out");
    settings.accept(builder);
    return Networks.of(builder.build());
  }
}
