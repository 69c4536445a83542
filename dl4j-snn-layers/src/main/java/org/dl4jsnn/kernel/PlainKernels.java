package org.dl4jsnn.kernel;

/** Kernels in plain Java, in a form that the just-in-time compiler can vectorise. */
public final class PlainKernels implements KernelProvider {

  private static final int LANES = 16;

  /** The provider. */
  public PlainKernels() {}

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public LineKernel kernel(float[] weights, int width, float[] bias, FireRule rule) {
    return new PlainLineKernel(weights, width, bias, rule);
  }
}
