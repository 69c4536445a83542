package org.dl4jsnn.internal.kernel;

import java.util.Arrays;

/** The plain counterpart of the vectorised kernels. */
final class PlainColumnKernel implements ColumnKernel {

  private static final int WORD = Integer.SIZE;

  /** Separate rows: a loop over one shared index is vectorised, one over two is not. */
  private final float[][] rows;

  private final int width;
  private final float[] bias;
  private final KernelNeuron rule;
  private final boolean skipEmpty;

  PlainColumnKernel(float[] weights, int rowCount, int width, float[] bias, KernelNeuron rule) {
    this.rows = new float[rowCount][];
    for (int row = 0; row < rowCount; row++) {
      int first = KernelProvider.FIRST_WEIGHT + row * width;
      rows[row] = Arrays.copyOfRange(weights, first, first + width);
    }
    this.width = width;
    this.bias = bias;
    this.rule = rule;
    this.skipEmpty = rule.restsWithoutInput() && bias.length == 0;
  }

  @Override
  public void run(ColumnTask task) {
    float[] u = new float[width];
    for (int position = 0; position < task.positions; position++) {
      int at = task.membraneStart + position * task.membraneStride;
      System.arraycopy(task.membrane, at, u, 0, width);
      for (int step = 0; step < task.steps; step++) {
        int first = task.firstBound + step * task.boundsPerStep;
        int event = task.bounds[first + task.firstRow[position]];
        int end = task.bounds[first + task.endRow[position]];
        if (event < end || task.everyPosition || !skipEmpty) {
          charge(u, task, event, end, task.rowShift[position] + task.lineShift);
          int word = task.firstWord + step * task.wordsPerStep + task.rowWord[position];
          fire(u, task, word, at);
        }
      }
      System.arraycopy(u, 0, task.membrane, at, width);
    }
  }

  @Override
  public boolean holds(int row, float[] weights, int from) {
    return Arrays.equals(rows[row], 0, width, weights, from, from + width);
  }

  @Override
  public void chargeAll(ColumnTask task) {
    float[] u = new float[width];
    for (int position = 0; position < task.positions; position++) {
      int event = task.bounds[task.firstBound + task.firstRow[position]];
      int end = task.bounds[task.firstBound + task.endRow[position]];
      if (event < end) {
        int at = task.membraneStart + position * task.membraneStride;
        System.arraycopy(task.membrane, at, u, 0, width);
        add(u, task, event, end, task.rowShift[position] + task.lineShift);
        System.arraycopy(u, 0, task.membrane, at, width);
      }
    }
  }

  @Override
  public void hold(ColumnTask task) {
    float[] current = new float[width];
    float[] u = new float[width];
    for (int position = 0; position < task.positions; position++) {
      int at = task.membraneStart + position * task.membraneStride;
      System.arraycopy(task.membrane, at, current, 0, width);
      if (bias.length > 0) {
        add(current, bias);
      }
      System.arraycopy(task.starts, task.firstStart, u, 0, width);
      int word = task.firstWord + task.rowWord[position];
      for (int step = 0; step < task.held; step++) {
        add(u, current);
        fire(u, task, word + step * task.wordsPerStep, at);
      }
      System.arraycopy(u, 0, task.membrane, at, width);
    }
  }

  private void charge(float[] u, ColumnTask task, int first, int end, int shift) {
    add(u, task, first, end, shift);
    for (int k = 0; k < bias.length; k++) {
      u[k] += bias[k];
    }
  }

  private void add(float[] u, ColumnTask task, int first, int end, int shift) {
    if (task.amplitudes == null) {
      charge(u, task.rows, first, end, shift);
    } else {
      for (int event = first; event < end; event++) {
        add(u, rows[task.rows[event] - shift], task.amplitudes[event]);
      }
    }
  }

  /** Four events per pass, since entering a short loop costs as much as running it. */
  private void charge(float[] u, int[] events, int first, int end, int shift) {
    int event = first;
    for (; event + 4 <= end; event += 4) {
      add(
          u,
          rows[events[event] - shift],
          rows[events[event + 1] - shift],
          rows[events[event + 2] - shift],
          rows[events[event + 3] - shift]);
    }
    if (event + 2 <= end) {
      add(u, rows[events[event] - shift], rows[events[event + 1] - shift]);
      event += 2;
    }
    if (event < end) {
      add(u, rows[events[event] - shift]);
    }
  }

  private static void add(float[] u, float[] a, float[] b, float[] c, float[] d) {
    for (int k = 0; k < u.length; k++) {
      // One after the other, as the vectorised kernels add.
      u[k] = u[k] + a[k] + b[k] + c[k] + d[k];
    }
  }

  private static void add(float[] u, float[] a, float[] b) {
    for (int k = 0; k < u.length; k++) {
      u[k] = u[k] + a[k] + b[k];
    }
  }

  private static void add(float[] u, float[] a) {
    for (int k = 0; k < u.length; k++) {
      u[k] += a[k];
    }
  }

  private static void add(float[] u, float[] a, float amplitude) {
    for (int k = 0; k < u.length; k++) {
      u[k] += amplitude * a[k];
    }
  }

  private void fire(float[] u, ColumnTask task, int word, int at) {
    float threshold = rule.threshold();
    for (int from = 0; from < width; from += WORD) {
      int end = Math.min(from + WORD, width);
      int fired = 0;
      for (int k = from; k < end; k++) {
        // The sign of threshold - u, without a branch.
        fired |= Float.floatToRawIntBits(threshold - u[k]) >>> 31 << k;
      }
      if (fired != 0) {
        task.words[word + task.wordOffsets[from / WORD]] |= fired << task.shift;
        if (task.taken != null) {
          take(u, from, fired, task.taken, at);
        }
        reset(u, from, fired);
      }
    }
    if (rule.leak() != 1) {
      float leak = rule.leak();
      for (int k = 0; k < u.length; k++) {
        u[k] *= leak;
      }
    }
  }

  private void reset(float[] u, int from, int fired) {
    for (int left = fired; left != 0; left &= left - 1) {
      int k = from + Integer.numberOfTrailingZeros(left);
      u[k] = reset(u[k]);
    }
  }

  private float reset(float u) {
    return rule.subtractive() ? u - rule.threshold() : rule.resetValue();
  }

  private void take(float[] u, int from, int fired, float[] taken, int at) {
    for (int left = fired; left != 0; left &= left - 1) {
      int k = from + Integer.numberOfTrailingZeros(left);
      taken[at + k] += u[k] - reset(u[k]);
    }
  }
}
