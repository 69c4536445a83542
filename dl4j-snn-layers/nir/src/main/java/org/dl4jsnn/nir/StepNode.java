package org.dl4jsnn.nir;

import java.util.Arrays;
import java.util.function.BiConsumer;

/** A node of a running simulation: its output at a step and its state for the next. */
interface StepNode {

  /** Runs a step; leaves the input as it is. */
  void step(float[] input, float[] output);

  /** Resets the state. */
  default void reset() {}

  /** A node on its input's shape. */
  static StepNode of(
      String name, NirNode node, int[] in, NirDialect dialect, BiConsumer<String, String> ignored) {
    if (node instanceof NirNeurons neurons) {
      return new NeuronStep(
          dialect.simulated(name, neurons, parameter -> ignored.accept(name, parameter)),
          neurons.shape());
    }
    if (node instanceof NirPlumbing.Delay delay) {
      return DelayStep.of(name, delay, dialect.timeStep());
    }
    if (node instanceof NirWeights.Scale scale) {
      float[] factors = scale.scale().values();
      return (x, y) -> scale(x, factors, y);
    }
    if (node instanceof NirWeights.Affine affine) {
      return mapping(affine.weight(), affine.bias().values());
    }
    if (node instanceof NirWeights.Linear linear) {
      return mapping(linear.weight(), new float[linear.weight().size(linear.weight().rank() - 2)]);
    }
    if (node instanceof NirWeights.Conv2d c) {
      return convolution(StepWindows.of(c, in), c.weight().values(), c.bias().values(), c.groups());
    }
    if (node instanceof NirWeights.Conv1d c) {
      return convolution(StepWindows.of(c, in), c.weight().values(), c.bias().values(), c.groups());
    }
    if (node instanceof NirPlumbing.SumPool2d pool) {
      return pooling(StepWindows.of(pool, in), 1);
    }
    if (node instanceof NirPlumbing.AvgPool2d pool) {
      long taps = (long) pool.rows().kernel() * pool.columns().kernel();
      return pooling(StepWindows.of(pool, in), taps);
    }
    return (x, y) -> System.arraycopy(x, 0, y, 0, x.length);
  }

  private static void scale(float[] x, float[] factors, float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = factors[i] * x[i];
    }
  }

  /** Parallel maps, or one map for all rows. */
  private static StepNode mapping(NirTensor weight, float[] bias) {
    int outputs = weight.size(weight.rank() - 2);
    int inputs = weight.size(weight.rank() - 1);
    int maps = weight.length() / outputs / inputs;
    float[] weights = weight.values();
    return (x, y) -> {
      for (int row = 0; row < x.length / inputs; row++) {
        int map = row % maps;
        for (int i = 0; i < outputs; i++) {
          float sum = 0;
          int first = (map * outputs + i) * inputs;
          for (int j = 0; j < inputs; j++) {
            sum += weights[first + j] * x[row * inputs + j];
          }
          y[row * outputs + i] = sum + bias[(map * outputs + i) % bias.length];
        }
      }
    };
  }

  private static StepNode convolution(
      StepWindows windows, float[] weights, float[] bias, int groups) {
    int inGroup = windows.channels() / groups;
    int outGroup = windows.outChannels() / groups;
    int taps = windows.rows().kernel() * windows.columns().kernel();
    return (x, y) -> {
      int next = 0;
      for (int out = 0; out < windows.outChannels(); out++) {
        int firstChannel = out / outGroup * inGroup;
        for (int row = 0; row < windows.rows().outputs(); row++) {
          for (int column = 0; column < windows.columns().outputs(); column++) {
            float sum = 0;
            for (int k = 0; k < inGroup; k++) {
              int first = (out * inGroup + k) * taps;
              sum = windows.sum(x, firstChannel + k, row, column, weights, first, sum);
            }
            y[next++] = sum + bias[out];
          }
        }
      }
    };
  }

  private static StepNode pooling(StepWindows windows, long divisor) {
    return (x, y) -> {
      int next = 0;
      for (int channel = 0; channel < windows.channels(); channel++) {
        for (int row = 0; row < windows.rows().outputs(); row++) {
          for (int column = 0; column < windows.columns().outputs(); column++) {
            y[next++] = windows.sum(x, channel, row, column, null, 0, 0) / divisor;
          }
        }
      }
    };
  }

  /** The number of values in a shape. */
  static int count(int[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }
}
