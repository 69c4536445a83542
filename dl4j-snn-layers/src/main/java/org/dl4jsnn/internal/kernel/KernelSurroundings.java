package org.dl4jsnn.internal.kernel;

/**
 * What the program that kernels run in knows of itself; found as a service. The kernels do without:
 * then nothing is logged, and arrays begin where Java puts them.
 */
public interface KernelSurroundings {

  /**
   * Is told which kernels were chosen, once.
   *
   * @param name their name
   * @param vectorModule whether the Vector API is there
   */
  void chose(String name, boolean vectorModule);

  /**
   * How long an array must be for its values from {@link AlignedFloats#OFFSET} on to begin at the
   * start of a cache line.
   *
   * @return values; 0 where no length does it
   */
  int alignedLength();
}
