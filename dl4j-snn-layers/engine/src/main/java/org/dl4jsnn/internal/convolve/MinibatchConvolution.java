package org.dl4jsnn.internal.convolve;

import java.nio.FloatBuffer;

/** A way to convolve minibatches, forward and backward. */
interface MinibatchConvolution {

  /**
   * The convolution.
   *
   * @param output where to write the result
   */
  void forward(FloatBuffer input, int samples, float[] weights, FloatBuffer output);

  /**
   * The adjoint.
   *
   * @param inputGradient where to write the gradient of the input; null if not needed
   */
  float[] backward(
      FloatBuffer input,
      FloatBuffer gradient,
      int samples,
      float[] weights,
      FloatBuffer inputGradient);
}
