package org.dl4jsnn.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.dl4jsnn.monitor.OutputOverTime;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How accurate and how final a network's answers are after every step. */
final class SettledAnswers {

  private final int steps;
  private final List<Image> images = new ArrayList<>();

  SettledAnswers(int steps) {
    this.steps = steps;
  }

  /**
   * An image.
   *
   * @param right whether the answer was right, for every step
   * @param lead the lead of the largest output, for every step
   * @param settled the step from which the answer no longer changed
   */
  private record Image(boolean[] right, double[] lead, int settled) {

    /** The first step with such a lead, or the last step. */
    int stop(double margin) {
      for (int step = 1; step < lead.length; step++) {
        if (lead[step - 1] >= margin) {
          return step;
        }
      }
      return lead.length;
    }
  }

  void add(OutputOverTime outputs, int[] labels) {
    int[] settled = outputs.settled();
    boolean[][] right = new boolean[labels.length][steps];
    double[][] lead = new double[labels.length][steps];
    for (int step = 1; step <= steps; step++) {
      int[] classes = outputs.classes(step);
      INDArray after = outputs.after(step);
      for (int i = 0; i < labels.length; i++) {
        right[i][step - 1] = classes[i] == labels[i];
        lead[i][step - 1] = lead(after.getRow(i).toDoubleVector(), classes[i]);
      }
    }
    for (int i = 0; i < labels.length; i++) {
      images.add(new Image(right[i], lead[i], settled[i]));
    }
  }

  private static double lead(double[] outputs, int largest) {
    double second = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < outputs.length; i++) {
      second = i == largest ? second : Math.max(second, outputs[i]);
    }
    return outputs[largest] - second;
  }

  /** The share of right answers after some steps. */
  double accuracy(int step) {
    return mean(image -> image.right[step - 1] ? 1 : 0);
  }

  /** The share of answers that do not change after some steps. */
  double settled(int step) {
    return mean(image -> image.settled <= step ? 1 : 0);
  }

  double meanSettled() {
    return mean(Image::settled);
  }

  /** The share of right answers if each image stops at a lead. */
  double earlyAccuracy(double margin) {
    return mean(image -> image.right[image.stop(margin) - 1] ? 1 : 0);
  }

  /** The average number of steps if each image stops at a lead. */
  double earlySteps(double margin) {
    return mean(image -> image.stop(margin));
  }

  private double mean(ToDoubleFunction<Image> value) {
    return images.stream().mapToDouble(value).average().orElse(Double.NaN);
  }
}
