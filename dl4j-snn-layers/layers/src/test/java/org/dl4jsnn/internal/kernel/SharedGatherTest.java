package org.dl4jsnn.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

class SharedGatherTest {

  private static final FeatureShape INPUT = FeatureShape.vector(57);
  private static final int OUTPUTS = 150;
  private static final int SAMPLES = 5;

  /** More than are listed at once. */
  private static final int STEPS = 300;

  @ParameterizedTest
  @CsvSource({"0, 1000000", "0, 448", "0, 64", "0.5, 448"})
  void shouldFireTheSameAsSeparateSamples(double subtracted, int weightsAtOnce) {
    SpikeTrain input = input(subtracted);
    GatherWeights layer = layer();
    SampleSimulation shared = new SharedGather(layer, Share.WHOLE, weightsAtOnce);
    SampleSimulation single = new GatherSimulation(layer, Share.WHOLE);
    // Fields are reused, by fewer samples and by more.
    for (int[] group : new int[][] {{0, 1}, {2}, {0, 1, 2, 3, 4}}) {
      List<SampleRun> runs = new ArrayList<>();
      for (int sample : group) {
        runs.add(newRun(input, sample));
      }
      shared.run(runs);
      for (SampleRun run : runs) {
        SampleRun alone = newRun(input, run.sample());
        single.run(alone);
        assertArrayEquals(alone.words(), run.words());
        assertArrayEquals(alone.end()[0], run.end()[0]);
        assertArrayEquals(alone.inputs(), run.inputs());
      }
    }
  }

  /** Of both signs, if something is subtracted; some steps have no spikes in the last rows. */
  private static SpikeTrain input(double subtracted) {
    Nd4j.getRandom().setSeed(3);
    return SpikeEncoder.poisson(STEPS, 0.3)
        .encode(Nd4j.rand(SAMPLES, INPUT.neurons()).sub(subtracted), NoiseKey.training(3, 0));
  }

  private static GatherWeights layer() {
    Random random = new Random(5);
    float[] values = new float[INPUT.neurons() * OUTPUTS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.1 * random.nextGaussian());
    }
    KernelWeights weights =
        (row, column, channel, first, count, target, offset) ->
            System.arraycopy(values, channel * OUTPUTS + first, target, offset, count);
    SpikingNeuron neuron = new SpikingNeuron(0.5, 1, Reset.bySubtraction(), 0.1);
    return new GatherWeights(
        GatherGeometry.dense(INPUT, OUTPUTS),
        weights,
        new float[0],
        KernelNeuron.of(neuron),
        Kernels.chosen(),
        () -> 0.3);
  }

  private static SampleRun newRun(SpikeTrain input, int sample) {
    float[][] start = new float[1][OUTPUTS];
    start[0][sample] = 0.25f;
    int[] words = BitLayout.of(FeatureShape.vector(OUTPUTS)).words(STEPS);
    return new SampleRun(input, sample, start, new float[1][OUTPUTS], words, new float[OUTPUTS]);
  }
}
