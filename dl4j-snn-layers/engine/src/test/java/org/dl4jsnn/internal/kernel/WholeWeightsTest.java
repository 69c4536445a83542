package org.dl4jsnn.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.internal.spike.SummedSpikeTrain;
import org.dl4jsnn.spike.ConstantSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels of whole numbers give the bits of those of floats. */
class WholeWeightsTest {

  /** Plain Java and vectors of 64 bits have none of whole numbers. */
  private static final boolean HAS_KERNELS =
      Kernels.chosen().description().matches("vector, (128|256|512) bits");

  private static final int STEPS = 3;
  private static final float UNIT = 1 / 64f;

  private static final KernelNeuron BY_SUBTRACTION = new KernelNeuron(2, 1, true, 0, 1);
  private static final KernelNeuron LEAKY = new KernelNeuron(2, 0.5f, true, 0, 0.25f);
  private static final KernelNeuron TO_A_VALUE = new KernelNeuron(1.7f, 1, false, -0.5f, 0);

  @ParameterizedTest
  @CsvSource({
    "20, 3, 6, 64, 0.1",
    "40, 3, 6, 70, 0.6",
    "8, 3, 4, 32, 0.3",
    "700, 1, 3, 40, 0.7",
    "3000, 1, 1, 130, 0.5",
    "9000, 1, 1, 64, 0.1"
  })
  void shouldGiveTheBitsOfFloats(int channels, int kernel, int side, int outputs, double density) {
    GatherGeometry geometry = geometry(channels, kernel, side, outputs);
    FeatureShape input = geometry.input();
    FeatureShape output = geometry.output();
    SpikeTrain ones = spikes(input, density, 1);
    SpikeTrain sums = SummedSpikeTrain.of(List.of(ones, spikes(input, density, 2)));
    SpikeTrain many = SummedSpikeTrain.of(List.of(sums, sums, ones));
    for (KernelNeuron neuron : new KernelNeuron[] {BY_SUBTRACTION, TO_A_VALUE}) {
      GatherWeights whole = layer(geometry, neuron, Kernels.chosen(), density);
      GatherWeights floats = layer(geometry, neuron, new PlainKernels(), density);
      for (SpikeTrain train : List.of(ones, sums, many)) {
        assertEquals(HAS_KERNELS, whole.blocks.areExact(run(output, train)));
        assertFalse(floats.blocks.areExact(run(output, train)));
        SampleRun expected = run(output, train);
        floats.newSimulation(Share.WHOLE).run(expected);
        SampleRun actual = run(output, train);
        whole.newSimulation(Share.WHOLE).run(actual);
        assertArrayEquals(expected.words(), actual.words());
        assertArrayEquals(expected.end()[0], actual.end()[0]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "20, 3, 6, 64, 0.1",
    "40, 3, 6, 70, 0.6",
    "40, 3, 6, 128, 0.6",
    "8, 3, 4, 32, 0.3",
    "700, 1, 3, 40, 0.7",
    "3000, 1, 1, 130, 0.5",
    "9000, 1, 1, 64, 0.1"
  })
  void shouldHoldACurrent(int channels, int kernel, int side, int outputs, double density) {
    GatherGeometry geometry = geometry(channels, kernel, side, outputs);
    FeatureShape input = geometry.input();
    FeatureShape output = geometry.output();
    SpikeTrain everyStep = spikes(input, density, 1);
    SpikeTrain anyStep = spikes(input, density, 1, 1);
    for (KernelNeuron neuron : List.of(BY_SUBTRACTION, TO_A_VALUE, LEAKY)) {
      for (KernelProvider kernels : List.of(Kernels.chosen(), new PlainKernels())) {
        GatherWeights layer = layer(geometry, neuron, kernels, density);
        SampleRun expected = run(output, everyStep);
        layer.newSimulation(Share.WHOLE).run(expected);
        SampleRun actual = run(output, everyStep).holding(anyStep);
        layer.newSimulation(Share.WHOLE).run(actual);
        assertArrayEquals(expected.words(), actual.words());
        assertArrayEquals(expected.end()[0], actual.end()[0]);
        int[] words = BitLayout.of(output).words(STEPS);
        SampleRun withoutEnd = new SampleRun(everyStep, 0, null, null, words, null);
        layer.newSimulation(Share.WHOLE).run(withoutEnd.holding(anyStep));
        assertArrayEquals(expected.words(), words);
      }
    }
  }

  /** All weights of a window, read several times, are more than 16 bits hold. */
  @Test
  void shouldAddMoreThanSixteenBits() {
    FeatureShape input = FeatureShape.vector(258);
    FeatureShape output = FeatureShape.vector(64);
    KernelWeights weights =
        (row, column, channel, first, count, target, offset) ->
            Arrays.fill(target, offset, offset + count, 127 * UNIT);
    SpikeTrain ones = spikes(input, 1, 1);
    SpikeTrain sums = SummedSpikeTrain.of(List.of(ones, ones, ones));
    List<SampleRun> runs = new ArrayList<>();
    for (KernelProvider kernels : List.of(Kernels.chosen(), new PlainKernels())) {
      GatherGeometry geometry = GatherGeometry.dense(input, 64);
      GatherWeights layer =
          new GatherWeights(geometry, weights, new float[0], BY_SUBTRACTION, kernels, () -> 1);
      runs.add(run(output, sums));
      layer.newSimulation(Share.WHOLE).run(runs.get(runs.size() - 1));
    }
    assertArrayEquals(runs.get(1).end()[0], runs.get(0).end()[0]);
  }

  @Test
  void shouldLeaveOtherSumsToFloats() {
    FeatureShape input = FeatureShape.vector(30);
    FeatureShape output = FeatureShape.vector(64);
    GatherWeights layer =
        layer(GatherGeometry.dense(input, 64), BY_SUBTRACTION, Kernels.chosen(), 0.5);
    SpikeTrain spikes = spikes(input, 0.5, 1);
    assertEquals(HAS_KERNELS, layer.blocks.areExact(run(output, spikes)));
    float[] currents = new float[30];
    Arrays.fill(currents, 0.3f);
    assertFalse(layer.blocks.areExact(run(output, new ConstantSpikeTrain(input, STEPS, currents))));
    SampleRun started =
        new SampleRun(spikes, 0, new float[1][64], null, BitLayout.of(output).words(STEPS), null);
    assertFalse(layer.blocks.areExact(started));
  }

  /** In other blocks, repeated spikes would give other bits. */
  @Test
  void shouldLeaveALayerToFloatsIfOneBlockIsNotWhole() {
    FeatureShape input = FeatureShape.vector(30);
    KernelWeights weights =
        (row, column, channel, first, count, target, offset) -> {
          for (int k = 0; k < count; k++) {
            target[offset + k] = first + k < 128 ? UNIT : 0.1f;
          }
        };
    GatherGeometry geometry = GatherGeometry.dense(input, 130);
    float[] noBias = new float[0];
    GatherWeights layer =
        new GatherWeights(geometry, weights, noBias, BY_SUBTRACTION, Kernels.chosen(), () -> 0.5);
    assertTrue(layer.blocks.blocks().size() > 1);
    assertFalse(layer.blocks.areExact(run(FeatureShape.vector(130), spikes(input, 0.5, 1))));
  }

  @Test
  void shouldFindTheCoarsestPowersOfTwo() {
    WholeWeights whole = of(BY_SUBTRACTION, 0, 0.5f, -0.75f, 3, 1, 0, 0).orElseThrow();
    assertArrayEquals(new float[] {0.25f, 1}, whole.scales());
    assertEquals(257, whole.eventsOfSum());
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 64.25f, 1e-40f, 0.0078125f})
  void shouldRefuseWeightsOfMoreBits(float weight) {
    assertFalse(of(BY_SUBTRACTION, 0, weight, 1, 1, 1, 1).isPresent());
  }

  @Test
  void shouldRefuseNeuronsWhoseSumsAreNotExact() {
    assertTrue(of(BY_SUBTRACTION, 0.25f, 1, 1, 1, 1, 1).isPresent());
    assertFalse(of(BY_SUBTRACTION, 0.3f, 1, 1, 1, 1, 1).isPresent());
    assertTrue(of(new KernelNeuron(1.1f, 1, false, 0, 0), 0, 1, 1).isPresent());
    assertFalse(of(new KernelNeuron(1.1f, 1, true, 0, 0), 0, 1, 1).isPresent());
    assertFalse(of(new KernelNeuron(1, 1, false, 0, 0.7f), 0, 1, 1).isPresent());
    assertFalse(of(new KernelNeuron(1, 0.5f, false, 0, 0), 0, 1, 1).isPresent());
  }

  private static Optional<WholeWeights> of(KernelNeuron neuron, float bias, float... rows) {
    int width = 2;
    float[] padded = new float[KernelProvider.FIRST_WEIGHT + rows.length];
    for (int i = 0; i < rows.length; i++) {
      int channel = i < rows.length / 2 ? 0 : 1;
      int row = i % (rows.length / 2);
      padded[KernelProvider.FIRST_WEIGHT + row * width + channel] = rows[i];
    }
    return WholeWeights.of(padded, rows.length / 2, width, new float[] {bias, 0}, neuron);
  }

  private static GatherGeometry geometry(int channels, int kernel, int side, int outputs) {
    FeatureShape input = FeatureShape.image(channels, side, side);
    FeatureShape output = FeatureShape.image(outputs, side, side);
    int padding = kernel / 2;
    return new GatherGeometry(input, output, kernel, kernel, 1, 1, padding, padding);
  }

  private static SampleRun run(FeatureShape output, SpikeTrain input) {
    int[] words = BitLayout.of(output).words(STEPS);
    return new SampleRun(input, 0, null, new float[1][output.neurons()], words, null);
  }

  private static SpikeTrain spikes(FeatureShape shape, double density, int seed) {
    return spikes(shape, density, seed, STEPS);
  }

  private static SpikeTrain spikes(FeatureShape shape, double density, int seed, int steps) {
    Random random = new Random(seed);
    float[] current = new float[shape.neurons()];
    for (int i = 0; i < current.length; i++) {
      current[i] = random.nextDouble() < density ? 1 : 0;
    }
    return PackedTrains.of(new ConstantSpikeTrain(shape, steps, current));
  }

  private static GatherWeights layer(
      GatherGeometry geometry, KernelNeuron neuron, KernelProvider kernels, double density) {
    float[] bias = new float[geometry.output().channels()];
    for (int channel = 0; channel < bias.length; channel++) {
      bias[channel] = (channel % 7 - 3) * UNIT;
    }
    KernelWeights weights =
        (row, column, channel, first, count, target, offset) -> {
          Random random = new Random((row * 31L + column) * 100_003 + channel);
          for (int k = 0; k < first + count; k++) {
            int weight = random.nextInt(255) - 127;
            if (k >= first) {
              target[offset + k - first] = weight * UNIT;
            }
          }
        };
    return new GatherWeights(geometry, weights, bias, neuron, kernels, () -> density);
  }
}
