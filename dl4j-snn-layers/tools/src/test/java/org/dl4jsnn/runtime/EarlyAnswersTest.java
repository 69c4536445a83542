package org.dl4jsnn.runtime;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.runtime.SameAsLibrary.events;
import static org.dl4jsnn.runtime.SameAsLibrary.model;
import static org.dl4jsnn.runtime.SameAsLibrary.sample;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.monitor.EarlyAnswers;
import org.dl4jsnn.monitor.ExitCalibration;
import org.dl4jsnn.monitor.OutputOverTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;

/** An early answer is that of a window which ends there, in the runtime and in the library. */
class EarlyAnswersTest {

  private static final int SAMPLES = 5;

  /** A lead that no network reaches, so that every step runs by itself. */
  private static final EarlyExit UNREACHED = EarlyExit.lead(1e9);

  /** Sure after so many steps, which run at once, whatever the outputs. */
  private static EarlyExit after(int steps) {
    return EarlyExit.lead(0).notBefore(steps);
  }

  @ParameterizedTest
  @EnumSource
  void shouldAnswerAsAWindowThatEndsThere(ExportedNetwork exported) throws IOException {
    NeuralNetwork network = exported.network();
    SpikingModel model = model(RuntimeExport.inSinglePrecision(), network);
    INDArray features = exported.features(1, 5);
    float[] sample = sample(features, 0);
    Answer whole = model.run(sample);
    for (int steps : new int[] {1, 3, whole.steps()}) {
      EarlyExit exit = steps < whole.steps() ? after(steps) : UNREACHED;
      Answer early = model.run(exit, sample);
      assertEquals(steps, early.steps());
      assertEquals(whole.layers(), early.layers());
      for (String layer : whole.layers()) {
        List<?> expected = events(whole.spikes(layer), 0, 0, steps);
        assertEquals(expected, events(early.spikes(layer), 0, 0, steps), layer);
        assertEquals(steps, early.spikes(layer).steps());
      }
      SpikingStream stream = model.stream();
      stream.step(sample); // so that it does not begin at rest
      SpikingStream shorter = model.stream();
      shorter.restore(stream.toBytes());
      Answer piece = stream.step(exit, sample);
      assertEquals(steps, piece.steps());
      assertEquals(whole.steps() + steps, stream.steps());
      if (steps == whole.steps()) {
        assertArrayEquals(whole.outputs(), early.outputs(), 0);
        assertSame(piece, stream, shorter.step(sample), shorter);
      } else if (model.hasTimeAxis()) {
        INDArray first = features.get(all(), all(), interval(0, steps));
        assertArrayEquals(model.run(HostArrays.floats(first)).outputs(), early.outputs(), 0);
        assertSame(piece, stream, shorter.step(HostArrays.floats(first)), shorter);
      } else if (!exported.name().contains("LATENCY")) { // which depends on T
        SpikingModel short1 = model(RuntimeExport.inSinglePrecision(), changed(network, steps));
        assertArrayEquals(short1.run(sample).outputs(), early.outputs(), 0);
        SpikingStream other = short1.stream();
        other.restore(shorter.toBytes());
        assertSame(piece, stream, other.step(sample), other);
      }
    }
  }

  private static NeuralNetwork changed(NeuralNetwork network, int steps) {
    return network instanceof ComputationGraph graph
        ? TimeSteps.change(graph, steps)
        : TimeSteps.change((MultiLayerNetwork) network, steps);
  }

  private static void assertSame(
      Answer piece, SpikingStream stream, Answer expected, SpikingStream expectedStream) {
    assertArrayEquals(expected.outputs(), piece.outputs(), 0);
    assertEquals(expected.decision(), piece.decision());
    assertArrayEquals(expectedStream.toBytes(), stream.toBytes());
    assertArrayEquals(expectedStream.outputsSoFar(), stream.outputsSoFar(), 0);
  }

  @ParameterizedTest
  @EnumSource
  void shouldLetSamplesLeaveTheMinibatch(ExportedNetwork exported) {
    NeuralNetwork network = exported.network();
    INDArray features = exported.features(SAMPLES, 6);
    if (!OutputOverTime.isOf(network)) {
      assertBegins(
          "the read-out must come right", () -> EarlyAnswers.of(network, after(1), features));
      return;
    }
    Networks.step(network, exported.features(2, 7)); // a stream under way
    StreamState stream = StreamState.of(network);
    double[][][] expected = expected(network, features);
    // About half of the samples are sure after the second step.
    double[] leads =
        IntStream.range(0, SAMPLES)
            .mapToDouble(i -> EarlyExit.Measure.LEAD.of(expected[i][1]))
            .sorted()
            .toArray();
    EarlyExit exit = EarlyExit.lead(leads[SAMPLES / 2]).notBefore(2);
    EarlyAnswers answers = EarlyAnswers.of(network, exit, features);
    double[][] outputs = answers.outputs().castTo(DataType.DOUBLE).toDoubleMatrix();
    for (int i = 0; i < SAMPLES; i++) {
      double[][] ofSteps = expected[i];
      int steps =
          IntStream.rangeClosed(1, ofSteps.length)
              .filter(k -> k == ofSteps.length || exit.isSure(k, ofSteps[k - 1]))
              .findFirst()
              .orElseThrow();
      assertEquals(steps, answers.steps()[i], "sample " + i);
      assertArrayEquals(ofSteps[steps - 1], outputs[i], 1e-7, "sample " + i);
      INDArray alone = features.get(interval(i, i + 1)).dup();
      assertEquals(steps, EarlyAnswers.of(network, exit, alone).steps()[0], "alone " + i);
    }
    assertEquals(stream, StreamState.of(network));
    assertEvaluation(network, exit, features, answers);
  }

  private static void assertEvaluation(
      NeuralNetwork network, EarlyExit exit, INDArray features, EarlyAnswers answers) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, SAMPLES, answers.outputs().size(1));
    int[] classes = answers.classes();
    for (int i = 1; i < SAMPLES; i++) { // the first label is wrong
      labels.putScalar(i, classes[i], 1);
    }
    labels.putScalar(0, (classes[0] + 1) % labels.size(1), 1);
    DataSet data = new DataSet(features, labels);
    ExitCalibration table = ExitCalibration.of(network, new ViewIterator(data, 2));
    assertEquals(1 - 1.0 / SAMPLES, table.accuracy(exit), 1e-9);
    double mean = Arrays.stream(answers.steps()).average().orElseThrow();
    assertEquals(mean, table.meanSteps(exit), 1e-9);
    EarlyAnswers.Evaluated evaluated =
        EarlyAnswers.evaluate(network, exit, new ViewIterator(data, 2));
    assertEquals(1 - 1.0 / SAMPLES, evaluated.evaluation().accuracy(), 1e-9);
    assertEquals(mean, evaluated.meanSteps(), 1e-9);
    assertTrue(evaluated.additions() <= evaluated.windowAdditions() + 1e-6);
    for (EarlyExit all : List.of(EarlyExit.never(), UNREACHED)) {
      evaluated = EarlyAnswers.evaluate(network, all, new ViewIterator(data, 2));
      assertEquals(evaluated.windowAdditions(), evaluated.additions(), 1e-6);
    }
  }

  /** The outputs of every sample after every step; of a course their means. */
  private static double[][][] expected(NeuralNetwork network, INDArray features) {
    OutputOverTime over = OutputOverTime.of(network, features);
    boolean isCourse = !Arrays.equals(outputShape(network, features), over.after(1).shape());
    double[][][] expected = new double[SAMPLES][over.steps()][];
    List<double[][]> before = new ArrayList<>();
    for (int steps = 1; steps <= over.steps(); steps++) {
      before.add(over.after(steps).castTo(DataType.DOUBLE).toDoubleMatrix());
      for (int i = 0; i < SAMPLES; i++) {
        double[] row = before.get(steps - 1)[i].clone();
        for (int j = 0; isCourse && j < row.length; j++) {
          int sample = i;
          int output = j;
          row[j] = before.stream().mapToDouble(all -> all[sample][output]).sum() / steps;
        }
        expected[i][steps - 1] = row;
      }
    }
    return expected;
  }

  private static long[] outputShape(NeuralNetwork network, INDArray features) {
    return network instanceof ComputationGraph graph
        ? graph.outputSingle(features).shape()
        : ((MultiLayerNetwork) network).output(features).shape();
  }
}
