package org.dl4jsnn.conf;

/**
 * Settings of convolutions over rows and columns.
 *
 * @param <T> the layer's own builder
 */
@SuppressWarnings("unchecked")
abstract class WindowLayerBuilder<T extends WindowLayerBuilder<T>> extends WeightedLayerBuilder<T> {

  final WindowSettings window;

  WindowLayerBuilder(int kernelHeight, int kernelWidth) {
    window = new WindowSettings(kernelHeight, kernelWidth, 1, 1, true);
  }

  /**
   * Distance between neighbouring windows.
   *
   * @param rows at least 1
   * @param columns at least 1
   * @return this builder
   */
  public T stride(int rows, int columns) {
    window.stride(rows, columns);
    return (T) this;
  }

  /**
   * Explicit zeros on every side, instead of same padding.
   *
   * @param rows zeros above and below, at least 0
   * @param columns zeros left and right, at least 0
   * @return this builder
   */
  public T padding(int rows, int columns) {
    window.padding(rows, columns);
    return (T) this;
  }

  /**
   * Distance between neighbouring taps of the kernel.
   *
   * @param rows at least 1
   * @param columns at least 1
   * @return this builder
   */
  public T dilation(int rows, int columns) {
    window.dilation(rows, columns);
    return (T) this;
  }
}
