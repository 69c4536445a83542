package org.dl4jsnn.property;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.host.StepwiseMaximum;
import org.dl4jsnn.internal.simulate.SpikeTrainCombination;
import org.dl4jsnn.internal.spike.RepeatedSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** Operations on trains give the same as on their amplitudes, step by step. */
@AddLifecycleHook(Tries.class)
class TrainPropertiesTest {

  @Provide
  Arbitrary<TrainPlan> trains() {
    return TrainPlan.any();
  }

  @Provide
  Arbitrary<FeatureShape> shapes() {
    return Arbitraries.of(
        FeatureShape.vector(7),
        FeatureShape.vector(33),
        FeatureShape.image(1, 4, 5),
        FeatureShape.image(3, 5, 2),
        FeatureShape.image(33, 2, 3));
  }

  private static SpikeTrain other(TrainPlan plan, TrainPlan.Kind kind, FeatureShape shape) {
    TrainPlan other =
        new TrainPlan(kind, plan.samples(), plan.steps(), plan.density(), !plan.scaled());
    return other.train(shape, new Random(2), Arithmetic.EXACT);
  }

  private static SpikeTrain train(TrainPlan plan, FeatureShape shape) {
    return plan.train(shape, new Random(1), Arithmetic.EXACT);
  }

  @Property(tries = 60)
  void shouldAddTrains(
      @ForAll("trains") TrainPlan plan,
      @ForAll TrainPlan.Kind kind,
      @ForAll("shapes") FeatureShape shape) {
    SpikeTrain one = train(plan, shape);
    SpikeTrain two = other(plan, kind, shape);
    SpikeTrain sum = SpikeTrainCombination.SUM.combine(List.of(one, two, one));
    assertAmplitudes(
        sum,
        (sample, step, neuron) ->
            2 * amplitude(one, sample, step, neuron) + amplitude(two, sample, step, neuron));
  }

  @Example
  void shouldAddConstantCurrents() {
    shouldAddTrains(
        new TrainPlan(TrainPlan.Kind.CONSTANT, 2, 3, 0.5, false),
        TrainPlan.Kind.CONSTANT,
        FeatureShape.vector(7));
  }

  @Property(tries = 60)
  void shouldCountTheSpikesOfAWindow(
      @ForAll("trains") TrainPlan plan, @ForAll("shapes") FeatureShape shape) {
    SpikeTrain train = train(plan, shape);
    assertAmplitudes(
        RepeatedSpikeTrain.ofWindow(train),
        (sample, at, neuron) ->
            (float)
                IntStream.range(0, train.steps())
                    .mapToDouble(step -> amplitude(train, sample, step, neuron))
                    .sum());
  }

  @Property(tries = 60)
  void shouldConcatenateTrains(
      @ForAll("trains") TrainPlan plan,
      @ForAll TrainPlan.Kind kind,
      @ForAll("shapes") FeatureShape shape) {
    SpikeTrain one = train(plan, shape);
    SpikeTrain two = other(plan, kind, shape);
    SpikeTrain both = SpikeTrainCombination.CONCATENATION.combine(List.of(one, two));
    int channels = shape.channels();
    assertAmplitudes(
        both,
        (sample, step, neuron) -> {
          int channel = neuron % (2 * channels);
          int position = neuron / (2 * channels);
          return amplitude(
              channel < channels ? one : two,
              sample,
              step,
              position * channels + channel % channels);
        });
  }

  @Property(tries = 60)
  void shouldCompareTrains(
      @ForAll("trains") TrainPlan plan,
      @ForAll TrainPlan.Kind kind,
      @ForAll("shapes") FeatureShape shape) {
    SpikeTrain one = train(plan, shape);
    SpikeTrain two = other(plan, kind, shape);
    List<SpikeTrain> both = List.of(one, two);
    if (!one.unitSpikes() || !two.unitSpikes()) {
      assertBegins(
          "spikes must be of amplitude 1 to be compared, got signed or graded ones",
          () -> SpikeTrainCombination.AND.combine(both));
      return;
    }
    assertAmplitudes(
        SpikeTrainCombination.AND.combine(both),
        (sample, step, neuron) ->
            amplitude(one, sample, step, neuron) * amplitude(two, sample, step, neuron));
    assertAmplitudes(
        SpikeTrainCombination.AND_NOT.combine(both),
        (sample, step, neuron) ->
            amplitude(one, sample, step, neuron) * (1 - amplitude(two, sample, step, neuron)));
  }

  @Property(tries = 60)
  void shouldTakeTheLargestAmplitudeOfEachWindow(
      @ForAll("trains") TrainPlan plan, @ForAll("windows") WindowPlan window) {
    FeatureShape shape = FeatureShape.image(3, 5, 4);
    SpikeTrain train = train(plan, shape);
    PoolingWindows windows =
        new PoolingWindows(
            new Window2D(
                new Window2D.Axis(window.height(), window.strideRows(), 0, 1, false),
                new Window2D.Axis(window.width(), window.strideColumns(), 0, 1, false)),
            shape);
    int channels = shape.channels();
    int across = windows.output().width();
    assertAmplitudes(
        StepwiseMaximum.of(train, windows),
        (sample, step, neuron) -> {
          int top = neuron / channels / across * window.strideRows();
          int left = neuron / channels % across * window.strideColumns();
          float largest = Float.NEGATIVE_INFINITY;
          for (int y = top; y < top + window.height(); y++) {
            for (int x = left; x < left + window.width(); x++) {
              int input = (y * shape.width() + x) * channels + neuron % channels;
              largest = Math.max(largest, amplitude(train, sample, step, input));
            }
          }
          return largest;
        });
  }

  @Provide
  Arbitrary<WindowPlan> windows() {
    return WindowPlan.any();
  }

  /** The amplitude that is expected of a neuron, in order of position and channel. */
  @FunctionalInterface
  private interface Expected {
    float of(int sample, int step, int neuron);
  }

  private static void assertAmplitudes(SpikeTrain train, Expected expected) {
    FeatureShape shape = train.shape();
    float[] totals = new float[train.minibatch() * shape.neurons()];
    boolean ones = true;
    for (int sample = 0; sample < train.minibatch(); sample++) {
      for (int step = 0; step < train.steps(); step++) {
        float[] amplitudes = new float[shape.neurons()];
        for (int neuron = 0; neuron < amplitudes.length; neuron++) {
          amplitudes[neuron] = expected.of(sample, step, neuron);
          totals[sample * amplitudes.length + shape.arrayIndex(neuron)] += amplitudes[neuron];
          ones &= amplitudes[neuron] == 0 || amplitudes[neuron] == 1;
        }
        assertArrayEquals(amplitudes, amplitudes(train, sample, step), "step " + step);
      }
    }
    assertArrayEquals(totals, train.totals(), 0, "totals, with zeros of either sign");
    assertTrue(ones || !train.unitSpikes(), "unit spikes are ones");
  }

  private static float amplitude(SpikeTrain train, int sample, int step, int neuron) {
    return amplitudes(train, sample, step)[neuron];
  }

  private static float[] amplitudes(SpikeTrain train, int sample, int step) {
    SpikeEvents events = new SpikeEvents(train.shape());
    train.read(sample, step, events);
    float[] amplitudes = new float[train.shape().neurons()];
    for (int e = 0; e < events.size(); e++) {
      amplitudes[events.neuron(e)] = events.amplitude(e);
    }
    return amplitudes;
  }
}
