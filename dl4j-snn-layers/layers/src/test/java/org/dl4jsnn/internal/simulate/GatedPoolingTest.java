package org.dl4jsnn.internal.simulate;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.handover.GradientMemory;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.GatedMaximum.Pooled;
import org.dl4jsnn.internal.host.RunningFlow;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.spike.TrainPieces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Maxima of the flows of windows, in pieces, and their backward passes. */
class GatedPoolingTest {

  private static final FeatureShape IMAGE = FeatureShape.image(35, 5, 6);
  private static final int SAMPLES = 2;
  private static final int STEPS = 17;

  static Stream<GatedPooling> poolings() {
    PoolingWindows all = windows(5, 6, 1, 1);
    return Stream.of(
        gated(windows(2, 2, 2, 2)),
        gated(windows(3, 2, 1, 2)),
        gated(windows(1, 3, 2, 1)),
        gated(windows(2, 1, 3, 4)),
        new GatedPooling(all, FeatureShape.vector(IMAGE.channels())));
  }

  private static GatedPooling gated(PoolingWindows windows) {
    return new GatedPooling(windows, windows.output());
  }

  private static PoolingWindows windows(int rows, int columns, int down, int right) {
    return windows(IMAGE, rows, columns, down, right);
  }

  static PoolingWindows windows(FeatureShape image, int rows, int columns, int down, int right) {
    return new PoolingWindows(
        new Window2D(
            new Window2D.Axis(rows, down, 0, 1, false),
            new Window2D.Axis(columns, right, 0, 1, false)),
        image);
  }

  private static List<SpikeTrain> trains() {
    return List.of(
        PackedTrains.of(RandomTrains.binary(IMAGE, SAMPLES, STEPS, 1)),
        RandomTrains.sparse(IMAGE, SAMPLES, STEPS, 5),
        RandomTrains.signed(IMAGE, SAMPLES, STEPS, 2),
        RandomTrains.graded(IMAGE, SAMPLES, STEPS, 3),
        RandomTrains.constant(IMAGE, SAMPLES, STEPS, 4));
  }

  /** The inputs of a pooled neuron, in order of position and channel. */
  private static int[] inputs(GatedPooling pooling, int neuron) {
    PoolingGeometry geometry = new PoolingGeometry(pooling.windows());
    int channels = IMAGE.channels();
    int[] inputs = new int[geometry.windowSize()];
    for (int place = 0; place < inputs.length; place++) {
      inputs[place] = geometry.input(neuron / channels, place) * channels + neuron % channels;
    }
    return inputs;
  }

  private static double largest(double[] flow, int[] inputs) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int input : inputs) {
      largest = Math.max(largest, flow[input]);
    }
    return largest;
  }

  /** Amplitudes are multiples of a power of two, so that sums are exact. */
  @ParameterizedTest
  @MethodSource("poolings")
  void shouldHaveTheLargestFlowOfTheWindowAfterEveryStep(GatedPooling pooling) {
    for (SpikeTrain train : trains()) {
      SpikeTrain pooled = pooling.pool(RunningFlow.atStart(), train).spikes();
      assertEquals(pooling.output(), pooled.shape());
      float[][][] in = Spikes.of(train);
      float[][][] out = Spikes.of(pooled);
      for (int sample = 0; sample < SAMPLES; sample++) {
        for (int neuron = 0; neuron < pooled.shape().neurons(); neuron++) {
          int[] inputs = inputs(pooling, neuron);
          double[] flow = new double[IMAGE.neurons()];
          double passed = 0;
          for (int step = 0; step < STEPS; step++) {
            for (int input : inputs) {
              flow[input] += in[sample][step][IMAGE.arrayIndex(input)];
            }
            passed += out[sample][step][pooled.shape().arrayIndex(neuron)];
            assertEquals(largest(flow, inputs), passed, "step " + step);
          }
        }
      }
    }
  }

  /**
   * Two neurons that fire in turn have the same rate, and so has the train that passes: never twice
   * as much.
   */
  @Test
  void shouldPassOneOfTwoThatFireInTurn() {
    FeatureShape pair = FeatureShape.image(1, 1, 2);
    for (int first = 0; first < 2; first++) {
      float[][] frames = new float[12][];
      for (int step = 0; step < frames.length; step++) {
        frames[step] = step % 2 == first ? new float[] {1, 0} : new float[] {0, 1};
      }
      PoolingWindows windows = windows(pair, 1, 2, 1, 2);
      SpikeTrain train = PackedTrains.of(train(pair, frames));
      Pooled pooled = gated(windows).pool(RunningFlow.atStart(), train);
      assertArrayEquals(new float[] {6}, pooled.spikes().totals());
      // Without the gate both pass.
      assertArrayEquals(
          new float[] {12}, new MaximumPooling(windows, windows.output()).pool(train).totals());
    }
  }

  private static SpikeTrain train(FeatureShape pair, float[][] frames) {
    float[] spikes = new float[2 * frames.length];
    for (int i = 0; i < spikes.length; i++) {
      spikes[i] = frames[i / 2][i % 2];
    }
    INDArray films = Nd4j.createFromArray(spikes).reshape(1, 1, frames.length, 1, 2);
    return frames(films);
  }

  @Test
  void shouldPassOrdinarySpikesAsOrdinarySpikes() {
    GatedPooling pooling = gated(windows(2, 2, 2, 2));
    for (SpikeTrain train : trains().subList(0, 2)) {
      SpikeTrain pooled = pooling.pool(RunningFlow.atStart(), train).spikes();
      assertTrue(pooled instanceof BinarySpikeTrain && pooled.unitSpikes());
    }
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void shouldPoolTheSameInPieces(GatedPooling pooling) {
    for (SpikeTrain train : trains()) {
      Pooled whole = pooling.pool(RunningFlow.atStart(), train);
      float[][][] expected = Spikes.of(whole.spikes());
      RunningFlow flow = RunningFlow.atStart();
      int[] ends = {1, 2, 9, STEPS};
      int first = 0;
      for (int end : ends) {
        Pooled piece = pooling.pool(flow, TrainPieces.of(train, first, end));
        flow = piece.end();
        float[][][] actual = Spikes.of(piece.spikes());
        for (int sample = 0; sample < SAMPLES; sample++) {
          for (int step = first; step < end; step++) {
            assertArrayEquals(expected[sample][step], actual[sample][step - first]);
          }
        }
        first = end;
      }
      assertEquals(whole.end(), flow);
    }
  }

  /**
   * ⟨gradient, pooled⟩ = ⟨passed, spikes⟩ for a derivative, since twice the spikes pass twice as
   * much (Euler).
   */
  @ParameterizedTest
  @MethodSource("poolings")
  void shouldSendGradientsInTimeToTheSpikesThatMadeThemPass(GatedPooling pooling) {
    for (SpikeTrain train : trains()) {
      for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
        SpikeGradient gradient = gradient(pooling, train.steps(), type);
        SpikeGradient passed = pooling.backprop(RunningFlow.atStart(), train, gradient);
        SpikeTrain spikes = pooling.pool(RunningFlow.atStart(), train).spikes();
        INDArray in = DenseFrames.of(train, 0, SAMPLES, 0, train.steps(), type);
        INDArray out = DenseFrames.of(spikes, 0, SAMPLES, 0, train.steps(), type);
        double precision = type == DataType.DOUBLE ? 1e-12 : 1e-5;
        double expected = gradient.values().mul(out).sumNumber().doubleValue();
        assertEquals(
            expected,
            passed.values().mul(in).sumNumber().doubleValue(),
            precision * gradient.values().mul(out).norm1Number().doubleValue());
      }
    }
  }

  /** Graded amplitudes, of which no two sums are equal. */
  @Test
  void shouldBeTheDerivativeOfWhatPasses() {
    FeatureShape four = FeatureShape.image(1, 2, 2);
    GatedPooling pooling = gated(windows(four, 2, 2, 2, 2));
    int steps = 6;
    Nd4j.getRandom().setSeed(4);
    INDArray amplitudes = Nd4j.rand(DataType.FLOAT, 1, 1, steps, 2, 2).subi(0.3);
    SpikeGradient gradient =
        new SpikeGradient(new GradientMemory(), pooling.output(), 1, steps, DataType.DOUBLE);
    gradient.values().assign(Nd4j.rand(DataType.DOUBLE, gradient.values().shape()).subi(0.4));
    SpikeGradient passed = pooling.backprop(RunningFlow.atStart(), frames(amplitudes), gradient);
    int changes = 0;
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < 4; i++) {
        double numeric = 0;
        for (int sign = -1; sign <= 1; sign += 2) {
          INDArray moved = amplitudes.dup();
          double value = moved.getDouble(0, 0, step, i / 2, i % 2) + sign / 1024.0;
          moved.putScalar(new int[] {0, 0, step, i / 2, i % 2}, value);
          SpikeTrain out = pooling.pool(RunningFlow.atStart(), frames(moved)).spikes();
          INDArray spikes = DenseFrames.of(out, 0, 1, 0, steps, DataType.DOUBLE);
          numeric += sign * 512 * gradient.values().mul(spikes).sumNumber().doubleValue();
        }
        double actual = row(passed, 0, step).getDouble(i);
        assertEquals(numeric, actual, 2e-3, "step " + step + ", input " + i);
        boolean isOfStep = actual == 0 || actual == row(gradient, 0, step).getDouble(0);
        changes += isOfStep ? 0 : 1;
      }
    }
    assertTrue(changes > 0, "the lead never changes");
  }

  private static SpikeTrain frames(INDArray films) {
    return SpikeEncoder.frames().encode(films, NoiseKey.training(1, 0));
  }

  @Test
  void shouldGoOnWithTheFlowInTheBackwardPass() {
    GatedPooling pooling = gated(windows(2, 2, 2, 2));
    SpikeTrain train = trains().get(0);
    SpikeGradient gradient = gradient(pooling, STEPS, DataType.DOUBLE);
    SpikeGradient whole = pooling.backprop(RunningFlow.atStart(), train, gradient);
    RunningFlow flow = pooling.pool(RunningFlow.atStart(), TrainPieces.of(train, 0, 9)).end();
    SpikeGradient rest =
        new SpikeGradient(
            new GradientMemory(), pooling.output(), SAMPLES, STEPS - 9, DataType.DOUBLE);
    for (int sample = 0; sample < SAMPLES; sample++) {
      for (int step = 9; step < STEPS; step++) {
        row(rest, sample, step - 9).assign(row(gradient, sample, step));
      }
    }
    SpikeGradient piece = pooling.backprop(flow, TrainPieces.of(train, 9, STEPS), rest);
    for (int sample = 0; sample < SAMPLES; sample++) {
      for (int step = 9; step < STEPS; step++) {
        assertEquals(row(whole, sample, step), row(piece, sample, step - 9));
      }
    }
  }

  private static INDArray row(SpikeGradient gradient, int sample, int step) {
    return gradient.values().slice(gradient.row(sample, step));
  }

  private static SpikeGradient gradient(GatedPooling pooling, int steps, DataType type) {
    SpikeGradient gradient =
        new SpikeGradient(new GradientMemory(), pooling.output(), SAMPLES, steps, type);
    gradient.values().assign(Nd4j.rand(type, gradient.values().shape()));
    return gradient;
  }

  /** The way of maxima of rates, where the flow is T times the rates. */
  @ParameterizedTest
  @MethodSource("poolings")
  void shouldSendGradientsOfRatesToTheLargestRate(GatedPooling pooling) {
    for (SpikeTrain train : trains()) {
      RunningFlow end = pooling.pool(RunningFlow.atStart(), train).end();
      INDArray rates =
          Nd4j.createFromArray(train.totals()).div(STEPS).reshape(IMAGE.arrayShape(SAMPLES));
      INDArray gradient = Nd4j.rand(DataType.FLOAT, pooling.output().arrayShape(SAMPLES));
      LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
      assertEquals(
          new MaximumPooling(pooling.windows(), pooling.output()).backprop(rates, gradient, none),
          pooling.backprop(end, gradient, none));
    }
  }

  @Test
  void shouldRefuseTheFlowOfOtherInputs() {
    GatedPooling pooling = gated(windows(2, 2, 2, 2));
    RunningFlow flow = RunningFlow.of(IMAGE, new double[3][IMAGE.neurons()]);
    assertMessage(
        "state must be one of 2 samples of 35×5×6 inputs, got one of 3 samples of 35×5×6"
            + " inputs. Possible cause: it belongs to another layer or minibatch;"
            + " rnnClearPreviousState() starts a new stream",
        () -> pooling.pool(flow, trains().get(0)));
  }

  /** Half a spike, then a whole one beside it: the maximum rises by a half. */
  @Test
  void shouldPassARiseThatFractionsBeforeMadeSmaller() {
    FeatureShape pair = FeatureShape.image(1, 1, 2);
    GatedPooling pooling = gated(windows(pair, 1, 2, 1, 2));
    SpikeTrain half = train(pair, new float[][] {{0.5f, 0}});
    SpikeTrain whole = PackedTrains.of(train(pair, new float[][] {{0, 1}}));
    RunningFlow after = pooling.pool(RunningFlow.atStart(), half).end();
    assertArrayEquals(new float[] {0.5f}, pooling.pool(after, whole).spikes().totals());
    RunningFlow wholes = pooling.pool(RunningFlow.atStart(), whole).end();
    assertTrue(pooling.pool(wholes, whole).spikes().unitSpikes());
  }
}
