package org.dl4jsnn.internal.convolve;

import java.nio.FloatBuffer;

/** A way to convolve minibatches, forward and backward. */
interface MinibatchConvolution {

  /**
   * The convolution.
   *
   * @param input the samples
   * @param samples number of samples
   * @param weights the weights
   * @param output where to write the result
   */
  void forward(FloatBuffer input, int samples, float[] weights, FloatBuffer output);

  /**
   * The adjoint.
   *
   * @param input the samples
   * @param gradient the gradient of the output
   * @param samples number of samples
   * @param weights the weights
   * @param inputGradient where to write the gradient of the input; null if not needed
   * @return the gradient of the weights
   */
  float[] backward(
      FloatBuffer input,
      FloatBuffer gradient,
      int samples,
      float[] weights,
      FloatBuffer inputGradient);
}
