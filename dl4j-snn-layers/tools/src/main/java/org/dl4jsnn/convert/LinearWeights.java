package org.dl4jsnn.convert;

import java.util.Arrays;
import java.util.List;

/**
 * A linear map over channels: weights [outputs][inputs][taps] and a bias. Taps are those of a
 * kernel, row by row, or the positions of the input if every position has its own weight.
 * Immutable.
 */
record LinearWeights(int outputs, int inputs, int taps, double[] values, double[] biases) {

  /** The identity. */
  static LinearWeights identity(int channels) {
    double[] values = new double[channels * channels];
    for (int channel = 0; channel < channels; channel++) {
      values[channel * channels + channel] = 1;
    }
    return new LinearWeights(channels, channels, 1, values, new double[channels]);
  }

  double at(int output, int input, int tap) {
    return values[(output * inputs + input) * taps + tap];
  }

  boolean hasBias() {
    return Arrays.stream(biases).anyMatch(value -> value != 0);
  }

  /** The sum of maps over their concatenated inputs. */
  static LinearWeights concatenated(List<LinearWeights> maps) {
    if (maps.size() == 1) {
      return maps.get(0);
    }
    int outputs = maps.get(0).outputs;
    int taps = maps.get(0).taps;
    int inputs = maps.stream().mapToInt(map -> map.inputs).sum();
    double[] values = new double[outputs * inputs * taps];
    double[] bias = new double[outputs];
    for (int output = 0; output < outputs; output++) {
      int next = output * inputs * taps;
      for (LinearWeights map : maps) {
        int length = map.inputs * taps;
        System.arraycopy(map.values, output * length, values, next, length);
        next += length;
        bias[output] += map.biases[output];
      }
    }
    return new LinearWeights(outputs, inputs, taps, values, bias);
  }

  /** The same map with another number of channels and taps, weights flattened. */
  LinearWeights over(int channels, int positions) {
    return new LinearWeights(outputs, channels, positions, values, biases);
  }

  /** Converts a map of flattened [height, width, channels] to one of [channels, height, width]. */
  LinearWeights channelsFirst(int channels) {
    int positions = inputs * taps / channels;
    double[] moved = new double[values.length];
    for (int output = 0; output < outputs; output++) {
      int first = output * inputs * taps;
      for (int channel = 0; channel < channels; channel++) {
        for (int position = 0; position < positions; position++) {
          moved[first + channel * positions + position] =
              values[first + position * channels + channel];
        }
      }
    }
    return new LinearWeights(outputs, channels, positions, moved, biases);
  }

  /** Applies a function to every output: turns y into f · y + s. */
  LinearWeights then(double[] factors, double[] shifts) {
    double[] scaled = new double[values.length];
    double[] moved = new double[outputs];
    for (int output = 0; output < outputs; output++) {
      for (int i = output * inputs * taps; i < (output + 1) * inputs * taps; i++) {
        scaled[i] = factors[output] * values[i];
      }
      moved[output] = factors[output] * biases[output] + shifts[output];
    }
    return new LinearWeights(outputs, inputs, taps, scaled, moved);
  }

  /**
   * The same map on the channels of a spike train: the weight of a logical channel goes to the
   * channels that it is read from, and its shift into the bias.
   */
  LinearWeights overTrain(Signal signal) {
    int channels = signal.train().channels();
    double[] mapped = new double[outputs * channels * taps];
    double[] shifted = biases.clone();
    for (int output = 0; output < outputs; output++) {
      for (int input = 0; input < inputs; input++) {
        Signal.Reading reading = signal.channel(input);
        for (int tap = 0; tap < taps; tap++) {
          double weight = at(output, input, tap);
          for (int i = 0; i < reading.channels().length; i++) {
            mapped[(output * channels + reading.channels()[i]) * taps + tap] +=
                weight * reading.factors()[i];
          }
          shifted[output] += weight * reading.shift();
        }
      }
    }
    return new LinearWeights(outputs, channels, taps, mapped, shifted);
  }

  /** Both signs of every output: turns y into (y, −y). */
  LinearWeights withOpposites() {
    double[] both = new double[2 * values.length];
    double[] shifts = new double[2 * outputs];
    for (int i = 0; i < values.length; i++) {
      both[i] = values[i];
      both[values.length + i] = -values[i];
    }
    for (int output = 0; output < outputs; output++) {
      shifts[output] = biases[output];
      shifts[outputs + output] = -biases[output];
    }
    return new LinearWeights(2 * outputs, inputs, taps, both, shifts);
  }
}
