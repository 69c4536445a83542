package org.dl4jsnn.encode;

import static org.dl4jsnn.Messages.assertMessage;
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
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PopulationEncoderTest extends SpikeEncoderContract {

  private static final NoiseKey NOISE = NoiseKey.training(1, 2);
  private static final TuningCurves CURVES = new TuningCurves(5, 0, 6);

  /** Bohte et al., equations of section 4 with β = 1.5, for i = 1…5 and the range from 0 to 6. */
  @Test
  void shouldHaveThePublishedCentresAndWidth() {
    for (int i = 1; i <= 5; i++) {
      assertEquals((2 * i - 3) / 2.0 * 6 / 3, CURVES.centre(i - 1), 1e-12);
    }
    assertEquals(1 / 1.5 * 6 / 3, CURVES.width(), 1e-12);
  }

  @Test
  void shouldRespondAsAGaussian() {
    assertEquals(1, CURVES.response(2, 3));
    assertEquals(Math.exp(-0.5), CURVES.response(2, 3 + 4.0 / 3), 1e-12);
    double step = 1e-6;
    for (double x : new double[] {-1, 0.3, 3, 5}) {
      double numerical = (CURVES.response(1, x + step) - CURVES.response(1, x - step)) / 2 / step;
      assertEquals(numerical, CURVES.slope(1, x), 1e-8);
    }
    assertEquals(0, CURVES.slope(1, 1e200));
  }

  @Test
  void shouldGiveEachFeatureNeighbouringNeurons() {
    PopulationEncoder encoder = new PopulationEncoder(CURVES, new DirectEncoder(2, 3));
    INDArray features = Nd4j.createFromArray(new double[][][][] {{{{1, 2}}, {{3, 4}}}});
    SpikeTrain train = encoder.encode(features, NOISE);
    assertEquals(FeatureShape.image(10, 1, 2), train.shape());
    float[] currents = Spikes.of(train)[0][0];
    for (int channel = 0; channel < 2; channel++) {
      for (int neuron = 0; neuron < 5; neuron++) {
        for (int column = 0; column < 2; column++) {
          assertEquals(
              3 * CURVES.response(neuron, 1 + 2 * channel + column),
              currents[(channel * 5 + neuron) * 2 + column],
              1e-6);
        }
      }
    }
  }

  @Test
  void shouldKnowItsShapeForEveryTypeOfFeatures() {
    PopulationEncoder analog = new PopulationEncoder(CURVES, LatencyEncoder.linear(3));
    PopulationEncoder inTime = new PopulationEncoder(CURVES, new FrameEncoder());
    assertEquals(FeatureShape.vector(15), analog.shapeFor(InputType.feedForward(3)));
    assertEquals(FeatureShape.image(10, 3, 4), analog.shapeFor(InputType.convolutional(3, 4, 2)));
    assertEquals(
        FeatureShape.image(10, 3, 4), analog.shapeFor(InputType.convolutionalFlat(3, 4, 2)));
    assertEquals(FeatureShape.vector(15), inTime.shapeFor(InputType.recurrent(3, 9)));
    assertEquals(
        FeatureShape.image(10, 3, 4),
        inTime.shapeFor(InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 9, 3, 4, 2)));
    assertThrows(IllegalArgumentException.class, () -> analog.shapeFor(InputType.recurrent(3, 9)));
  }

  @Test
  void shouldLetTheOtherEncoderDecideWhatTheResponsesBecome() {
    INDArray features = Nd4j.createFromArray(new float[][] {{1.5f, 4}});
    PopulationEncoder encoder = new PopulationEncoder(CURVES, LatencyEncoder.linear(20));
    INDArray responses = encoder.responses(features);
    assertArrayEquals(
        Spikes.of(LatencyEncoder.linear(20).encode(responses, NOISE)),
        Spikes.of(encoder.encode(features, NOISE)));
  }

  /** A signal's responses at a step depend on the step alone, so pieces are those of the whole. */
  @Test
  void shouldRespondToEachStepOfASignal() {
    INDArray signal = Nd4j.linspace(0.0, 6.0, 12, DataType.FLOAT).reshape(1, 2, 6);
    PopulationEncoder encoder = new PopulationEncoder(CURVES, new FrameEncoder());
    float[][] spikes = Spikes.of(encoder.encode(signal, NOISE))[0];
    for (int step = 0; step < 6; step++) {
      for (int neuron = 0; neuron < 10; neuron++) {
        double response = CURVES.response(neuron % 5, signal.getDouble(0, neuron / 5, step));
        assertEquals(response, spikes[step][neuron], 1e-6);
      }
    }
  }

  @Test
  void shouldPassTheGradientThroughTheCurves() {
    PopulationEncoder encoder = new PopulationEncoder(CURVES, new DirectEncoder(2, 3));
    INDArray features = Nd4j.createFromArray(new double[][][][] {{{{1, 2}}, {{3.3, 4}}}});
    INDArray rateGradient = Nd4j.linspace(-1.0, 2.0, 20, DataType.DOUBLE).reshape(1, 10, 1, 2);
    INDArray gradient = Nd4j.create(DataType.DOUBLE, 1, 2, 1, 2);
    encoder.backprop(features, rateGradient.dup(), gradient);
    double step = 1e-2;
    for (int i = 0; i < 4; i++) {
      INDArray more = features.dup();
      more.putScalar(i, more.getDouble(i) + step);
      INDArray less = features.dup();
      less.putScalar(i, less.getDouble(i) - step);
      double change = loss(encoder, more, rateGradient) - loss(encoder, less, rateGradient);
      assertEquals(change / 2 / step, gradient.getDouble(i), 1e-3);
    }
  }

  private static double loss(PopulationEncoder encoder, INDArray features, INDArray rateGradient) {
    float[] totals = encoder.encode(features, NOISE).totals();
    double loss = 0;
    for (int i = 0; i < totals.length; i++) {
      loss += totals[i] / 2 * rateGradient.getDouble(i);
    }
    return loss;
  }

  @Test
  void shouldPassNoGradientWhereTheOtherEncoderDoesNot() {
    assertFalse(new PopulationEncoder(CURVES, LatencyEncoder.linear(3)).passesGradient());
    assertTrue(new PopulationEncoder(CURVES, new PoissonEncoder(3, 1)).passesGradient());
  }

  @Test
  void shouldWarnOfFeaturesThatNoNeuronCovers() {
    PopulationEncoder encoder = new PopulationEncoder(CURVES, new PoissonEncoder(3, 1));
    assertTrue(encoder.doubt(Nd4j.createFromArray(new float[][] {{0, 6, 7}})).isEmpty());
    assertTrue(
        encoder
            .doubt(Nd4j.createFromArray(new float[][] {{0, 50, -70}}))
            .orElseThrow()
            .startsWith("features should lie from 0.0 to 6.0, got 2 of 3 outside"));
  }

  @Test
  void shouldRefuseInvalidSettings() {
    assertRefused("neurons of a feature must be a whole number of at least 3, got 2", 2, 0, 1, 1);
    assertRefused("max - min must be positive and finite, got 0.0", 3, 1, 1, 1);
    assertRefused("min must be finite, got NaN", 3, Double.NaN, 1, 1);
    assertRefused("overlap must be positive and finite, got 0.0", 3, 0, 1, 0);
  }

  private static void assertRefused(String message, int m, double min, double max, double beta) {
    assertMessage(message, () -> new TuningCurves(m, min, max, beta));
  }

  private static final int NEURONS = 4;

  @Override
  protected SpikeEncoder encoder(int steps) {
    return new PopulationEncoder(new TuningCurves(NEURONS, -1, 2), new PoissonEncoder(steps, 0.6));
  }

  @Override
  protected Stream<SpikeEncoder> extremes() {
    return Stream.of(
        new PopulationEncoder(
            new TuningCurves(NEURONS, 0, 1e-30, 1e3), new PoissonEncoder(3, Double.MAX_VALUE)),
        new PopulationEncoder(new TuningCurves(NEURONS, 7, 8), LatencyEncoder.linear(9)),
        new PopulationEncoder(
            new TuningCurves(NEURONS, -1e3, 1e3, 1.0 / 3), new DirectEncoder(50, 2)));
  }

  @Override
  protected INDArray features(FeatureShape shape, Frames kind, int minibatch, int steps) {
    FeatureShape features =
        new FeatureShape(
            shape.channels() / NEURONS, shape.height(), shape.width(), shape.spatial());
    return kind.random(features, minibatch, 1, 6).reshape('c', features.arrayShape(minibatch));
  }

  /** Zero is a value like any other; no neuron covers a value that is far away. */
  @Override
  protected INDArray silence(FeatureShape shape) {
    return super.silence(shape).addi(1e30);
  }

  /** Only inference gives all samples the same noise. */
  @Override
  protected List<NoiseKey> placeless() {
    return List.of(NoiseKey.inference(3));
  }
}
