package org.dl4jsnn.nir;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;

/** Nodes that pass on, pool, flatten or delay their input. Shapes exclude minibatch and time. */
public sealed interface NirPlumbing extends NirNode {

  /**
   * The input of a graph.
   *
   * @param shape sizes of the axes
   */
  record Input(int... shape) implements NirPlumbing {

    /**
     * The node.
     *
     * @param shape sizes of the axes
     */
    public Input {
      shape = shape.clone();
    }

    /** {@return the sizes of the axes; a copy} */
    @Override
    public int[] shape() {
      return shape.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Input that && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
      return type() + Arrays.toString(shape);
    }
  }

  /**
   * The output of a graph.
   *
   * @param shape sizes of the axes; empty if the file does not say
   */
  record Output(int... shape) implements NirPlumbing {

    /**
     * The node.
     *
     * @param shape sizes of the axes
     */
    public Output {
      shape = shape.clone();
    }

    /** {@return the sizes of the axes; a copy} */
    @Override
    public int[] shape() {
      return shape.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Output that && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
      return type() + Arrays.toString(shape);
    }
  }

  /**
   * Merges several axes into one, in C order.
   *
   * @param inputShape sizes of the input's axes; empty if the file does not say
   * @param startDim first axis to flatten; counted from 0, or from the end if negative
   * @param endDim last axis to flatten, counted likewise
   */
  record Flatten(int[] inputShape, int startDim, int endDim) implements NirPlumbing {

    /**
     * The node.
     *
     * @param inputShape sizes of the input's axes
     * @param startDim first axis to flatten
     * @param endDim last axis to flatten
     */
    public Flatten {
      inputShape = inputShape.clone();
    }

    /** {@return the sizes of the input's axes; a copy; empty if the file does not say} */
    @Override
    public int[] inputShape() {
      return inputShape.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Flatten that
          && Arrays.equals(inputShape, that.inputShape)
          && startDim == that.startDim
          && endDim == that.endDim;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * Arrays.hashCode(inputShape) + startDim) + endDim;
    }

    @Override
    public String toString() {
      return type() + Arrays.toString(inputShape) + " from " + startDim + " to " + endDim;
    }
  }

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
   * @param delay d in s, with the shape of x
   */
  record Delay(NirTensor delay) implements NirPlumbing {

    /** The longest delay in steps. */
    public static final int MOST_STEPS = 1 << 20;

    /** The largest distance of a delay from a whole number of steps. */
    private static final double SLACK = 1e-3;

    /** The rounding of single precision, in which delays are stored. */
    private static final double ROUNDING = 0x1p-23;

    /**
     * {@return d / dt for every number, in C order}
     *
     * @param timeStep dt, s
     * @throws IllegalArgumentException if a delay is not a whole multiple of the time step, is
     *     negative, or exceeds {@link #MOST_STEPS} steps
     */
    public int[] steps(double timeStep) {
      int[] steps = new int[delay.length()];
      for (int i = 0; i < steps.length; i++) {
        double exact = delay.getDouble(i) / timeStep;
        long whole = Math.round(exact);
        double slack = Math.max(SLACK, exact * ROUNDING);
        Require.not(
            !(exact > -SLACK) || whole > MOST_STEPS || Math.abs(exact - whole) > slack,
            "delays must be whole multiples of the time step, %s s, at most %s of them, got %s s",
            timeStep,
            MOST_STEPS,
            delay.getDouble(i));
        steps[i] = (int) whole;
      }
      return steps;
    }
  }

  /**
   * A window of pooling along an axis.
   *
   * @param kernel length
   * @param stride from one window to the next
   * @param padding zeros on either side
   */
  record Window(int kernel, int stride, int padding) {

    /**
     * Checks the numbers.
     *
     * @param kernel length
     * @param stride from one window to the next
     * @param padding zeros on either side
     * @throws IllegalArgumentException if one is too small
     */
    public Window {
      Require.atLeast("kernel size", kernel, 1);
      Require.atLeast("stride", stride, 1);
      Require.atLeast("padding", padding, 0);
    }
  }
}
