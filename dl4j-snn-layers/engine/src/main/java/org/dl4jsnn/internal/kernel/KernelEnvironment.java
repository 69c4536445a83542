package org.dl4jsnn.internal.kernel;

/**
 * Knowledge about the program that kernels run in; found as a service. Optional: without it nothing
 * is logged, and arrays are not aligned.
 */
public interface KernelEnvironment {

  /** That of kernels on their own, as on a device. */
  KernelEnvironment ALONE =
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

  /**
   * Called once with the chosen kernels.
   *
   * @param vectorModule whether the Vector API is available
   */
  void chose(String name, boolean vectorModule);

  /**
   * The length of an array at which its values from {@link AlignedFloats#OFFSET} on begin at the
   * start of a cache line; 0 if no length has this effect.
   */
  int alignedLength();
}
