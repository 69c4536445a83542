package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.encode.LatencyEncoder;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.encode.TuningCurves;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.neuron.Reset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Latency, delta and population coding as settings of an encoding, in networks that learn. */
class TimeCodesTest {

  private static final int STEPS = 12;

  /**
   * Rates of latency coding are the same for all features, so rate-based rules cannot learn there.
   */
  static Stream<Arguments> cases() {
    BackpropRule inTime = new SpatioTemporalBackprop();
    List<BackpropRule> rules = List.of(new AsfBackprop(), new RateBackprop(), inTime);
    return Stream.of(
            Stream.of(
                Arguments.of(SpikeEncoding.latency(STEPS).build(), inTime),
                Arguments.of(SpikeEncoding.logarithmicLatency(STEPS).build(), inTime),
                Arguments.of(SpikeEncoding.latency(STEPS).population(6, 0, 1).build(), inTime)),
            rules.stream().map(rule -> Arguments.of(SpikeEncoding.delta(0.1).build(), rule)),
            rules.stream()
                .map(
                    rule ->
                        Arguments.of(
                            SpikeEncoding.poisson(STEPS).population(6, 0, 1).build(), rule)))
        .flatMap(arguments -> arguments);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldLearn(SpikeEncoding encoding, BackpropRule rule) {
    boolean inTime = encoding.getEncoder().hasTimeAxis();
    MultiLayerConfiguration configuration =
        SmallNetworks.configuration(
            settings(),
            inTime ? InputType.recurrent(4, STEPS) : InputType.feedForward(4),
            encoding.clone(),
            new SpikingDense.Builder()
                .nOut(20)
                .leak(0.9)
                .threshold(0.5)
                .reset(Reset.bySubtraction())
                .backprop(rule)
                .build(),
            classifier());
    assertEquals(configuration, MultiLayerConfiguration.fromJson(configuration.toJson()));
    MultiLayerNetwork network = SmallNetworks.network(configuration);
    DataSet data = inTime ? rising() : levels();
    double before = network.score(data);
    double after = before;
    for (int i = 0; i < 6 && after >= 0.6 * before; i++) {
      for (int k = 0; k < 10; k++) {
        network.fit(data);
      }
      after = network.score(data);
    }
    assertTrue(after < 0.6 * before, "loss " + before + ", then " + after);
  }

  /** Which of two features is larger. */
  private static DataSet levels() {
    Random random = new Random(1);
    INDArray features = Nd4j.create(40, 4);
    INDArray labels = Nd4j.zeros(40, 2);
    for (int sample = 0; sample < 40; sample++) {
      int larger = sample % 2;
      for (int i = 0; i < 4; i++) {
        double level = i % 2 == larger ? 0.75 : 0.25;
        features.putScalar(sample, i, level + 0.2 * random.nextDouble());
      }
      labels.putScalar(sample, larger, 1);
    }
    return new DataSet(features, labels);
  }

  /** Whether signals rise or fall. */
  private static DataSet rising() {
    Random random = new Random(1);
    INDArray features = Nd4j.create(40, 4, STEPS);
    INDArray labels = Nd4j.zeros(40, 2);
    for (int sample = 0; sample < 40; sample++) {
      for (int i = 0; i < 4; i++) {
        for (int step = 0; step < STEPS; step++) {
          double slope = sample % 2 == 0 ? 0.1 : -0.1;
          features.putScalar(
              new int[] {sample, i, step}, slope * step + 0.05 * random.nextGaussian());
        }
      }
      labels.putScalar(sample, sample % 2, 1);
    }
    return new DataSet(features, labels);
  }

  @Test
  void shouldTakeImages() {
    InputType image = InputType.convolutionalFlat(5, 6, 2);
    InputType video = InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, STEPS, 5, 6, 2);
    INDArray images = Nd4j.rand(3, 60);
    assertArrayEquals(
        new long[] {3, 2, 5, 6}, rates(SpikeEncoding.latency(STEPS), image, images).shape());
    assertArrayEquals(
        new long[] {3, 8, 5, 6},
        rates(SpikeEncoding.direct(STEPS).population(4, 0, 1), image, images).shape());
    assertArrayEquals(
        new long[] {3, 4, 5, 6},
        rates(SpikeEncoding.delta(0.3), video, Nd4j.rand(3, 2, STEPS, 5, 6)).shape());
  }

  private static INDArray rates(SpikeEncoding.Builder encoding, InputType type, INDArray features) {
    MultiLayerNetwork network =
        SmallNetworks.network(
            settings(),
            type,
            encoding.build(),
            new SpikingConvolution2D.Builder(3, 3).nOut(2).build(),
            classifier());
    return network.feedForward(features).get(1);
  }

  @Test
  void shouldMakeTheEncodersThatItsSettingsName() {
    assertEquals(
        LatencyEncoder.linear(7).withGain(2),
        SpikeEncoding.latency(7).gain(2).build().getEncoder());
    assertEquals(
        LatencyEncoder.logarithmic(7), SpikeEncoding.logarithmicLatency(7).build().getEncoder());
    assertEquals(SpikeEncoder.delta(0.2), SpikeEncoding.delta(0.2).build().getEncoder());
    assertEquals(
        SpikeEncoder.population(new TuningCurves(5, -1, 1), LatencyEncoder.linear(7).withGain(2)),
        SpikeEncoding.latency(7).gain(2).population(5, -1, 1).build().getEncoder());
  }

  @Test
  void shouldComputeNoGradientThatIsZero() {
    assertFalse(SpikeEncoding.latency(3).build().hasInputGradient());
    assertFalse(SpikeEncoding.delta(1).build().hasInputGradient());
    assertFalse(SpikeEncoding.latency(3).population(4, 0, 1).build().hasInputGradient());
    assertTrue(SpikeEncoding.direct(3).population(4, 0, 1).build().hasInputGradient());
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> SpikeEncoding.latency(3).inputGradient(true).build())
            .getMessage();
    assertTrue(
        message.startsWith("inputGradient must not be true with an encoder whose gradient is zero"),
        message);
  }

  @Test
  void shouldKeepThePaceOfTheCodeInAnotherWindow() {
    MultiLayerNetwork network =
        SmallNetworks.network(
            settings(),
            InputType.feedForward(4),
            SpikeEncoding.latency(STEPS).build(),
            new SpikingDense.Builder().nOut(5).build(),
            classifier());
    MultiLayerNetwork longer = TimeSteps.change(network, 2 * STEPS);
    INDArray features = Nd4j.rand(3, 4);
    assertEquals(network.feedForward(features).get(1), longer.feedForward(features).get(1).mul(2));
  }

  @Test
  void shouldRefuseSettingsThatDoNotApply() {
    assertThrows(IllegalArgumentException.class, () -> SpikeEncoding.delta(1).gain(2).build());
    for (SpikeEncoding.Builder builder :
        List.of(SpikeEncoding.delta(1), SpikeEncoding.latency(3))) {
      assertThrows(IllegalArgumentException.class, () -> builder.freshInferenceNoise(true).build());
    }
  }

  private static NeuralNetConfiguration.Builder settings() {
    return new NeuralNetConfiguration.Builder().seed(4).updater(new Adam(0.02));
  }

  private static OutputLayer classifier() {
    return new OutputLayer.Builder(new LossMCXENT()).nOut(2).activation(Activation.SOFTMAX).build();
  }
}
