package org.dl4jsnn.internal.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Trains of all kinds with a factor for every neuron of every sample. */
class ScaledTrainsTest {

  private static final FeatureShape IMAGE = FeatureShape.image(3, 4, 6);
  private static final int MINIBATCH = 3;
  private static final int STEPS = 9;

  static List<SpikeTrain> trains() {
    return List.of(
        RandomTrains.binary(IMAGE, MINIBATCH, STEPS, 1),
        RandomTrains.packed(RandomTrains.binary(IMAGE, MINIBATCH, STEPS, 1)),
        RandomTrains.signed(IMAGE, MINIBATCH, STEPS, 2),
        RandomTrains.graded(IMAGE, MINIBATCH, STEPS, 3),
        RandomTrains.constant(IMAGE, MINIBATCH, STEPS, 4),
        RandomTrains.graded(IMAGE, MINIBATCH, STEPS, 5).scaled(factors(6)));
  }

  /** Zero, or a multiple of 1/2. */
  private static float[] factors(long seed) {
    Random random = new Random(seed);
    float[] factors = new float[MINIBATCH * IMAGE.neurons()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = random.nextBoolean() ? 0 : (1 + random.nextInt(4)) / 2f;
    }
    return factors;
  }

  private static float[][][] expected(SpikeTrain train, float[] factors) {
    float[][][] spikes = Spikes.of(train);
    for (int sample = 0; sample < MINIBATCH; sample++) {
      for (float[] step : spikes[sample]) {
        for (int i = 0; i < step.length; i++) {
          // Plus zero, since a scaled spike of -1 may be silence, not -0.
          step[i] = step[i] * factors[sample * step.length + i] + 0f;
        }
      }
    }
    return spikes;
  }

  @ParameterizedTest
  @MethodSource("trains")
  void shouldScaleEveryStepAlike(SpikeTrain train) {
    float[] factors = factors(7);
    SpikeTrain scaled = train.scaled(factors);
    float[][][] expected = expected(train, factors);
    assertArrayEquals(expected, Spikes.of(scaled));
    assertEquals(train.isConstant(), scaled.isConstant());
    assertFalse(scaled.unitSpikes());
    float[] totals = new float[factors.length];
    int events = 0;
    for (int i = 0; i < totals.length; i++) {
      for (int step = 0; step < STEPS; step++) {
        float amplitude = expected[i / IMAGE.neurons()][step][i % IMAGE.neurons()];
        totals[i] += amplitude;
        events += amplitude == 0 ? 0 : 1;
      }
    }
    assertArrayEquals(totals, scaled.totals(), 1e-5f);
    assertEquals((double) events / STEPS / totals.length, scaled.density(), 1e-12);
  }

  /** As does a list of the same events. */
  @ParameterizedTest
  @MethodSource("trains")
  void shouldChargeNeurons(SpikeTrain train) {
    SpikeTrain scaled = train.scaled(factors(8));
    SpikeTrain list = list(Spikes.of(scaled));
    Window2D.Axis axis = new Window2D.Axis(2, 2, 0, 1, false);
    INDArray weights = RandomTrains.weights(9, IMAGE.neurons(), 20);
    for (Synapse synapse :
        List.of(
            new DenseSynapse(IMAGE, weights, null),
            new AverageSynapse(new PoolingWindows(new Window2D(axis, axis), IMAGE)))) {
      SpikingNeuron neuron = new SpikingNeuron(0.75, 0.875, Reset.toZero(), 0);
      for (String engine : List.of("event", "dense")) {
        SimulationEngine simulation = Engines.named(engine, DataType.FLOAT);
        float[][][] spikes = Spikes.of(simulation.simulate(synapse, neuron, scaled));
        assertTrue(Spikes.activity(spikes) > 0, "silent");
        assertArrayEquals(Spikes.of(simulation.simulate(synapse, neuron, list)), spikes);
      }
    }
  }

  private static SpikeTrain list(float[][][] spikes) {
    INDArray frames =
        Nd4j.create(DataType.FLOAT, MINIBATCH, IMAGE.channels(), STEPS, IMAGE.height(), 6);
    for (int sample = 0; sample < MINIBATCH; sample++) {
      for (int step = 0; step < STEPS; step++) {
        for (int i = 0; i < IMAGE.neurons(); i++) {
          int position = i % IMAGE.positions();
          int[] at = {sample, i / IMAGE.positions(), step, position / 6, position % 6};
          frames.putScalar(at, spikes[sample][step][i]);
        }
      }
    }
    return SpikeEncoder.frames().encode(frames, NoiseKey.inference(0));
  }

  @Test
  void shouldKeepTheConstantCurrentsEngine() {
    SpikeTrain constant = RandomTrains.constant(IMAGE, MINIBATCH, STEPS, 4).scaled(factors(10));
    Synapse synapse = new DenseSynapse(IMAGE, RandomTrains.weights(9, IMAGE.neurons(), 20), null);
    assertTrue(Engines.choose(synapse, constant, DataType.FLOAT) instanceof ConstantCurrentEngine);
  }
}
