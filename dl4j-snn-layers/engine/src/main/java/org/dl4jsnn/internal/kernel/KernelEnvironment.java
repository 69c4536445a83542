package org.dl4jsnn.internal.kernel;

/**
 * Knowledge about the program that kernels run in; found as a service. Optional: without it nothing
 * is logged, and arrays are not aligned.
 */
public interface KernelEnvironment {

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
