package org.dl4jsnn.examples.onnx;

import java.util.List;
import java.util.Map;

/**
 * Rounds the values of a graph to eight bits and back; ONNX Runtime computes what lies between in
 * integers.
 */
final class Rounding {

  private static final int LARGEST_WEIGHT = 127;

  private final OnnxNodes nodes;
  private final Map<String, ValueRange> ranges;

  /** The activation whose range counts. */
  private String ranged;

  Rounding(OnnxNodes nodes, Map<String, ValueRange> ranges) {
    this.nodes = nodes;
    this.ranges = ranges;
  }

  /** Rounds an activation by its own range; returns the name of what is rounded, here and below. */
  String own(String activation) {
    ranged = activation;
    ValueRange range = ranges.get(activation);
    nodes.floats(activation + "-scale", new float[] {range.scale()});
    nodes.unsignedByte(activation + "-zero", range.zeroPoint());
    return same(activation);
  }

  /** Rounds some of the same values once more, which keeps them. */
  String same(String moved) {
    String scale = ranged + "-scale";
    String zero = ranged + "-zero";
    String bytes = nodes.add("QuantizeLinear", moved + "-bytes", List.of(moved, scale, zero));
    return nodes.add("DequantizeLinear", moved + "-rounded", List.of(bytes, scale, zero));
  }

  /** Adds weights of seven bits and a sign, one scale per output, and biases of 32 bits. */
  void add(String weights, String biases, FoldedWeights folded) {
    float[] values = folded.values();
    float[] shifts = folded.biases().toFloatVector();
    int inputs = values.length / shifts.length;
    byte[] rounded = new byte[values.length];
    float[] scales = new float[shifts.length];
    int[] roundedShifts = new int[shifts.length];
    float[] shiftScales = new float[shifts.length];
    for (int output = 0; output < shifts.length; output++) {
      float largest = 0;
      for (int i = output * inputs; i < (output + 1) * inputs; i++) {
        largest = Math.max(largest, Math.abs(values[i]));
      }
      scales[output] = largest == 0 ? 1 : largest / LARGEST_WEIGHT;
      for (int i = output * inputs; i < (output + 1) * inputs; i++) {
        rounded[i] = (byte) Math.round(values[i] / scales[output]);
      }
      shiftScales[output] = scales[output] * ranges.get(ranged).scale();
      roundedShifts[output] = Math.round(shifts[output] / shiftScales[output]);
    }
    nodes.signedBytes(weights + "-bytes", rounded, folded.weights().shape());
    nodes.signedBytes(weights + "-zero", new byte[scales.length], scales.length);
    scale(weights, weights + "-bytes", scales);
    nodes.integers(biases + "-integers", roundedShifts, shifts.length);
    nodes.integers(biases + "-zero", new int[shifts.length], shifts.length);
    scale(biases, biases + "-integers", shiftScales);
  }

  private void scale(String name, String integers, float... scales) {
    nodes.floats(name + "-scale", scales, scales.length);
    nodes.add(
        "DequantizeLinear",
        name,
        List.of(integers, name + "-scale", name + "-zero"),
        OnnxNodes.attribute("axis", 0));
  }
}
