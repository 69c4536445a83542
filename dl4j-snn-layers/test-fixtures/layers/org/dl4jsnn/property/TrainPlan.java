package org.dl4jsnn.property;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.simulate.SpikeTrainCombination;
import org.dl4jsnn.internal.spike.RepeatedSpikeTrain;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.ConstantSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Spikes that arrive at a layer.
 *
 * @param kind in what form, and of what amplitudes
 * @param samples minibatch
 * @param steps T
 * @param density the share of neurons that have an event at a step
 * @param scaled whether dropout stands between
 */
record TrainPlan(Kind kind, int samples, int steps, double density, boolean scaled) {

  /** Forms of trains. */
  enum Kind {
    PACKED,
    /** Of packed trains, as where branches meet: of amplitudes 1 to 5. */
    SUMMED,
    /** The numbers of a packed train's spikes, at every step. */
    COUNTED,
    ORDINARY,
    SIGNED,
    /** As an encoding fires them: of amplitude 1 and -1, which are not written down. */
    DRAWN,
    GRADED,
    CONSTANT
  }

  /** Numbers of steps around the widths of words and of blocks of steps; few are long. */
  static Arbitrary<Integer> anySteps() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.of(1, 2, 3, 5, 15, 16, 17)),
        Tuple.of(2, Arbitraries.of(31, 32, 33)),
        Tuple.of(1, Arbitraries.of(63, 64, 65, 127, 128, 129)));
  }

  static Arbitrary<TrainPlan> any() {
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.integers().between(1, 4),
            anySteps(),
            Arbitraries.of(0.02, 0.1, 0.3, 0.6, 1.0),
            Arbitraries.of(false, false, false, true))
        .as(TrainPlan::new);
  }

  SpikeTrain train(FeatureShape shape, Random random, Arithmetic arithmetic) {
    SpikeTrain train = unscaled(shape, random, arithmetic);
    if (!scaled) {
      return train;
    }
    float[] factors = new float[samples * shape.neurons()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = random.nextBoolean() ? 2 : 0;
    }
    return train.scaled(factors);
  }

  private SpikeTrain unscaled(FeatureShape shape, Random random, Arithmetic arithmetic) {
    if (kind == Kind.SUMMED) {
      TrainPlan part = new TrainPlan(Kind.PACKED, samples, steps, density, false);
      SpikeTrain often = part.unscaled(shape, random, arithmetic);
      SpikeTrain once = part.unscaled(shape, random, arithmetic);
      SpikeTrain twice = SpikeTrainCombination.SUM.combine(List.of(often, often));
      return SpikeTrainCombination.SUM.combine(List.of(once, twice, twice));
    }
    if (kind == Kind.COUNTED) {
      TrainPlan part = new TrainPlan(Kind.PACKED, samples, steps, density, false);
      return RepeatedSpikeTrain.ofWindow(part.unscaled(shape, random, arithmetic));
    }
    if (kind == Kind.CONSTANT) {
      return new ConstantSpikeTrain(
          shape, steps, values(samples * shape.neurons(), random, arithmetic));
    }
    if (kind == Kind.DRAWN) {
      float[] rates = values(samples * shape.neurons(), random, arithmetic);
      return SpikeEncoder.poisson(steps, density)
          .encode(
              Nd4j.create(rates, shape.arrayShape(samples), 'c'),
              NoiseKey.training(random.nextLong(), 0));
    }
    float[] values = values(samples * shape.neurons() * steps, random, arithmetic);
    long[] axes =
        shape.spatial()
            ? new long[] {samples, shape.channels(), steps, shape.height(), shape.width()}
            : new long[] {samples, shape.channels(), steps};
    SpikeTrain train =
        SpikeEncoder.frames().encode(Nd4j.create(values, axes, 'c'), NoiseKey.inference(0));
    return kind == Kind.PACKED ? PackedTrains.of(train) : train;
  }

  private float[] values(int count, Random random, Arithmetic arithmetic) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextDouble() < density ? amplitude(random, arithmetic) : 0;
    }
    return values;
  }

  private float amplitude(Random random, Arithmetic arithmetic) {
    return switch (kind) {
      case PACKED, SUMMED, COUNTED, ORDINARY -> 1;
      case SIGNED -> random.nextBoolean() ? 1 : -1;
      case DRAWN, GRADED, CONSTANT -> (float) arithmetic.of(random.nextGaussian());
    };
  }

  @Override
  public String toString() {
    return JavaCode.of(this);
  }
}
