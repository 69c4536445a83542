package org.dl4jsnn.contract;

import org.dl4jsnn.encode.SpikeEncoder;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * What every encoder keeps:
 *
 * <ul>
 *   <li>features of zero give no spikes, under any noise and any parameters; where zero is a value
 *       like any other, features that no neuron covers give none;
 *   <li>the train has the shape that {@code shapeFor} says, and as many samples and steps as asked
 *       for; its totals are the sums of its spikes;
 *   <li>the same features and noise give the same spikes for any number of threads;
 *   <li>a sample's spikes do not depend on the other samples, nor, under noise that all samples
 *       share or none, on its place among them;
 *   <li>causality: a longer window begins with the spikes of a shorter one;
 *   <li>NaN and infinity are refused with a message that says where they are;
 *   <li>it is a value: it survives JSON, equal and with an equal hash code.
 * </ul>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SpikeEncoderContract {

  /** More than a block of steps of any encoder. */
  private static final int STEPS = 70;

  private static final int SAMPLES = 5;

  /** The encoder for a window. */
  protected abstract SpikeEncoder encoder(int steps);

  /** Encoders with parameters at their ends, tiny ones and random ones. */
  protected abstract Stream<SpikeEncoder> extremes();

  /** The types of features that it takes; by default those without a time axis. */
  protected List<InputType> types() {
    return List.of(
        InputType.feedForward(13),
        InputType.convolutional(3, 4, 2),
        InputType.convolutionalFlat(4, 3, 2));
  }

  /**
   * Features for a window. Those of a longer window begin with those of a shorter one, and those of
   * a larger minibatch with those of a smaller one.
   */
  protected INDArray features(FeatureShape shape, Frames kind, int minibatch, int steps) {
    return kind.random(shape, minibatch, 1, 6).reshape('c', shape.arrayShape(minibatch));
  }

  /** Noise that does not depend on a sample's place among the others; all if there is none. */
  protected List<NoiseKey> placeless() {
    return allNoise();
  }

  /** Features without information; their negatives have none either. */
  protected INDArray silence(FeatureShape shape) {
    return features(shape, Frames.ORDINARY, SAMPLES, STEPS).muli(0);
  }

  private static List<NoiseKey> allNoise() {
    return List.of(NoiseKey.training(1, 2), NoiseKey.inference(3), NoiseKey.freshInference(4, 5));
  }

  /** Types of features crossed with kinds of features. */
  protected Stream<Arguments> inputs() {
    List<Arguments> inputs = new ArrayList<>();
    for (InputType type : types()) {
      for (Frames kind : Frames.values()) {
        inputs.add(Arguments.of(type, kind));
      }
    }
    return inputs.stream();
  }

  @ParameterizedTest
  @MethodSource("extremes")
  void shouldFireNothingForFeaturesThatSayNothing(SpikeEncoder extreme) {
    for (InputType type : types()) {
      INDArray silence = silence(extreme.shapeFor(type));
      for (NoiseKey noise : allNoise()) {
        assertEquals(0, Spikes.activity(Spikes.of(extreme.encode(silence, noise))));
        assertEquals(0, Spikes.activity(Spikes.of(extreme.encode(silence.neg(), noise))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void shouldMakeTheAnnouncedShapeAndSumItsSpikes(InputType type, Frames kind) {
    FeatureShape shape = encoder(STEPS).shapeFor(type);
    for (NoiseKey noise : allNoise()) {
      SpikeTrain train = encoder(STEPS).encode(features(shape, kind, SAMPLES, STEPS), noise);
      assertEquals(shape, train.shape());
      assertEquals(STEPS, train.steps());
      assertEquals(SAMPLES, train.minibatch());
      float[][][] spikes = Spikes.of(train);
      assertTrue(Spikes.activity(spikes) > 0, "a silent encoder shows nothing");
      assertArrayEquals(sums(spikes), train.totals());
    }
  }

  private static float[] sums(float[][][] spikes) {
    int neurons = spikes[0][0].length;
    float[] sums = new float[spikes.length * neurons];
    for (int sample = 0; sample < spikes.length; sample++) {
      for (float[] step : spikes[sample]) {
        for (int neuron = 0; neuron < neurons; neuron++) {
          sums[sample * neurons + neuron] += step[neuron];
        }
      }
    }
    return sums;
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void shouldNotDependOnTheNumberOfThreads(InputType type, Frames kind) throws Exception {
    SpikeEncoder encoder = encoder(STEPS);
    INDArray features = features(encoder.shapeFor(type), kind, SAMPLES, STEPS);
    for (NoiseKey noise : allNoise()) {
      float[][][] here = Spikes.of(encoder.encode(features, noise));
      for (int threads : new int[] {1, 2, 5}) {
        SpikeTrain there = SeparatePool.run(threads, () -> encoder.encode(features, noise));
        assertArrayEquals(here, Spikes.of(there), threads + " threads");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void shouldEncodeEachSampleIndependently(InputType type, Frames kind) {
    SpikeEncoder encoder = encoder(STEPS);
    INDArray features = features(encoder.shapeFor(type), kind, SAMPLES, STEPS);
    // The others are of another kind, so a train of ordinary spikes becomes a graded one.
    INDArray beside = features(encoder.shapeFor(type), Frames.GRADED, SAMPLES, STEPS).neg();
    beside.slice(0).assign(features.slice(0));
    for (NoiseKey noise : allNoise()) {
      float[][][] first = Spikes.samples(Spikes.of(encoder.encode(features, noise)), 0);
      SpikeTrain alone = encoder.encode(Frames.samples(features, 0), noise);
      assertArrayEquals(first, Spikes.of(alone));
      SpikeTrain among = encoder.encode(beside, noise);
      assertArrayEquals(first, Spikes.samples(Spikes.of(among), 0));
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void shouldFollowAPermutationOfTheMinibatch(InputType type, Frames kind) {
    int[] order = {3, 0, 4, 2, 1};
    SpikeEncoder encoder = encoder(STEPS);
    INDArray features = features(encoder.shapeFor(type), kind, SAMPLES, STEPS);
    for (NoiseKey noise : placeless()) {
      assertArrayEquals(
          Spikes.samples(Spikes.of(encoder.encode(features, noise)), order),
          Spikes.of(encoder.encode(Frames.samples(features, order), noise)));
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void shouldBeginALongerWindowWithTheSpikesOfAShorterOne(InputType type, Frames kind) {
    FeatureShape shape = encoder(STEPS).shapeFor(type);
    for (NoiseKey noise : allNoise()) {
      float[][][] spikes =
          Spikes.of(encoder(STEPS).encode(features(shape, kind, SAMPLES, STEPS), noise));
      for (int steps : new int[] {1, 31, 32, 33, STEPS - 1}) {
        SpikeTrain shorter = encoder(steps).encode(features(shape, kind, SAMPLES, steps), noise);
        assertArrayEquals(
            Spikes.firstSteps(spikes, steps), Spikes.of(shorter), steps + " of the steps");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void shouldRefuseFeaturesThatAreNotFinite(float value) {
    for (InputType type : types()) {
      SpikeEncoder encoder = encoder(STEPS);
      INDArray features = features(encoder.shapeFor(type), Frames.GRADED, SAMPLES, STEPS);
      long perSample = features.length() / SAMPLES;
      features.reshape('c', SAMPLES, perSample).putScalar(1, 2, value);
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> encoder.encode(features, NoiseKey.inference(0)))
              .getMessage();
      assertTrue(
          message.startsWith("features must be finite, got " + value + " in sample 1 at index 2"),
          message);
    }
  }

  @ParameterizedTest
  @MethodSource("extremes")
  void shouldBeAValueThatSurvivesJson(SpikeEncoder encoder) throws Exception {
    ObjectMapper mapper = NeuralNetConfiguration.mapper();
    SpikeEncoder restored =
        mapper.readValue(mapper.writeValueAsString(encoder), SpikeEncoder.class);
    assertEquals(encoder, restored);
    assertEquals(encoder.hashCode(), restored.hashCode());
    assertEquals(encoder.toString(), restored.toString());
  }
}
