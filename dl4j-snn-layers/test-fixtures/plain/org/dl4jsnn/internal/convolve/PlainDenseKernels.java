package org.dl4jsnn.internal.convolve;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dl4jsnn.internal.kernel.ColumnKernel;
import org.dl4jsnn.internal.kernel.DenseKernels;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.MatrixKernel;
import org.dl4jsnn.internal.kernel.MatrixTask;
import org.dl4jsnn.internal.kernel.PanelKernel;
import org.dl4jsnn.internal.kernel.RowAdder;
import org.dl4jsnn.internal.kernel.WinogradKernel;

/**
 * The loops of dense convolutions by their definition, with blocks of any size, as a twin of the
 * vectorised ones.
 *
 * @param rows rows of a block
 * @param columns columns of a block
 */
public record PlainDenseKernels(int rows, int columns) implements KernelProvider {

  @Override
  public String name() {
    return "twin";
  }

  @Override
  public int blockWidth(int channels) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ColumnKernel kernel(
      float[] weights, int rows, int width, float[] bias, KernelNeuron rule) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int mostWords() {
    throw new UnsupportedOperationException();
  }

  @Override
  public RowAdder rowAdder() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<DenseKernels> denseKernels() {
    return Optional.of(
        new DenseKernels(
            new Matrix(rows, columns),
            List.of(new Winograd(4), new Winograd(2)),
            new Panel(columns)));
  }

  private record Matrix(int rows, int columns) implements MatrixKernel {

    @Override
    public void multiply(MatrixTask task) {
      float[] sums = new float[columns];
      for (int row = 0; row < rows; row++) {
        Arrays.fill(sums, 0);
        int left = task.aStart + task.aRows[task.firstRow + row];
        for (int term = 0; term < task.terms; term++) {
          int outer = term / task.run;
          int inner = term % task.run;
          float a = task.a[left + outer * task.aOuter + inner * task.aStep];
          int right = task.bStart + outer * task.bOuter + inner * task.bStep;
          for (int column = 0; column < columns; column++) {
            sums[column] = Math.fma(a, task.b[right + column], sums[column]);
          }
        }
        for (int column = 0; column < columns; column++) {
          int at = task.cStart + row * task.cRow + column;
          task.c[at] = task.add ? sums[column] + task.c[at] : sums[column];
        }
      }
    }
  }

  private record Panel(int width) implements PanelKernel {

    @Override
    public void spread(float[] row, int from, int count, float[] panel, int to) {
      for (int x = 0; x < count; x++) {
        panel[to + x * width] = row[from + x];
      }
    }

    @Override
    public void collect(float[] panel, int from, int count, float[] row, int to) {
      for (int x = 0; x < count; x++) {
        row[to + x] = panel[from + x * width];
      }
    }

    @Override
    public void add(float[] values, int from, int count, float[] sums, int to) {
      for (int i = 0; i < count; i++) {
        sums[to + i] += values[from + i];
      }
    }
  }

  /** Terms of factor 1 and −1 are added first, the others by fused multiply-adds. */
  private record Winograd(int output) implements WinogradKernel {

    private static final float[][] INPUTS = {
      {4, 0, -5, 0, 1, 0},
      {0, -4, -4, 1, 1, 0},
      {0, 4, -4, -1, 1, 0},
      {0, -2, -1, 2, 1, 0},
      {0, 2, -1, -2, 1, 0},
      {0, 4, 0, -5, 0, 1},
    };
    private static final Map<Integer, float[][]> GRADIENTS =
        Map.of(
            2,
            new float[][] {{1, 0}, {1, 1}, {1, -1}, {1, 2}, {1, -2}, {0, 1}},
            4,
            new float[][] {
              {1, 0, 0, 0},
              {1, 1, 1, 1},
              {1, -1, 1, -1},
              {1, 2, 4, 8},
              {1, -2, 4, -8},
              {0, 0, 0, 1},
            });
    private static final Map<Integer, float[][]> OUTPUTS =
        Map.of(
            2,
            new float[][] {{1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 1}},
            4,
            new float[][] {
              {1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1},
            });

    @Override
    public int scratch() {
      return POINTS;
    }

    @Override
    public void input(
        float[] pixels,
        int from,
        int row,
        int column,
        int channels,
        float[] scratch,
        float[] points,
        int to,
        int point) {
      transform(INPUTS, pixels, from, row, column, channels, points, to, INPUT * point, point);
    }

    @Override
    public void gradient(
        float[] pixels,
        int from,
        int row,
        int column,
        int channels,
        float[] scratch,
        float[] points,
        int to,
        int point) {
      transform(
          GRADIENTS.get(output),
          pixels,
          from,
          row,
          column,
          channels,
          points,
          to,
          INPUT * point,
          point);
    }

    @Override
    public void output(
        float[] points,
        int from,
        int point,
        int channels,
        float[] scratch,
        float[] pixels,
        int to,
        int row,
        int column) {
      transform(
          OUTPUTS.get(output),
          points,
          from,
          INPUT * point,
          point,
          channels,
          pixels,
          to,
          row,
          column);
    }

    private static void transform(
        float[][] matrix,
        float[] in,
        int from,
        int rowIn,
        int columnIn,
        int channels,
        float[] out,
        int to,
        int rowOut,
        int columnOut) {
      int size = matrix[0].length;
      for (int c = 0; c < channels; c++) {
        float[][] half = new float[matrix.length][size];
        float[] vector = new float[size];
        for (int j = 0; j < size; j++) {
          for (int i = 0; i < size; i++) {
            vector[i] = in[from + c + i * rowIn + j * columnIn];
          }
          for (int i = 0; i < matrix.length; i++) {
            half[i][j] = product(matrix[i], vector);
          }
        }
        for (int i = 0; i < matrix.length; i++) {
          for (int j = 0; j < matrix.length; j++) {
            out[to + c + i * rowOut + j * columnOut] = product(matrix[j], half[i]);
          }
        }
      }
    }

    private static float product(float[] row, float[] vector) {
      float sum = 0;
      for (int sign : new int[] {1, -1}) {
        for (int i = 0; i < row.length; i++) {
          sum += row[i] == sign ? sign * vector[i] : 0;
        }
      }
      for (int i = 0; i < row.length; i++) {
        sum = Math.abs(row[i]) > 1 ? Math.fma(vector[i], row[i], sum) : sum;
      }
      return sum;
    }
  }
}
