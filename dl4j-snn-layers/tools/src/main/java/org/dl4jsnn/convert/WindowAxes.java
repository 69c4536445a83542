package org.dl4jsnn.convert;

import org.deeplearning4j.nn.conf.ConvolutionMode;

/** The axes of Deeplearning4j's windows. */
final class WindowAxes {

  private WindowAxes() {}

  /** An axis; {@code mode} says whether the given zeros apply. */
  static Axis of(int kernel, int stride, int padding, int dilation, ConvolutionMode mode) {
    boolean same = mode == ConvolutionMode.Same;
    return new Axis(kernel, stride, dilation, same ? 0 : padding, same ? 0 : padding, same);
  }
}
