package org.dl4jsnn.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
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

class RowGatherSimulationTest {

  private static final int STEPS = 5;
  private static final int SAMPLES = 3;

  /** Weights are multiples of it. */
  private static final float UNIT = 1 / 64f;

  private static final List<String> KERNELS =
      Kernels.vectorModulePresent() ? List.of("plain", "vector") : List.of("plain");

  @ParameterizedTest
  @CsvSource({
    "40, 3, 3, 1, 1, 1, 1, 7, 64",
    "40, 3, 3, 2, 1, 1, 0, 8, 70",
    "40, 1, 1, 1, 1, 0, 0, 5, 20",
    "40, 5, 2, 1, 2, 2, 1, 6, 33",
    "40, 2, 4, 2, 2, 0, 0, 9, 100",
    "40, 3, 3, 1, 1, 4, 4, 3, 16",
    "200, 2, 3, 1, 1, 1, 1, 4, 8"
  })
  void shouldGiveTheBitsOfTheSimulationByColumns(
      int channels,
      int kernelHeight,
      int kernelWidth,
      int strideHeight,
      int strideWidth,
      int paddingTop,
      int paddingLeft,
      int side,
      int outputs) {
    int height = (side + 2 * paddingTop - kernelHeight) / strideHeight + 1;
    int width = (side + 2 * paddingLeft - kernelWidth) / strideWidth + 1;
    GatherGeometry geometry =
        new GatherGeometry(
            FeatureShape.image(channels, side, side),
            FeatureShape.image(outputs, height, width),
            kernelHeight,
            kernelWidth,
            strideHeight,
            strideWidth,
            paddingTop,
            paddingLeft);
    for (String kernels : KERNELS) {
      for (double subtracted : new double[] {0, 0.4}) {
        for (SpikingNeuron neuron :
            new SpikingNeuron[] {
              SpikingNeuron.integrateAndFire(0.5),
              new SpikingNeuron(0.5, 1, Reset.bySubtraction(), 0.2),
              new SpikingNeuron(0.4, 0.8, Reset.to(-0.1), 0)
            }) {
          for (boolean bias : new boolean[] {false, true}) {
            assertSame(
                layer(geometry, neuron, bias, Kernels.named(kernels)),
                input(geometry.input(), 0.6, subtracted));
          }
        }
      }
    }
  }

  private static void assertSame(GatherWeights layer, SpikeTrain input) {
    SampleSimulation columns = new GatherSimulation(layer, Share.WHOLE);
    SampleSimulation rows = new RowGatherSimulation(layer, Share.WHOLE);
    for (int sample = 0; sample < SAMPLES; sample++) {
      SampleRun expected = newRun(layer, input, sample);
      columns.run(expected);
      SampleRun run = newRun(layer, input, sample);
      rows.run(run);
      assertArrayEquals(expected.words(), run.words());
      assertArrayEquals(expected.end()[0], run.end()[0]);
      assertArrayEquals(expected.inputs(), run.inputs());
      assertNotEquals(0, Arrays.stream(run.words()).map(Integer::bitCount).sum(), "spikes");
    }
  }

  /** Of both signs, if something is subtracted. */
  private static SpikeTrain input(FeatureShape shape, double gain, double subtracted) {
    Nd4j.getRandom().setSeed(3);
    return SpikeEncoder.poisson(STEPS, gain)
        .encode(Nd4j.rand(shape.arrayShape(SAMPLES)).sub(subtracted), NoiseKey.training(3, 0));
  }

  private static GatherWeights layer(
      GatherGeometry geometry, SpikingNeuron neuron, boolean bias, KernelProvider kernels) {
    float[] biases = new float[bias ? geometry.output().channels() : 0];
    Arrays.fill(biases, 3 * UNIT);
    return new GatherWeights(
        geometry, weights(), biases, KernelNeuron.of(neuron), kernels, () -> 0.3);
  }

  private static KernelWeights weights() {
    return (row, column, channel, first, count, target, offset) -> {
      Random random = new Random((row * 31L + column) * 31 + channel);
      for (int k = 0; k < first + count; k++) {
        float weight = UNIT * Math.round(8 * random.nextGaussian());
        if (k >= first) {
          target[offset + k - first] = weight;
        }
      }
    };
  }

  private static SampleRun newRun(GatherWeights layer, SpikeTrain input, int sample) {
    FeatureShape output = layer.geometry.output();
    float[][] start = sample == 0 ? null : new float[1][output.neurons()];
    if (start != null) {
      start[0][0] = sample == 1 ? 0.25f : 2; // above the threshold
    }
    float[] inputs = layer.rule.leak() == 1 ? new float[output.neurons()] : null;
    int[] words = BitLayout.of(output).words(STEPS);
    return new SampleRun(input, sample, start, new float[1][output.neurons()], words, inputs);
  }
}
