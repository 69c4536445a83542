package org.dl4jsnn.internal.kernel;

/** {@link Kernels} in a browser: always the plain ones. */
public final class BrowserKernels {

  private static final KernelProvider PLAIN = new PlainKernels();

  private BrowserKernels() {}

  /** {@return the plain kernels} */
  public static KernelProvider chosen() {
    return PLAIN;
  }

  static KernelEnvironment environment() {
    return KernelEnvironment.ALONE;
  }
}
