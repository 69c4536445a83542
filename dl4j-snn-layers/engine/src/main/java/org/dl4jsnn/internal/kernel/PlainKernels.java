package org.dl4jsnn.internal.kernel;

/** Kernels in plain Java, in a form that the just-in-time compiler can vectorise. */
public final class PlainKernels implements KernelProvider {

  private static final int WIDEST = 64;

  /** Loops over a multiple of this many channels leave no remainder. */
  private static final int GRAIN = 8;

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public int blockWidth(int channels) {
    return Math.min(WIDEST, (channels + GRAIN - 1) / GRAIN * GRAIN);
  }

  @Override
  public ColumnKernel kernel(
      float[] weights, int rows, int width, float[] bias, KernelNeuron rule) {
    return new PlainColumnKernel(weights, rows, width, bias, rule);
  }

  @Override
  public int mostWords() {
    return WIDEST / Integer.SIZE;
  }

  @Override
  public RowAdder rowAdder() {
    return (amplitude, rows, from, membrane, to, count) -> {
      for (int k = 0; k < count; k++) {
        membrane[to + k] += amplitude * rows[from + k];
      }
    };
  }
}
