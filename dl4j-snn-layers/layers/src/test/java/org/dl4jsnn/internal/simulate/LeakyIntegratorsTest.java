package org.dl4jsnn.internal.simulate;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.contract.SeparatePool;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.host.IntegratorDecays;
import org.dl4jsnn.internal.host.IntegratorState;
import org.dl4jsnn.internal.host.LeakyIntegrators;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.spike.TrainPieces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The membranes are those of equations 51 and 79, in one piece and in any, on any number of
 * threads.
 */
class LeakyIntegratorsTest {

  private static final FeatureShape IMAGE = FeatureShape.image(2, 3, 4);
  private static final int SAMPLES = 3;
  private static final int STEPS = 23;
  private static final int NEURONS = 5;
  private static final int[] LENGTHS = {23, 9, 1};
  private static final double[] LEAKS = {1, 0.83, 0, 0.5, 0.97};
  private static final List<IntegratorDecays> DECAYS =
      List.of(
          IntegratorDecays.of(1),
          IntegratorDecays.of(0.83),
          IntegratorDecays.of(0),
          new IntegratorDecays(LEAKS, null),
          new IntegratorDecays(new double[] {0.83}, new double[] {0.6}),
          new IntegratorDecays(LEAKS, new double[] {0.6}),
          new IntegratorDecays(new double[] {0.9}, new double[] {0, 0.9, 0.4, 1, 0.7}));

  private final INDArray weights;
  private final INDArray bias;

  LeakyIntegratorsTest() {
    Nd4j.getRandom().setSeed(3);
    weights = Nd4j.randn(DataType.DOUBLE, IMAGE.neurons(), NEURONS);
    bias = Nd4j.randn(DataType.DOUBLE, NEURONS);
  }

  private static List<SpikeTrain> trains() {
    return List.of(
        PackedTrains.of(RandomTrains.binary(IMAGE, SAMPLES, STEPS, 1)),
        RandomTrains.signed(IMAGE, SAMPLES, STEPS, 2),
        RandomTrains.graded(IMAGE, SAMPLES, STEPS, 3),
        RandomTrains.constant(IMAGE, SAMPLES, STEPS, 4));
  }

  /** What is left after some steps of a current of 1: λ^n, or Σ_m λ^(n−m) · β^m. */
  private static double left(IntegratorDecays decays, int neuron, int steps) {
    double leak = decays.leaksOf(NEURONS)[neuron];
    if (decays.synaptic() == null) {
      return Math.pow(leak, steps);
    }
    double decay = decays.synapticOf(NEURONS)[neuron];
    double left = 0;
    for (int m = 0; m <= steps; m++) {
      left += Math.pow(leak, steps - m) * Math.pow(decay, m);
    }
    return left;
  }

  /** v[t] = Σ_k left(t−k) · (W · s[k] + b), for one sample, by step and neuron. */
  private double[][] course(float[][] spikes, IntegratorDecays decays, boolean hasBias) {
    double[][] course = new double[spikes.length][NEURONS];
    for (int t = 0; t < spikes.length; t++) {
      for (int k = 0; k <= t; k++) {
        for (int j = 0; j < NEURONS; j++) {
          double current = hasBias ? bias.getDouble(j) : 0;
          for (int i = 0; i < IMAGE.neurons(); i++) {
            current += spikes[k][i] * weights.getDouble(i, j);
          }
          course[t][j] += left(decays, j, t - k) * current;
        }
      }
    }
    return course;
  }

  private static double expected(MembraneReadOut reads, double[][] course, int neuron) {
    return switch (reads) {
      case LAST -> course[course.length - 1][neuron];
      case MEAN -> Arrays.stream(course).mapToDouble(v -> v[neuron]).average().orElseThrow();
      case MAXIMUM -> Arrays.stream(course).mapToDouble(v -> v[neuron]).max().orElseThrow();
      case COURSE -> throw new IllegalArgumentException("has a value for every step");
    };
  }

  private LeakyIntegrators integrators(
      IntegratorDecays decays, boolean hasBias, MembraneReadOut reads) {
    return new LeakyIntegrators(
        IMAGE,
        HostArrays.doubles(weights),
        hasBias ? HostArrays.doubles(bias) : new double[Math.toIntExact(weights.size(1))],
        decays,
        reads);
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadTheSumOfWhatIsLeft(MembraneReadOut reads) {
    for (IntegratorDecays decays : DECAYS) {
      for (SpikeTrain train : trains()) {
        boolean hasBias = decays.leaks()[0] < 1;
        double[] values =
            integrators(decays, hasBias, reads)
                .read(IntegratorState.atRest(), train, LENGTHS)
                .values();
        for (int sample = 0; sample < SAMPLES; sample++) {
          float[][] spikes = Arrays.copyOf(Spikes.of(train)[sample], LENGTHS[sample]);
          double[][] course = course(spikes, decays, hasBias);
          for (int j = 0; j < NEURONS; j++) {
            int index = sample * NEURONS + j;
            if (reads == MembraneReadOut.COURSE) {
              for (int t = 0; t < STEPS; t++) {
                double v = t < LENGTHS[sample] ? course[t][j] : 0;
                assertEquals(v, values[index * STEPS + t], 1e-9, "step " + t);
              }
            } else {
              assertEquals(expected(reads, course, j), values[index], 1e-9);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadTheSameInPieces(MembraneReadOut reads) throws Exception {
    for (IntegratorDecays decays : DECAYS) {
      LeakyIntegrators integrators = integrators(decays, true, reads);
      for (SpikeTrain train : trains()) {
        LeakyIntegrators.Reading whole = integrators.read(IntegratorState.atRest(), train, LENGTHS);
        for (int[] ends : new int[][] {{23}, {1, 2, 23}, {8, 9, 10, 23}, {17, 23}}) {
          LeakyIntegrators.Reading pieces =
              SeparatePool.run(ends.length, () -> inPieces(integrators, reads, train, ends));
          assertArrayEquals(whole.values(), pieces.values());
          assertEquals(whole.end(), pieces.end());
        }
      }
    }
  }

  private static LeakyIntegrators.Reading inPieces(
      LeakyIntegrators integrators, MembraneReadOut reads, SpikeTrain train, int... ends) {
    IntegratorState state = IntegratorState.atRest();
    LeakyIntegrators.Reading reading = null;
    double[] course = new double[SAMPLES * NEURONS * STEPS];
    int first = 0;
    for (int end : ends) {
      int from = first;
      int[] lengths =
          Arrays.stream(LENGTHS).map(l -> Math.max(0, Math.min(end, l) - from)).toArray();
      reading = integrators.read(state, TrainPieces.of(train, first, end), lengths);
      state = reading.end();
      if (reads == MembraneReadOut.COURSE) {
        for (int i = 0; i < SAMPLES * NEURONS; i++) {
          System.arraycopy(
              reading.values(), i * (end - first), course, i * STEPS + first, end - first);
        }
        reading = new LeakyIntegrators.Reading(course, reading.maxima(), state);
      }
      first = end;
    }
    return reading;
  }

  @Test
  void shouldSayWhereAMaximumIs() {
    SpikeTrain train = RandomTrains.signed(IMAGE, SAMPLES, STEPS, 2);
    LeakyIntegrators integrators =
        integrators(IntegratorDecays.of(0.83), true, MembraneReadOut.MAXIMUM);
    int[] maxima = integrators.read(IntegratorState.atRest(), train, LENGTHS).maxima();
    for (int sample = 0; sample < SAMPLES; sample++) {
      float[][] spikes = Arrays.copyOf(Spikes.of(train)[sample], LENGTHS[sample]);
      double[][] course = course(spikes, IntegratorDecays.of(0.83), true);
      for (int j = 0; j < NEURONS; j++) {
        int at = maxima[sample * NEURONS + j];
        assertEquals(expected(MembraneReadOut.MAXIMUM, course, j), course[at][j], 1e-9);
      }
    }
  }

  @Test
  void shouldRefuseTheStateOfOthers() {
    LeakyIntegrators integrators = integrators(IntegratorDecays.of(1), false, MembraneReadOut.LAST);
    SpikeTrain train = RandomTrains.binary(IMAGE, SAMPLES, STEPS, 1);
    SpikeTrain fewer = RandomTrains.binary(IMAGE, 2, STEPS, 1);
    IntegratorState state =
        integrators.read(IntegratorState.atRest(), fewer, new int[] {STEPS, STEPS}).end();
    assertBegins(
        "state must be one of 3 samples of 5 neurons, got one of 2 samples of 5 neurons",
        () -> integrators.read(state, train, LENGTHS));
  }

  @Test
  void shouldRefuseAStateWithoutTheSynapticCurrentThatItHas() {
    SpikeTrain train = RandomTrains.binary(IMAGE, SAMPLES, STEPS, 1);
    LeakyIntegrators plain = integrators(IntegratorDecays.of(1), false, MembraneReadOut.LAST);
    LeakyIntegrators synaptic =
        integrators(new IntegratorDecays(LEAKS, new double[] {0.5}), false, MembraneReadOut.LAST);
    IntegratorState without = plain.read(IntegratorState.atRest(), train, LENGTHS).end();
    IntegratorState with = synaptic.read(IntegratorState.atRest(), train, LENGTHS).end();
    assertStateRefused("state must be one with a synaptic current", synaptic, without, train);
    assertStateRefused("state must be one without a synaptic current", plain, with, train);
  }

  private static void assertStateRefused(
      String rule, LeakyIntegrators integrators, IntegratorState state, SpikeTrain train) {
    assertBegins(rule, () -> integrators.read(state, train, LENGTHS));
  }

  /** At a step per millisecond a stream has that many after 25 days. */
  @Test
  void shouldCountMoreStepsThanAnIntHolds() {
    LeakyIntegrators integrators =
        new LeakyIntegrators(
            FeatureShape.vector(1),
            new double[] {0},
            new double[] {1},
            IntegratorDecays.of(0),
            MembraneReadOut.MEAN);
    double[][] sum = {{Integer.MAX_VALUE}};
    IntegratorState before =
        new IntegratorState(null, new double[][] {{1}}, sum, new long[] {Integer.MAX_VALUE});
    LeakyIntegrators.Reading reading =
        integrators.read(
            before, RandomTrains.constant(FeatureShape.vector(1), 1, 1, 1), new int[] {1});
    assertEquals(1, reading.values()[0]);
    assertEquals(1L + Integer.MAX_VALUE, reading.end().steps()[0]);
  }
}
