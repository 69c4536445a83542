package org.dl4jsnn.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.ConstantSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shares of a sample together give the bits of the whole. */
class ShareTest {

  private static final int STEPS = 5;

  private static final List<String> KERNELS =
      Kernels.vectorModulePresent() ? List.of("plain", "vector") : List.of("plain");

  private static final SpikingNeuron NEURON = new SpikingNeuron(0.5, 1, Reset.bySubtraction(), 0.2);

  @ParameterizedTest
  @CsvSource({
    "40, 3, 1, 1, 8, 64, 0.3, RowGatherSimulation",
    "40, 3, 1, 4, 5, 33, 0.3, RowGatherSimulation",
    "40, 5, 2, 2, 9, 70, 0.01, GatherSimulation",
    "3, 3, 1, 1, 8, 20, 0.05, GatherSimulation"
  })
  void shouldDivideTheRowsOfAConvolution(
      int channels,
      int kernel,
      int stride,
      int padding,
      int side,
      int outputs,
      double density,
      String simulation) {
    int size = (side + 2 * padding - kernel) / stride + 1;
    FeatureShape input = FeatureShape.image(channels, side, side);
    GatherGeometry geometry =
        new GatherGeometry(
            input,
            FeatureShape.image(outputs, size, size),
            kernel,
            kernel,
            stride,
            stride,
            padding,
            padding);
    for (String kernels : KERNELS) {
      GatherWeights layer = layer(geometry, Kernels.named(kernels), density);
      assertEquals(simulation, layer.newSimulation(Share.WHOLE).getClass().getSimpleName());
      assertDivided(layer, layer, spikes(input, density), 4);
      assertDivided(layer, layer, constant(input), 3);
    }
  }

  @ParameterizedTest
  @CsvSource({"150, 4", "33, 2", "20, 1"})
  void shouldDivideTheChannelsOfAFullyConnectedLayer(int outputs, int shares) {
    FeatureShape input = FeatureShape.vector(200);
    for (String kernels : KERNELS) {
      GatherWeights layer =
          layer(GatherGeometry.dense(input, outputs), Kernels.named(kernels), 0.3);
      assertDivided(layer, layer, spikes(input, 0.3), shares);
      assertDivided(
          layer, share -> new SharedGather(layer, share, 448), spikes(input, 0.3), shares);
    }
  }

  @ParameterizedTest
  @CsvSource({"70, 7, 3", "20, 40, 5"})
  void shouldDivideNeuronsUnderAConstantCurrent(int channels, int side, int shares) {
    FeatureShape shape = FeatureShape.image(channels, side, side);
    float[] currents = new float[shape.neurons()];
    Random random = new Random(2);
    for (int i = 0; i < currents.length; i++) {
      currents[i] = random.nextFloat();
    }
    KernelNeuron rule = KernelNeuron.of(NEURON);
    SampleSimulations simulations =
        share -> {
          var simulation = new ConstantCurrentSimulation(shape, STEPS, rule, share);
          return run -> simulation.run(run, FloatBuffer.wrap(currents));
        };
    assertDivided(shape, simulations, null, shares, false);
  }

  private static void assertDivided(
      GatherWeights layer, SampleSimulations simulations, SpikeTrain input, int shares) {
    assertDivided(layer.geometry.output(), simulations, input, shares, true);
  }

  private static void assertDivided(
      FeatureShape output,
      SampleSimulations simulations,
      SpikeTrain input,
      int shares,
      boolean sumsInputs) {
    for (boolean started : new boolean[] {false, true}) {
      SampleRun whole = newRun(output, input, started, sumsInputs);
      simulations.newSimulation(Share.WHOLE).run(whole);
      assertTrue(Arrays.stream(whole.words()).anyMatch(word -> word != 0), "spikes");
      SampleRun divided = newRun(output, input, started, sumsInputs);
      for (int index = 0; index < shares; index++) {
        simulations.newSimulation(new Share(index, shares)).run(divided);
      }
      assertArrayEquals(whole.words(), divided.words());
      assertArrayEquals(whole.end()[0], divided.end()[0]);
      assertArrayEquals(whole.inputs(), divided.inputs());
    }
  }

  private static SampleRun newRun(
      FeatureShape output, SpikeTrain input, boolean started, boolean sumsInputs) {
    float[][] start = started ? new float[1][output.neurons()] : null;
    if (started) {
      start[0][output.neurons() / 2] = 2; // above the threshold
    }
    return new SampleRun(
        input,
        0,
        start,
        new float[1][output.neurons()],
        BitLayout.of(output).words(STEPS),
        sumsInputs ? new float[output.neurons()] : null);
  }

  private static SpikeTrain spikes(FeatureShape shape, double density) {
    BitLayout layout = BitLayout.of(shape);
    Random random = new Random(1);
    int[] words = layout.words(STEPS);
    for (int step = 0; step < STEPS; step++) {
      for (int place : layout.places(shape)) {
        for (int channel = 0; channel < shape.channels(); channel++) {
          if (random.nextDouble() < density) {
            words[layout.plane(step, channel) + place] |= 1 << channel;
          }
        }
      }
    }
    return new BinarySpikeTrain(shape, STEPS, new int[][] {words});
  }

  private static SpikeTrain constant(FeatureShape shape) {
    Random random = new Random(3);
    float[] current = new float[shape.neurons()];
    for (int i = 0; i < current.length; i += 3) {
      current[i] = random.nextFloat() - 0.3f;
    }
    return new ConstantSpikeTrain(shape, STEPS, current);
  }

  private static GatherWeights layer(
      GatherGeometry geometry, KernelProvider kernels, double density) {
    float[] bias = new float[geometry.output().channels()];
    Arrays.fill(bias, 0.01f);
    KernelWeights weights =
        (row, column, channel, first, count, target, offset) -> {
          Random random = new Random((row * 31L + column) * 31 + channel);
          for (int k = 0; k < first + count; k++) {
            float weight = (float) (0.2 * random.nextGaussian());
            if (k >= first) {
              target[offset + k - first] = weight;
            }
          }
        };
    return new GatherWeights(
        geometry, weights, bias, KernelNeuron.of(NEURON), kernels, () -> density);
  }
}
