package org.dl4jsnn.internal.compact;

import java.util.List;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A stock output layer: y = f(x·W + b) of rates or membranes.
 *
 * @param weights [nIn, nOut]; empty for a layer without weights, such as LossLayer
 * @param bias [nOut], or empty
 * @param activation f
 * @param divisor the divisor of a scaling f; 1 for none
 */
public record ReadOutPart(
    String name,
    int input,
    float[] weights,
    float[] bias,
    int outputs,
    Activation activation,
    double divisor)
    implements CompactPart {

  /** Activations; files hold their ordinals. */
  public enum Activation {
    /** Identity, optionally divided. */
    IDENTITY,
    /** Softmax over the outputs. */
    SOFTMAX,
    /** Logistic function of each output. */
    SIGMOID
  }

  @Override
  public List<Integer> inputs() {
    return List.of(input);
  }

  @Override
  public FeatureShape output(List<FeatureShape> inputs) {
    if (weights.length == 0 && inputs.get(0).neurons() != outputs) {
      throw new IllegalArgumentException(
          "outputs of a read-out without weights must equal its inputs in number, "
              + inputs.get(0).neurons()
              + ", got "
              + outputs);
    }
    return FeatureShape.vector(outputs);
  }

  @Override
  public boolean passesSpikes() {
    return false;
  }

  /** The outputs. */
  public double[] outputs(float[] x) {
    double[] y = new double[outputs];
    for (int j = 0; j < outputs; j++) {
      y[j] = weights.length == 0 ? x[j] : bias.length == 0 ? 0 : bias[j];
    }
    for (int i = 0; weights.length > 0 && i < x.length; i++) {
      for (int j = 0; x[i] != 0 && j < outputs; j++) {
        y[j] += (double) x[i] * weights[i * outputs + j];
      }
    }
    activate(y);
    return y;
  }

  private void activate(double[] y) {
    switch (activation) {
      case IDENTITY -> {
        for (int j = 0; j < y.length; j++) {
          y[j] /= divisor;
        }
      }
      case SIGMOID -> {
        for (int j = 0; j < y.length; j++) {
          y[j] = 1 / (1 + Math.exp(-y[j]));
        }
      }
      case SOFTMAX -> softmax(y);
    }
  }

  private static void softmax(double[] y) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : y) {
      largest = Math.max(largest, value);
    }
    double sum = 0;
    for (int j = 0; j < y.length; j++) {
      y[j] = Math.exp(y[j] - largest);
      sum += y[j];
    }
    for (int j = 0; j < y.length; j++) {
      y[j] /= sum;
    }
  }
}
