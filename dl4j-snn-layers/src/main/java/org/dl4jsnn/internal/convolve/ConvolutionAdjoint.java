package org.dl4jsnn.internal.convolve;

import java.nio.FloatBuffer;

/** The adjoint of a convolution: gradients of its weights and of its input. */
interface ConvolutionAdjoint {

  /**
   * The gradients.
   *
   * @param input the samples
   * @param gradient the gradient of the output
   * @param samples number of samples
   * @param weights the weights
   * @param inputGradient where the gradient of the input goes; null where nobody asks for it
   * @return the gradient of the weights
   */
  float[] backward(
      FloatBuffer input,
      FloatBuffer gradient,
      int samples,
      float[] weights,
      FloatBuffer inputGradient);
}
