package org.dl4jsnn.encode;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.dl4jsnn.contract.Frames;
import org.dl4jsnn.contract.SpikeEncoderContract;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.internal.encode.DeltaState;
import org.dl4jsnn.internal.encode.DeltaTrains;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class DeltaEncoderTest extends SpikeEncoderContract {

  private static final NoiseKey NOISE = NoiseKey.inference(0);

  @Test
  void shouldFireOffAndOnWhereTheSignalHasMovedByTheThreshold() {
    SpikeTrain train = encode(0.5, 3, 3.25, 3.5, 3.75, 3.25, 3, 2.25, 2.25);
    assertArrayEquals(
        new float[][] {{0, 0}, {0, 0}, {0, 1}, {0, 0}, {0, 0}, {1, 0}, {1, 0}, {0, 0}},
        Spikes.of(train)[0]);
    assertTrue(train.unitSpikes());
    assertArrayEquals(new float[] {2, 1}, train.totals());
  }

  @Test
  void shouldGradeASpikeByTheThresholdsCrossedAtAStep() {
    SpikeTrain train = encode(0.5, 0, 1.75, -0.75, -0.75);
    // The reference goes to 1.5, then to -0.5.
    assertArrayEquals(new float[][] {{0, 0}, {0, 3}, {4, 0}, {0, 0}}, Spikes.of(train)[0]);
    assertFalse(train.unitSpikes());
  }

  @Test
  void shouldFollowTheSignalByLessThanAThreshold() {
    double threshold = 0.1;
    INDArray signal = walk(1, 1, 500);
    float[][] spikes = Spikes.of(new DeltaEncoder(threshold).encode(signal, NOISE))[0];
    double reference = signal.getDouble(0, 0, 0);
    for (int step = 0; step < spikes.length; step++) {
      reference += threshold * (spikes[step][1] - spikes[step][0]);
      assertTrue(
          Math.abs(signal.getDouble(0, 0, step) - reference) < threshold * (1 + 1e-9),
          "step " + step);
    }
  }

  @Test
  void shouldNotDriftInALongStream() {
    // 0.1 is not a binary fraction: a reference to which it is added twenty thousand times would
    // drift.
    double[] signal = new double[20_000];
    for (int step = 0; step < signal.length; step++) {
      signal[step] = step % 2 == 0 ? 0 : 100.05;
    }
    float[][] spikes = Spikes.of(encode(0.1, signal))[0];
    for (int step = 3; step < signal.length; step++) {
      assertArrayEquals(spikes[step - 2], spikes[step], "step " + step);
    }
    assertEquals(1000, spikes[19_999][1]);
    assertEquals(1000, spikes[19_998][0]);
  }

  @Test
  void shouldGiveEachChannelTwo() {
    DeltaEncoder encoder = new DeltaEncoder(1);
    assertEquals(FeatureShape.vector(10), encoder.shapeFor(InputType.recurrent(5, 9)));
    assertEquals(
        FeatureShape.image(4, 3, 5),
        encoder.shapeFor(InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 9, 3, 5, 2)));
    INDArray video = Nd4j.zeros(1, 2, 2, 3, 5);
    video.putScalar(new int[] {0, 1, 1, 2, 4}, 1);
    video.putScalar(new int[] {0, 0, 1, 1, 0}, -1);
    float[] step = Spikes.of(encoder.encode(video, NOISE))[0][1];
    assertEquals(1, step[3 * 15 + 2 * 5 + 4], "ON of channel 1");
    assertEquals(1, step[1 * 5], "OFF of channel 0");
    assertEquals(2, Spikes.activity(new float[][][] {{step}}));
  }

  @Test
  void shouldGiveTheSameSpikesAndStateInPieces() {
    DeltaEncoder encoder = new DeltaEncoder(0.3);
    for (INDArray signal : new INDArray[] {walk(3, 4, 40), video(2, 3, 40)}) {
      DeltaTrains.Piece whole = encoder.encode(signal, DeltaState.beforeFirstStep());
      for (int cut : new int[] {1, 17, 39}) {
        DeltaTrains.Piece first =
            encoder.encode(steps(signal, 0, cut), DeltaState.beforeFirstStep());
        DeltaTrains.Piece second = encoder.encode(steps(signal, cut, 40), first.after());
        assertArrayEquals(Spikes.of(whole.train()), Pieces.joined(first.train(), second.train()));
        assertArrayEquals(whole.train().totals(), Pieces.sum(first.train(), second.train()));
        assertEquals(whole.after(), second.after());
        assertEquals(whole.after().hashCode(), second.after().hashCode());
        assertNotEquals(DeltaState.beforeFirstStep(), first.after());
      }
    }
  }

  @Test
  void shouldNotChangeTheGivenState() {
    DeltaEncoder encoder = new DeltaEncoder(0.3);
    INDArray signal = walk(2, 3, 20);
    DeltaState before = encoder.encode(steps(signal, 0, 9), DeltaState.beforeFirstStep()).after();
    SpikeTrain once = encoder.encode(steps(signal, 9, 20), before).train();
    SpikeTrain again = encoder.encode(steps(signal, 9, 20), before).train();
    assertArrayEquals(Spikes.of(once), Spikes.of(again));
  }

  @Test
  void shouldRefuseAStreamThatContinuesWithOtherSamples() {
    DeltaEncoder encoder = new DeltaEncoder(0.3);
    DeltaState state = encoder.encode(walk(2, 3, 5), DeltaState.beforeFirstStep()).after();
    assertMessage(
        "features must continue the stream with 6 signals (samples · features), got 3",
        () -> encoder.encode(walk(1, 3, 5), state));
  }

  @Test
  void shouldRefuseAThresholdThatIsFarTooSmall() {
    assertRefused(
        IllegalArgumentException.class,
        () -> encode(Double.MIN_VALUE, 0, 1e30, 0),
        "threshold far too small");
  }

  @Test
  void shouldPassNoGradientAndTakeNoSteps() {
    DeltaEncoder encoder = new DeltaEncoder(1);
    INDArray gradient = Nd4j.ones(1, 2, 3);
    encoder.backprop(Nd4j.ones(1, 2, 3), Nd4j.ones(1, 4), gradient);
    assertEquals(Nd4j.zeros(1, 2, 3), gradient);
    assertFalse(encoder.passesGradient());
    assertThrows(IllegalArgumentException.class, () -> encoder.withSteps(5));
    assertThrows(IllegalArgumentException.class, () -> new DeltaEncoder(0));
  }

  private static SpikeTrain encode(double threshold, double... signal) {
    return new DeltaEncoder(threshold)
        .encode(Nd4j.create(signal).reshape(1, 1, signal.length), NOISE);
  }

  private static INDArray steps(INDArray signal, int from, int to) {
    return signal
        .get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, to))
        .dup('c');
  }

  private static INDArray walk(int minibatch, int signals, int steps) {
    Random random = new Random(5);
    INDArray walk = Nd4j.create(minibatch, signals, steps);
    for (int sample = 0; sample < minibatch; sample++) {
      for (int signal = 0; signal < signals; signal++) {
        double value = random.nextGaussian();
        for (int step = 0; step < steps; step++) {
          value += 0.2 * random.nextGaussian();
          walk.putScalar(new int[] {sample, signal, step}, value);
        }
      }
    }
    return walk;
  }

  private static INDArray video(int minibatch, int channels, int steps) {
    return walk(minibatch, channels, steps * 6).reshape('c', minibatch, channels, steps, 2, 3);
  }

  @Override
  protected SpikeEncoder encoder(int steps) {
    return new DeltaEncoder(0.5);
  }

  @Override
  protected Stream<SpikeEncoder> extremes() {
    return Stream.of(
        new DeltaEncoder(Double.MIN_VALUE),
        new DeltaEncoder(Double.MAX_VALUE),
        new DeltaEncoder(1.0 / 3));
  }

  @Override
  protected List<InputType> types() {
    return List.of(
        InputType.recurrent(13),
        InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 9, 3, 4, 2));
  }

  /** Half as many channels as the train, which has two for each. */
  @Override
  protected INDArray features(FeatureShape shape, Frames kind, int minibatch, int steps) {
    FeatureShape signal =
        new FeatureShape(shape.channels() / 2, shape.height(), shape.width(), shape.spatial());
    return kind.random(signal, minibatch, steps, 6);
  }
}
