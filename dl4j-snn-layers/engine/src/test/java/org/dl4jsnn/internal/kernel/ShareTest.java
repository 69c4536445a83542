package org.dl4jsnn.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Random;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.ConstantSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shares of a sample together give the bits of the whole. */
class ShareTest {

  private static final int STEPS = 5;

  private static final KernelNeuron NEURON =
      KernelNeuron.of(new SpikingNeuron(0.5, 1, Reset.bySubtraction(), 0.2));

  @ParameterizedTest
  @CsvSource({
    "plain, 40, 3, 1, 8, 64, 0.3, RowsOrColumns",
    "chosen, 40, 3, 4, 5, 33, 0.3, RowsOrColumns",
    "chosen, 40, 5, 2, 9, 70, 0.01, GatherSimulation",
    "plain, 3, 3, 1, 8, 20, 0.05, GatherSimulation"
  })
  void shouldDivideTheRowsOfAConvolution(
      String kernels,
      int channels,
      int kernel,
      int padding,
      int side,
      int outputs,
      double density,
      String simulation) {
    int size = side + 2 * padding - kernel + 1;
    FeatureShape input = FeatureShape.image(channels, side, side);
    FeatureShape output = FeatureShape.image(outputs, size, size);
    GatherWeights layer =
        layer(
            new GatherGeometry(input, output, kernel, kernel, 1, 1, padding, padding),
            kernels,
            density);
    assertEquals(simulation, layer.newSimulation(Share.WHOLE).getClass().getSimpleName());
    assertDivided(output, layer, PackedTrains.of(train(input, density, 1)), 4);
    assertDivided(output, layer, train(input, density, -0.3f), 3);
  }

  @ParameterizedTest
  @CsvSource({"plain, 150, 4", "chosen, 150, 4", "chosen, 33, 2", "plain, 20, 1"})
  void shouldDivideTheChannelsOfAFullyConnectedLayer(String kernels, int outputs, int shares) {
    FeatureShape input = FeatureShape.vector(200);
    FeatureShape output = FeatureShape.vector(outputs);
    GatherWeights layer = layer(GatherGeometry.dense(input, outputs), kernels, 0.3);
    SpikeTrain spikes = PackedTrains.of(train(input, 0.3, 1));
    assertDivided(output, layer, spikes, shares);
    assertDivided(output, share -> new SharedGather(layer, share, 448), spikes, shares);
  }

  @ParameterizedTest
  @CsvSource({"70, 7, 3, true", "20, 40, 5, true", "70, 7, 3, false"})
  void shouldDivideNeuronsUnderCurrents(int channels, int side, int shares, boolean constant) {
    FeatureShape shape = FeatureShape.image(channels, side, side);
    CurrentSimulation.Source currents =
        CurrentSimulation.of(train(shape, 0.5, 0.4f).totals(), shape);
    SampleSimulations simulations =
        share -> {
          var simulation =
              new CurrentSimulation(shape, STEPS, constant, NEURON, Kernels.chosen(), share);
          return run ->
              simulation.run(
                  run,
                  step ->
                      (position, first, count, to, at) -> {
                        currents.copy(position, first, count, to, at);
                        to[at] *= 1 + step;
                      });
        };
    assertDivided(shape, simulations, null, shares);
  }

  private static void assertDivided(
      FeatureShape output, SampleSimulations simulations, SpikeTrain input, int shares) {
    for (boolean started : new boolean[] {false, true}) {
      SampleRun whole = newRun(output, input, started);
      run(simulations, Share.WHOLE, whole);
      assertTrue(Arrays.stream(whole.words()).anyMatch(word -> word != 0), "spikes");
      SampleRun divided = newRun(output, input, started);
      for (int index = 0; index < shares; index++) {
        run(simulations, new Share(index, shares), divided);
      }
      assertArrayEquals(whole.words(), divided.words());
      assertArrayEquals(whole.end()[0], divided.end()[0]);
      assertArrayEquals(whole.inputs(), divided.inputs());
    }
  }

  /** From the second state on by a simulation that was used before. */
  private static void run(SampleSimulations simulations, Share share, SampleRun run) {
    SampleSimulation simulation = simulations.newSimulation(share);
    simulation.run(run);
    simulations.giveBack(share, simulation);
  }

  @Test
  void shouldReuseASimulationOfTheSameShareUntilItIsCollected() throws InterruptedException {
    FeatureShape input = FeatureShape.vector(20);
    GatherWeights layer = layer(GatherGeometry.dense(input, 40), "plain", 0.3);
    SampleSimulation used = layer.newSimulation(Share.WHOLE);
    layer.giveBack(Share.WHOLE, used);
    assertNotSame(used, layer.newSimulation(new Share(0, 2)));
    assertSame(used, layer.newSimulation(Share.WHOLE));
    assertNotSame(used, layer.newSimulation(Share.WHOLE));
    layer.giveBack(Share.WHOLE, used);
    WeakReference<SampleSimulation> kept = new WeakReference<>(used);
    used = null;
    for (int turn = 0; turn < 100 && kept.get() != null; turn++) {
      System.gc();
      Thread.sleep(10);
    }
    assertNull(kept.get());
  }

  @Test
  void shouldKeepFewIdleSimulations() {
    IdleSimulations idle = new IdleSimulations();
    SampleSimulation one = run -> {};
    for (int k = 0; k < 1000; k++) {
      idle.put(Share.WHOLE, one);
    }
    int kept = 0;
    for (; idle.take(Share.WHOLE) != null; kept++) {}
    assertEquals(2 * ParallelSamples.threads(), kept);
  }

  /** One neuron may start above its threshold. */
  private static SampleRun newRun(FeatureShape output, SpikeTrain input, boolean started) {
    float[][] start = started ? new float[1][output.neurons()] : null;
    if (started) {
      start[0][output.neurons() / 2] = 2;
    }
    int[] words = BitLayout.of(output).words(STEPS);
    float[] inputs = new float[output.neurons()];
    return new SampleRun(input, 0, start, new float[1][output.neurons()], words, inputs);
  }

  /** The same at every step. */
  private static SpikeTrain train(FeatureShape shape, double density, float amplitude) {
    Random random = new Random(1);
    float[] current = new float[shape.neurons()];
    for (int i = 0; i < current.length; i++) {
      current[i] = random.nextDouble() < density ? amplitude : 0;
    }
    return new ConstantSpikeTrain(shape, STEPS, current);
  }

  private static GatherWeights layer(GatherGeometry geometry, String kernels, double density) {
    float[] bias = new float[geometry.output().channels()];
    Arrays.fill(bias, 0.01f);
    KernelWeights weights =
        (row, column, channel, first, count, target, offset) -> {
          for (int k = first; k < first + count; k++) {
            int place = ((row * 31 + column) * 31 + channel) * 31 + k;
            target[offset + k - first] = (float) (0.2 * new Random(place).nextGaussian());
          }
        };
    KernelProvider provider = kernels.equals("plain") ? new PlainKernels() : Kernels.chosen();
    return new GatherWeights(geometry, weights, bias, NEURON, provider, () -> density);
  }
}
