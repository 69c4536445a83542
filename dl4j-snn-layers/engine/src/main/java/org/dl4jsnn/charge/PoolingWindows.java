package org.dl4jsnn.charge;

import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;

/**
 * The windows of a pooling layer over an input of given shape, per channel.
 *
 * @param window kernel and stride; without padding and dilation
 * @param input the input's shape
 */
public record PoolingWindows(Window2D window, FeatureShape input) {

  /**
   * Creates the windows.
   *
   * @param window kernel and stride; without padding and dilation
   * @param input the input's shape
   * @throws IllegalArgumentException if the window does not fit into the input, or has padding or
   *     dilation
   */
  public PoolingWindows {
    requirePlain(window);
    window.outputShape(input, input.channels()); // refuses what does not fit
  }

  private static void requirePlain(Window2D window) {
    Require.not(
        window.isSame() || !isPlain(window.rows()) || !isPlain(window.columns()),
        "window of a pooling layer must have neither padding nor dilation, got %s",
        window);
  }

  private static boolean isPlain(Window2D.Axis axis) {
    return axis.padding() == 0 && axis.dilation() == 1;
  }

  /** {@return the shape of the pooled features} */
  public FeatureShape output() {
    return areSingle() ? input : window.outputShape(input, input.channels());
  }

  /** {@return whether the windows are 2×2 and do not overlap; true for kernel 2×2 and stride 2} */
  public boolean areTwoByTwo() {
    return isTwo(window.rows()) && isTwo(window.columns());
  }

  private static boolean isTwo(Window2D.Axis axis) {
    return axis.kernel() == 2 && axis.stride() == 2;
  }

  /** {@return whether every window is one position of its own; true for kernel 1×1 and stride 1} */
  public boolean areSingle() {
    return positions() == 1 && window.rows().stride() == 1 && window.columns().stride() == 1;
  }

  /** {@return whether no input belongs to two windows} */
  public boolean areDisjoint() {
    return areDisjoint(window.rows()) && areDisjoint(window.columns());
  }

  private static boolean areDisjoint(Window2D.Axis axis) {
    return axis.kernel() <= axis.stride();
  }

  /** {@return positions per window: kernel height · kernel width} */
  public int positions() {
    return window.rows().kernel() * window.columns().kernel();
  }
}
