package org.dl4jsnn.internal.kernel;

/** {@link Kernels} in a browser: always the plain ones. */
public final class BrowserKernels {

  private static final KernelProvider PLAIN = new PlainKernels();
  private static final KernelEnvironment ALONE =
      new KernelEnvironment() {
        @Override
        public void chose(String name, boolean vectorModule) {
          // Nothing to notify.
        }

        @Override
        public int alignedLength() {
          return 0;
        }
      };

  private BrowserKernels() {}

  /** {@return the plain kernels} */
  public static KernelProvider chosen() {
    return PLAIN;
  }

  static KernelEnvironment environment() {
    return ALONE;
  }
}
