package org.dl4jsnn.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of weights against the sum over all spikes and the neurons that they reach. */
class WeightSumsTest {

  private static final int STEPS = StepSpikesTest.STEPS;

  private static final KernelProvider[] KERNELS = {new PlainKernels(), Kernels.chosen()};

  static Stream<GatherGeometry> windows() {
    FeatureShape input = FeatureShape.image(3, 6, 5);
    return Stream.of(
        new GatherGeometry(input, FeatureShape.image(70, 6, 5), 3, 3, 1, 1, 1, 1),
        new GatherGeometry(input, FeatureShape.image(5, 4, 3), 3, 3, 1, 1, 0, 0),
        new GatherGeometry(input, FeatureShape.image(33, 3, 2), 2, 3, 2, 3, 1, 2),
        new GatherGeometry(input, FeatureShape.image(1, 8, 7), 1, 1, 1, 1, 1, 1),
        new GatherGeometry(FeatureShape.vector(9), FeatureShape.vector(4), 1, 1, 1, 1, 0, 0));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void shouldAddEverySpikeToTheWeightsThatItReaches(GatherGeometry window) {
    for (boolean graded : new boolean[] {false, true}) {
      SpikeTrain train = train(window.input(), graded);
      float[][] gradients = gradients(STEPS, window.output().neurons());
      double[] expected = sums(window, train, gradients);
      for (KernelProvider kernels : KERNELS) {
        float[] sums = GatheredWeightSums.newSums(window, kernels);
        WeightSums actual = new GatheredWeightSums(window, kernels, 2);
        for (int step = 0; step < STEPS; step++) {
          actual.add(train, 0, step, gradients[step], sums);
        }
        actual.finish(sums);
        int channels = window.output().channels();
        GatheredWeightSums.collect(
            window,
            kernels,
            sums,
            (row, column, channel, first, count, from, at) -> {
              for (int k = 0; k < channels; k++) {
                int weight = index(window, row, column, channel) * channels + k;
                assertEquals(expected[weight], from[at + k], 1e-5, kernels.name());
              }
            });
      }
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void shouldAddUpTheRowsOfAFullyConnectedLayer(GatherGeometry window) {
    FeatureShape input = window.input();
    int outputs = window.output().channels();
    SpikeTrain train = train(input, true);
    float[][] gradients = gradients(STEPS, outputs);
    float[] rows = new float[STEPS * outputs];
    for (int step = 0; step < STEPS; step++) {
      System.arraycopy(gradients[step], 0, rows, step * outputs, outputs);
    }
    GatherGeometry dense = GatherGeometry.dense(input, outputs);
    double[] expected = sums(dense, train, gradients);
    for (KernelProvider kernels : KERNELS) {
      float[] actual = new float[input.neurons() * outputs];
      new DenseWeightGradient(train, kernels).write(rows, outputs, actual);
      for (int neuron = 0; neuron < input.neurons(); neuron++) {
        for (int k = 0; k < outputs; k++) {
          double sum = expected[neuron * outputs + k];
          assertEquals(sum, actual[input.arrayIndex(neuron) * outputs + k], 1e-5);
        }
      }
    }
  }

  private static double[] sums(GatherGeometry window, SpikeTrain train, float[]... gradients) {
    FeatureShape output = window.output();
    double[] sums = new double[window.weightRows() * output.channels()];
    SpikeEvents events = new SpikeEvents(window.input());
    for (int step = 0; step < STEPS; step++) {
      train.read(0, step, events);
      for (int e = 0; e < events.size(); e++) {
        for (int neuron = 0; neuron < output.neurons(); neuron++) {
          int position = neuron / output.channels();
          int row =
              events.position(e) / window.input().width()
                  - position / output.width() * window.strideHeight()
                  + window.paddingTop();
          int column =
              events.position(e) % window.input().width()
                  - position % output.width() * window.strideWidth()
                  + window.paddingLeft();
          if (row >= 0
              && row < window.kernelHeight()
              && column >= 0
              && column < window.kernelWidth()) {
            int weight = index(window, row, column, events.channel(e)) * output.channels();
            sums[weight + neuron % output.channels()] +=
                (double) events.amplitude(e) * gradients[step][neuron];
          }
        }
      }
    }
    return sums;
  }

  private static int index(GatherGeometry window, int row, int column, int channel) {
    return (row * window.kernelWidth() + column) * window.input().channels() + channel;
  }

  private static float[][] gradients(int steps, int neurons) {
    Random random = new Random(3);
    float[][] gradients = new float[steps][neurons];
    for (float[] step : gradients) {
      for (int i = 0; i < neurons; i++) {
        step[i] = (float) random.nextGaussian();
      }
    }
    return gradients;
  }

  private static SpikeTrain train(FeatureShape shape, boolean graded) {
    return graded
        ? StepSpikesTest.events(shape, StepSpikesTest.GRADED)
        : PackedTrains.of(StepSpikesTest.events(shape, StepSpikesTest.SOME));
  }
}
