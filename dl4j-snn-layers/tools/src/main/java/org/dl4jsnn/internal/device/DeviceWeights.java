package org.dl4jsnn.internal.device;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.compact.SynapseKind;
import org.dl4jsnn.spike.FeatureShape;

/** Weights as whole numbers in the order of the loops. */
final class DeviceWeights {

  private DeviceWeights() {}

  /**
   * Weights in the order of the loops: neighbours are those of one spike, and columns of a kernel
   * go from the last to the first, as the outputs that they charge lie.
   */
  static int[] ordered(NeuronPart part, FeatureShape from, int[] weights) {
    int[] ordered = new int[weights.length];
    int outputs = part.outputs();
    if (part.kind() == SynapseKind.DENSE) {
      for (int n = 0; n < from.neurons(); n++) {
        System.arraycopy(weights, from.arrayIndex(n) * outputs, ordered, n * outputs, outputs);
      }
      return ordered;
    }
    int taps = part.window().rows().kernel() * part.window().columns().kernel();
    int each = part.kind() == SynapseKind.DEPTHWISE ? outputs / from.channels() : outputs;
    int inputs = weights.length / (taps * outputs); // of a channel: 1 if depthwise
    for (int i = 0; i < weights.length; i++) {
      int columns = part.window().columns().kernel();
      int tap = i % taps + columns - 1 - 2 * (i % columns);
      int output = i / taps / inputs;
      int input = part.kind() == SynapseKind.DEPTHWISE ? output / each : i / taps % inputs;
      ordered[(input * taps + tap) * each + output % each] = weights[i];
    }
    return ordered;
  }

  static int[] whole(String name, float[] values) {
    int[] whole = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      whole[i] = (int) values[i];
      Require.not(
          whole[i] != values[i],
          "layer '%s': weights must be whole numbers, got %s. Possible cause: the network was not"
              + " quantised to integers",
          name,
          values[i]);
    }
    return whole;
  }

  static int[] wholeWeights(String name, float[] values) {
    int[] whole = whole(name, values);
    for (int value : whole) {
      Require.not(
          value != (short) value,
          "layer '%s': weights must be of 16 bits at most, got %s",
          name,
          value);
    }
    return whole;
  }

  static int[] scaled(int[] values, int factor) {
    return Arrays.stream(values).map(value -> Math.multiplyExact(value, factor)).toArray();
  }
}
