package org.dl4jsnn.internal.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.internal.handover.GradientMemory;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.spike.TrainPieces;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Poolings without neurons: sums, means and maxima of windows at every step, and their backward
 * passes.
 */
class StepPoolingTest {

  private static final FeatureShape IMAGE = FeatureShape.image(3, 5, 6);
  private static final int SAMPLES = 2;
  private static final int STEPS = 7;

  private record Case(String name, StepPooling pooling, int[] kernel, int[] stride) {

    int windows() {
      return pooling.output().neurons() / IMAGE.channels();
    }

    /** Inputs of a pooled neuron, both in the order of arrays. */
    int[] inputs(int neuron) {
      int channel = neuron / windows();
      int across = (IMAGE.width() - kernel[1]) / stride[1] + 1;
      int row = neuron % windows() / across * stride[0];
      int column = neuron % windows() % across * stride[1];
      int[] inputs = new int[kernel[0] * kernel[1]];
      for (int k = 0; k < inputs.length; k++) {
        int y = row + k / kernel[1];
        int x = column + k % kernel[1];
        inputs[k] = (channel * IMAGE.height() + y) * IMAGE.width() + x;
      }
      return inputs;
    }

    float of(float[] amplitudes, int neuron) {
      double[] values = Arrays.stream(inputs(neuron)).mapToDouble(i -> amplitudes[i]).toArray();
      return switch (name.split(" ")[0]) {
        case "sum" -> (float) Arrays.stream(values).sum();
        case "mean" -> (float) Arrays.stream(values).average().orElseThrow();
        default -> (float) Arrays.stream(values).max().orElseThrow();
      };
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int[] size : new int[][] {{2, 2, 2, 2}, {3, 2, 1, 2}, {1, 3, 2, 1}, {2, 1, 3, 4}}) {
      PoolingWindows windows = windows(size);
      FeatureShape output = windows.output();
      cases.addAll(cases(Arrays.toString(size), windows, output, size));
    }
    int[] all = {IMAGE.height(), IMAGE.width(), 1, 1};
    cases.addAll(cases("global", windows(all), FeatureShape.vector(IMAGE.channels()), all));
    return cases.stream();
  }

  private static List<Case> cases(
      String name, PoolingWindows windows, FeatureShape output, int[] size) {
    int[] kernel = {size[0], size[1]};
    int[] stride = {size[2], size[3]};
    return List.of(
        new Case("sum " + name, new SumPooling(windows, output, false), kernel, stride),
        new Case("mean " + name, new SumPooling(windows, output, true), kernel, stride),
        new Case("maximum " + name, new MaximumPooling(windows, output), kernel, stride));
  }

  private static PoolingWindows windows(int[] size) {
    return GatedPoolingTest.windows(IMAGE, size[0], size[1], size[2], size[3]);
  }

  private static List<SpikeTrain> trains() {
    return List.of(
        PackedTrains.of(RandomTrains.binary(IMAGE, SAMPLES, STEPS, 1)),
        RandomTrains.signed(IMAGE, SAMPLES, STEPS, 2),
        RandomTrains.graded(IMAGE, SAMPLES, STEPS, 3),
        RandomTrains.constant(IMAGE, SAMPLES, STEPS, 4));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldPoolEveryStep(Case c) {
    for (SpikeTrain train : trains()) {
      SpikeTrain pooled = c.pooling.pool(train);
      assertEquals(c.pooling.output(), pooled.shape());
      float[][][] in = Spikes.of(train);
      float[][][] out = Spikes.of(pooled);
      float[] totals = new float[pooled.totals().length];
      for (int sample = 0; sample < SAMPLES; sample++) {
        for (int step = 0; step < STEPS; step++) {
          for (int neuron = 0; neuron < pooled.shape().neurons(); neuron++) {
            float expected = c.of(in[sample][step], neuron);
            assertEquals(expected, out[sample][step][neuron], 1e-6f);
            assertTrue(Math.abs(expected) <= pooled.amplitudeBound() + 1e-6f);
            assertTrue(!pooled.unitSpikes() || expected == 0 || expected == 1);
            totals[sample * pooled.shape().neurons() + neuron] += expected;
          }
        }
      }
      assertArrayEquals(totals, pooled.totals(), 1e-5f);
      if (c.pooling instanceof MaximumPooling) {
        assertEquals(train.unitSpikes(), pooled.unitSpikes());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldPoolTheSameInPieces(Case c) {
    for (SpikeTrain train : trains()) {
      float[][][] whole = Spikes.of(c.pooling.pool(train));
      float[][][] first = Spikes.of(c.pooling.pool(TrainPieces.of(train, 0, 3)));
      float[][][] rest = Spikes.of(c.pooling.pool(TrainPieces.of(train, 3, STEPS)));
      for (int sample = 0; sample < SAMPLES; sample++) {
        for (int step = 0; step < STEPS; step++) {
          assertArrayEquals(
              whole[sample][step], step < 3 ? first[sample][step] : rest[sample][step - 3]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldPoolRatesAsItPoolsSpikes(Case c) {
    INDArray rates = Nd4j.rand(DataType.DOUBLE, IMAGE.arrayShape(SAMPLES));
    INDArray pooled = Nd4j.create(DataType.DOUBLE, c.pooling.output().arrayShape(SAMPLES));
    c.pooling.pool(rates, pooled);
    float[] in = rates.data().asFloat();
    for (int sample = 0; sample < SAMPLES; sample++) {
      int first = sample * IMAGE.neurons();
      float[] own = Arrays.copyOfRange(in, first, first + IMAGE.neurons());
      for (int neuron = 0; neuron < c.pooling.output().neurons(); neuron++) {
        int index = sample * c.pooling.output().neurons() + neuron;
        assertEquals(c.of(own, neuron), pooled.getDouble(index), 1e-5);
      }
    }
  }

  /** Differences of ⟨gradient, pooled rates⟩, which is piecewise linear. */
  @ParameterizedTest
  @MethodSource("cases")
  void shouldSendGradientsOfRatesBack(Case c) {
    long[] pooledShape = c.pooling.output().arrayShape(SAMPLES);
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      INDArray rates = Nd4j.rand(DataType.DOUBLE, IMAGE.arrayShape(SAMPLES));
      INDArray gradient = Nd4j.rand(DataType.DOUBLE, pooledShape);
      INDArray actual =
          c.pooling.backprop(
              rates.castTo(type), gradient.castTo(type), LayerWorkspaceMgr.noWorkspaces());
      double h = 1e-6;
      for (int i = 0; i < rates.length(); i += 7) {
        double value = rates.getDouble(i);
        rates.putScalar(i, value + h);
        double above = along(c, rates, gradient);
        rates.putScalar(i, value - h);
        double below = along(c, rates, gradient);
        rates.putScalar(i, value);
        assertEquals((above - below) / (2 * h), actual.getDouble(i), 1e-5);
      }
    }
  }

  private static double along(Case c, INDArray rates, INDArray gradient) {
    INDArray pooled = Nd4j.create(DataType.DOUBLE, gradient.shape());
    c.pooling.pool(rates, pooled);
    return pooled.mul(gradient).sumNumber().doubleValue();
  }

  /**
   * At every step the gradient in time takes the way that it would take if the step's amplitudes
   * were rates.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void shouldSendGradientsInTimeBack(Case c) {
    SpikeTrain train = RandomTrains.graded(IMAGE, SAMPLES, STEPS, 3);
    FeatureShape output = c.pooling.output();
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      SpikeGradient gradient =
          new SpikeGradient(new GradientMemory(), output, SAMPLES, STEPS, type);
      gradient.values().assign(Nd4j.rand(type, gradient.values().shape()));
      SpikeGradient passed = c.pooling.backprop(train, gradient);
      INDArray frames = DenseFrames.of(train, 0, SAMPLES, 0, STEPS, type);
      if (c.pooling instanceof SumPooling) {
        INDArray expected =
            c.pooling.backprop(frames, gradient.values(), LayerWorkspaceMgr.noWorkspaces());
        assertTrue(expected.equalsWithEps(passed.values(), 1e-5));
      } else {
        // ⟨gradient, pooled⟩ = ⟨passed, spikes⟩ for a maximum, too.
        INDArray pooled = DenseFrames.of(c.pooling.pool(train), 0, SAMPLES, 0, STEPS, type);
        assertEquals(
            gradient.values().mul(pooled).sumNumber().doubleValue(),
            passed.values().mul(frames).sumNumber().doubleValue(),
            1e-3);
      }
    }
  }
}
