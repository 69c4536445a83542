package org.dl4jsnn.internal.update;

import org.nd4j.linalg.learning.config.Adam;

/**
 * One step of Adam in single precision, as in ND4J's operation. At a learning rate of 0 the weights
 * stay as they are, where ND4J puts ε in place of the rate. With gradient g: m ← β₁m + (1 − β₁)g, v
 * ← β₂v + (1 − β₂)g², and the update is rate · m / (√v + ε), where rate has both corrections of the
 * initial bias.
 *
 * <p>Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, in the form
 * without m̂ and v̂ of their section 2.
 *
 * @param beta1 decay of the mean
 * @param beta2 decay of the mean square
 * @param rate the learning rate times √(1 − β₂ᵗ) / (1 − β₁ᵗ)
 * @param epsilon keeps the divisor from zero
 */
record AdamStep(float beta1, float beta2, float rate, float epsilon) {

  /** The step of an iteration and an epoch, each from 0. */
  static AdamStep of(Adam settings, int iteration, int epoch) {
    float beta1 = (float) settings.getBeta1();
    float beta2 = (float) settings.getBeta2();
    float epsilon = (float) settings.getEpsilon();
    float past1 = (float) Math.pow(beta1, iteration + 1.0);
    float past2 = (float) Math.pow(beta2, iteration + 1.0);
    float learningRate = (float) settings.getLearningRate(iteration, epoch);
    float rate = (float) (learningRate * (float) Math.sqrt(1 - past2) / (1.0 - past1));
    return new AdamStep(beta1, beta2, rate, epsilon);
  }

  /**
   * Takes the step for some weights.
   *
   * @param gradient becomes the update, which is subtracted from the weights
   * @param mean m
   * @param square v
   * @param count the number of weights, from the start of each array
   */
  void take(float[] gradient, float[] mean, float[] square, int count) {
    float past1 = beta1;
    float past2 = beta2;
    float new1 = 1 - beta1;
    float new2 = 1 - beta2;
    float scale = rate;
    float least = epsilon;
    for (int i = 0; i < count; i++) {
      float slope = gradient[i];
      float m = past1 * mean[i] + slope * new1;
      float v = past2 * square[i] + slope * slope * new2;
      mean[i] = m;
      square[i] = v;
      gradient[i] = m * scale / ((float) Math.sqrt(v) + least);
    }
  }
}
