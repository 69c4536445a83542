package org.dl4jsnn.nir;

/** Nodes that hand on, gather or hold back what arrives. Shapes are without minibatch and time. */
public sealed interface NirPlumbing extends NirNode {

  /**
   * Where a graph is given its input.
   *
   * @param shape sizes of the axes
   */
  record Input(int... shape) implements NirPlumbing {}

  /**
   * What a graph gives.
   *
   * @param shape sizes of the axes; empty where the file does not say
   */
  record Output(int... shape) implements NirPlumbing {}

  /**
   * Makes one axis of several, in order c.
   *
   * @param inputShape sizes of the axes of what arrives; empty where the file does not say
   * @param startDim first axis to flatten; counted from 0, or from the end where negative
   * @param endDim last axis to flatten, counted likewise
   */
  record Flatten(int[] inputShape, int startDim, int endDim) implements NirPlumbing {}

  /**
   * The sum of every window.
   *
   * @param rows window along the rows
   * @param columns window along the columns
   */
  record SumPool2d(Window rows, Window columns) implements NirPlumbing {}

  /**
   * The average of every window, padding included.
   *
   * @param rows window along the rows
   * @param columns window along the columns
   */
  record AvgPool2d(Window rows, Window columns) implements NirPlumbing {}

  /**
   * y(t) = x(t − d).
   *
   * @param delay d, s; of the shape of x
   */
  record Delay(NirTensor delay) implements NirPlumbing {}

  /**
   * A window of pooling along an axis.
   *
   * @param kernel length
   * @param stride from one window to the next
   * @param padding zeros on either side
   */
  record Window(int kernel, int stride, int padding) {}
}
