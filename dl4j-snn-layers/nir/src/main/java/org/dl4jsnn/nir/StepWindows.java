package org.dl4jsnn.nir;

/**
 * The windows of a convolution or pooling: channels, rows and columns of input and output. A
 * convolution over one axis has one row.
 */
record StepWindows(
    int channels,
    int height,
    int width,
    int outChannels,
    Along rows,
    Along columns,
    boolean hasRows) {

  /** Along an axis; the padding is that before the first value. */
  record Along(int kernel, int stride, int padding, int dilation, int outputs) {

    private static final Along NONE = new Along(1, 1, 0, 1, 1);

    static Along of(NirWeights.Axis axis, int kernel, int length) {
      long reach = 1 + axis.dilation() * (kernel - 1L);
      if (axis.padding() == NirWeights.Axis.SAME) {
        // As in PyTorch: only without strides; an odd zero at the end.
        return axis.stride() > 1 || reach > Integer.MAX_VALUE
            ? null
            : new Along(kernel, 1, (int) ((reach - 1) / 2), axis.dilation(), length);
      }
      return of(kernel, axis.stride(), axis.padding(), axis.dilation(), reach, length);
    }

    static Along of(NirPlumbing.Window window, int length) {
      return of(window.kernel(), window.stride(), window.padding(), 1, window.kernel(), length);
    }

    private static Along of(
        int kernel, int stride, int padding, int dilation, long reach, int length) {
      long padded = length + 2L * padding;
      long outputs = (padded - reach) / stride + 1;
      // Checked for overflow, so that the positions of taps do not overflow.
      return padded < reach || padded > Integer.MAX_VALUE
          ? null
          : new Along(kernel, stride, padding, dilation, (int) outputs);
    }

    /** The input position of an output's tap; out of range in the padding. */
    int at(int output, int tap) {
      return output * stride - padding + tap * dilation;
    }
  }

  /** The windows of a node, or null if they do not fit its input. */
  static StepWindows of(NirNode node, int[] in) {
    if (node instanceof NirWeights.Conv1d c) {
      boolean fits = in.length == 2 && in[0] == c.weight().size(1) * c.groups();
      return !fits
          ? null
          : new StepWindows(
                  in[0],
                  1,
                  in[1],
                  c.weight().size(0),
                  Along.NONE,
                  Along.of(c.axis(), c.weight().size(2), in[1]),
                  false)
              .orNull();
    }
    if (in.length != 3) {
      return null;
    }
    if (node instanceof NirWeights.Conv2d c) {
      boolean fits = in[0] == c.weight().size(1) * c.groups();
      return !fits
          ? null
          : new StepWindows(
                  in[0],
                  in[1],
                  in[2],
                  c.weight().size(0),
                  Along.of(c.rows(), c.weight().size(2), in[1]),
                  Along.of(c.columns(), c.weight().size(3), in[2]),
                  true)
              .orNull();
    }
    if (node instanceof NirPlumbing.SumPool2d pool) {
      return pooling(in, pool.rows(), pool.columns());
    }
    NirPlumbing.AvgPool2d pool = (NirPlumbing.AvgPool2d) node;
    return pooling(in, pool.rows(), pool.columns());
  }

  private static StepWindows pooling(
      int[] in, NirPlumbing.Window rows, NirPlumbing.Window columns) {
    return new StepWindows(
            in[0], in[1], in[2], in[0], Along.of(rows, in[1]), Along.of(columns, in[2]), true)
        .orNull();
  }

  private StepWindows orNull() {
    return rows == null || columns == null ? null : this;
  }

  int[] outputShape() {
    return hasRows
        ? new int[] {outChannels, rows.outputs(), columns.outputs()}
        : new int[] {outChannels, columns.outputs()};
  }

  /** The sum over a window of a channel, taps in increasing order; weights are null for ones. */
  float sum(float[] x, int channel, int row, int column, float[] weights, int first, float sum) {
    float total = sum;
    for (int i = 0; i < rows.kernel(); i++) {
      int y = rows.at(row, i);
      for (int j = 0; y >= 0 && y < height && j < columns.kernel(); j++) {
        int z = columns.at(column, j);
        if (z >= 0 && z < width) {
          float value = x[(channel * height + y) * width + z];
          total += weights == null ? value : weights[first + i * columns.kernel() + j] * value;
        }
      }
    }
    return total;
  }
}
