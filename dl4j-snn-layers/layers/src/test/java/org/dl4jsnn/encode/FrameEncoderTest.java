package org.dl4jsnn.encode;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.dl4jsnn.contract.Frames;
import org.dl4jsnn.contract.SpikeEncoderContract;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FrameEncoderTest extends SpikeEncoderContract {

  private static final NoiseKey NOISE = NoiseKey.inference(0);
  private final FrameEncoder encoder = new FrameEncoder();

  @Test
  void shouldTakeTheValueOfAStepAsItsCurrent() {
    INDArray frames = Nd4j.zeros(2, 3, 4, 2, 2);
    frames.putScalar(new int[] {1, 2, 3, 0, 1}, -2.5);
    frames.putScalar(new int[] {1, 0, 3, 1, 0}, 4);
    SpikeTrain train = encoder.encode(frames, NOISE);
    assertFalse(train.unitSpikes());
    assertEquals(FeatureShape.image(3, 2, 2), train.shape());
    assertEquals(4, train.steps());
    SpikeEvents events = new SpikeEvents(FeatureShape.image(3, 2, 2));
    train.read(1, 3, events);
    assertEquals(2, events.size());
    assertEquals(1 * 3 + 2, events.neuron(0));
    assertEquals(-2.5f, events.amplitude(0));
    assertEquals(2 * 3, events.neuron(1));
    assertEquals(4, events.amplitude(1));
    train.read(1, 2, events);
    assertEquals(0, events.size());
    float[] totals = new float[24];
    totals[12 + 2 * 4 + 1] = -2.5f;
    totals[12 + 2] = 4;
    assertArrayEquals(totals, train.totals());
  }

  @Test
  void shouldTreatFramesOfZerosAndOnesAsOrdinarySpikes() {
    INDArray frames = Nd4j.zeros(1, 70, 3);
    frames.putScalar(new int[] {0, 69, 2}, 1);
    SpikeTrain train = encoder.encode(frames, NOISE);
    assertTrue(train.unitSpikes());
    SpikeEvents events = new SpikeEvents(FeatureShape.vector(70));
    train.read(0, 2, events);
    assertEquals(1, events.size());
    assertEquals(69, events.neuron(0));
  }

  @Test
  void shouldKnowItsShape() {
    assertEquals(FeatureShape.vector(5), encoder.shapeFor(InputType.recurrent(5, 9)));
    assertEquals(
        FeatureShape.image(2, 3, 4),
        encoder.shapeFor(InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 9, 3, 4, 2)));
  }

  @Test
  void shouldRefuseFeaturesWithoutATimeAxis() {
    assertRefused(
        IllegalArgumentException.class,
        () -> encoder.encode(Nd4j.zeros(1, 2, 3, 4), NOISE),
        "[minibatch, channels, T, height, width]");
    assertThrows(IllegalArgumentException.class, () -> encoder.shapeFor(InputType.feedForward(3)));
  }

  @Test
  void shouldRefuseFeaturesWhoseSumLeavesSinglePrecision() {
    INDArray frames = Nd4j.zeros(2, 3, 4);
    frames.putScalar(new int[] {1, 2, 0}, 3e38);
    frames.putScalar(new int[] {1, 2, 3}, 3e38);
    assertMessage(
        "amplitudes summed over the window must be finite in single precision, got Infinity in"
            + " sample 1 at index 2. Possible cause: features that are not normalised",
        () -> encoder.encode(frames, NOISE));
  }

  @Test
  void shouldSpreadTheGradientEvenlyOverTheSteps() {
    INDArray frames = Nd4j.zeros(1, 2, 4);
    INDArray gradient = Nd4j.create(1, 2, 4);
    encoder.backprop(frames, Nd4j.createFromArray(new float[][] {{4, 8}}), gradient);
    assertEquals(1, gradient.getDouble(0, 0, 3));
    assertEquals(2, gradient.getDouble(0, 1, 0));
  }

  @Override
  protected SpikeEncoder encoder(int steps) {
    return new FrameEncoder();
  }

  @Override
  protected Stream<SpikeEncoder> extremes() {
    return Stream.of(new FrameEncoder());
  }

  @Override
  protected List<InputType> types() {
    return List.of(
        InputType.recurrent(13),
        InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 9, 3, 4, 2));
  }

  @Override
  protected INDArray features(FeatureShape shape, Frames kind, int minibatch, int steps) {
    return kind.random(shape, minibatch, steps, 6);
  }
}
