package org.dl4jsnn.examples.nir;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;

/** The numbers of a node as one line. */
final class NirNodeText {

  private NirNodeText() {}

  /** The text after a node's type and shape; may be empty. */
  static String of(NirNode node) {
    String text = text(node);
    return text.isEmpty() ? "" : ": " + text;
  }

  private static String text(NirNode node) {
    if (node instanceof NirNeurons neurons) {
      return neurons.parameters().entrySet().stream()
          .map(each -> range(each.getKey(), each.getValue()))
          .collect(Collectors.joining(", "));
    }
    if (node instanceof NirWeights.Affine affine) {
      return weight(affine.weight());
    }
    if (node instanceof NirWeights.Linear linear) {
      return weight(linear.weight());
    }
    if (node instanceof NirWeights.Scale scale) {
      return range("scale", scale.scale());
    }
    if (node instanceof NirWeights.Conv2d c) {
      return weight(c.weight())
          + ", "
          + both(axis(c.rows()), axis(c.columns()))
          + groups(c.groups());
    }
    if (node instanceof NirWeights.Conv1d c) {
      return weight(c.weight()) + ", " + axis(c.axis()) + groups(c.groups());
    }
    return plumbing(node);
  }

  private static String plumbing(NirNode node) {
    if (node instanceof NirPlumbing.SumPool2d pool) {
      return both(window(pool.rows()), window(pool.columns()));
    }
    if (node instanceof NirPlumbing.AvgPool2d pool) {
      return both(window(pool.rows()), window(pool.columns()));
    }
    return node instanceof NirPlumbing.Delay delay ? range("delay", delay.delay()) : "";
  }

  private static String weight(NirTensor weight) {
    return "weight " + Arrays.toString(weight.shape());
  }

  /** Rows and columns; one number if equal. */
  private static String both(String rows, String columns) {
    return rows.equals(columns) ? rows : "rows: " + rows + "; columns: " + columns;
  }

  private static String axis(NirWeights.Axis axis) {
    return String.format(
        "stride %s, padding %s, dilation %s",
        axis.stride(),
        axis.padding() == NirWeights.Axis.SAME ? "same" : axis.padding(),
        axis.dilation());
  }

  private static String window(NirPlumbing.Window window) {
    return String.format(
        "kernel %s, stride %s, padding %s", window.kernel(), window.stride(), window.padding());
  }

  private static String groups(int groups) {
    return groups == 1 ? "" : ", " + groups + " groups";
  }

  private static String range(String name, NirTensor numbers) {
    double[] values = numbers.doubles();
    double least = Arrays.stream(values).min().orElseThrow();
    double most = Arrays.stream(values).max().orElseThrow();
    String unit = name.startsWith("tau") || name.equals("delay") ? " s" : "";
    return name + " " + least + (most > least ? " to " + most : "") + unit;
  }
}
