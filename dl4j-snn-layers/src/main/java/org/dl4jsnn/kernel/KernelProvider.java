package org.dl4jsnn.kernel;

/** Makes the innermost loops of one kind. Chosen once, by {@link Kernels}. */
public interface KernelProvider {

  /**
   * The name that the system property {@value Kernels#PROPERTY} and the log know it by.
   *
   * @return the name
   */
  String name();

  /**
   * Output channels that go together; blocks of channels are 1, 2 or 4 times as wide.
   *
   * @return the smallest width of a block
   */
  int lanes();

  /**
   * A kernel for one block of channels.
   *
   * @param weights rows of {@code width} weights; taken over
   * @param width channels of the block: 1, 2 or 4 times {@link #lanes}
   * @param bias one value a channel, or an empty array for none
   * @param rule the neurons
   * @return the kernel
   */
  LineKernel kernel(float[] weights, int width, float[] bias, FireRule rule);
}
