package org.dl4jsnn.internal.convolve;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.dl4jsnn.internal.kernel.DenseKernels;
import org.dl4jsnn.internal.kernel.MatrixKernel;
import org.dl4jsnn.internal.kernel.MatrixTask;
import org.dl4jsnn.internal.memory.Scratch;
import org.dl4jsnn.internal.parallel.ParallelSamples;

/**
 * A convolution as matrix products, for any kernel and stride. The input's pixels lie next to each
 * other with all their channels, so a row of the kernel covers a run of values; the windows are
 * multiplied in place, without copies.
 */
final class MatrixConvolution implements MinibatchConvolution {

  /** Product values that wait to be added to the input's gradient. */
  private static final int MOST_PRODUCTS = 1 << 15;

  private final ConvolutionGeometry geometry;
  private final DenseKernels kernels;
  private final MatrixKernel kernel;
  private final int positions;
  private final int taps;

  /** Values of the input that a row of the kernel covers. */
  private final int run;

  private final Panels inputs;
  private final Panels outputs;
  private final Panels tapPanels;
  private final Frame inputFrame;
  private final Frame outputFrame;

  /** For every position, where its window begins in the input; padded to a whole block. */
  private final int[] windows;

  MatrixConvolution(ConvolutionGeometry geometry, DenseKernels kernels) {
    this.geometry = geometry;
    this.kernels = kernels;
    this.kernel = kernels.matrix();
    this.positions = geometry.positions();
    this.taps = geometry.taps();
    this.run = geometry.columns().kernel() * geometry.channels();
    this.inputs = Panels.one(geometry.channels());
    this.outputs = Panels.of(geometry.outputs(), kernels);
    this.tapPanels = Panels.of(taps, kernels);
    ConvolutionGeometry.Side rows = geometry.rows();
    ConvolutionGeometry.Side columns = geometry.columns();
    this.inputFrame =
        new Frame(
            geometry.height(),
            geometry.width(),
            rows.span(geometry.height()),
            columns.span(geometry.width()),
            rows.padding(),
            columns.padding());
    this.outputFrame = Frame.bare(geometry.outputHeight(), geometry.outputWidth());
    this.windows = new int[blocks(positions) * kernel.rows()];
    for (int p = 0; p < windows.length; p++) {
      int position = Math.min(p, positions - 1);
      int y = position / geometry.outputWidth() * rows.stride();
      int x = position % geometry.outputWidth() * columns.stride();
      windows[p] = (y * inputFrame.across() + x) * geometry.channels();
    }
  }

  private int blocks(int rows) {
    return (rows + kernel.rows() - 1) / kernel.rows();
  }

  private int inputRow() {
    return inputFrame.across() * geometry.channels();
  }

  /** Weights by tap, in panels of output channels. */
  private float[] byTap(float[] weights) {
    int width = outputs.width();
    float[] panels = new float[outputs.padded() * taps];
    forEachWeight(
        (output, tap, at) ->
            panels[(output / width * taps + tap) * width + output % width] = weights[at]);
    return panels;
  }

  /** Weights by output channel, in panels of taps. */
  private float[] byOutput(float[] weights) {
    int width = kernel.columns();
    int count = geometry.outputs();
    float[] panels = new float[tapPanels.padded() * count];
    forEachWeight(
        (output, tap, at) ->
            panels[(tap / width * count + output) * width + tap % width] = weights[at]);
    return panels;
  }

  @FunctionalInterface
  private interface WeightVisitor {
    void visit(int output, int tap, int at);
  }

  /** Taps are counted by kernel row, kernel column and channel. */
  private void forEachWeight(WeightVisitor visitor) {
    int perChannel = geometry.rows().kernel() * geometry.columns().kernel();
    int at = 0;
    for (int output = 0; output < geometry.outputs(); output++) {
      for (int channel = 0; channel < geometry.channels(); channel++) {
        for (int tap = 0; tap < perChannel; tap++) {
          visitor.visit(output, tap * geometry.channels() + channel, at++);
        }
      }
    }
  }

  @Override
  public void forward(FloatBuffer input, int samples, float[] weights, FloatBuffer output) {
    float[] panels = byTap(weights);
    try (Scratch scratch = new Scratch()) {
      ParallelSamples.run(
          samples,
          () -> {
            Sample task = new Sample(scratch);
            return sample -> task.forward(input, sample, panels, output);
          });
    }
  }

  @Override
  public float[] backward(
      FloatBuffer input,
      FloatBuffer gradient,
      int samples,
      float[] weights,
      FloatBuffer inputGradient) {
    float[] panels = inputGradient == null ? null : byOutput(weights);
    try (Scratch scratch = new Scratch()) {
      SampleGroups groups = SampleGroups.of(samples);
      float[][] sums = new float[groups.count()][];
      ParallelSamples.run(
          groups.count(),
          () -> {
            Sample task = new Sample(scratch);
            return group -> {
              float[] sum = scratch.zeros(outputs.padded() * blocks(taps) * kernel.rows());
              for (int sample = groups.first(group); sample < groups.end(group); sample++) {
                task.readGradient(gradient, sample);
                task.addWeightGradient(input, sample, sum);
                if (inputGradient != null) {
                  task.inputGradient(panels, sample, inputGradient);
                }
              }
              sums[group] = sum;
            };
          });
      return weightGradient(sums);
    }
  }

  private float[] weightGradient(float[][] sums) {
    for (int group = 1; group < sums.length; group++) {
      for (int i = 0; i < sums[0].length; i++) {
        sums[0][i] += sums[group][i];
      }
    }
    int width = outputs.width();
    int rows = blocks(taps) * kernel.rows();
    float[] gradient = new float[geometry.outputs() * taps];
    forEachWeight(
        (output, tap, at) ->
            gradient[at] = sums[0][(output / width * rows + tap) * width + output % width]);
    return gradient;
  }

  /** The scratch of one thread. */
  private final class Sample {

    private final MatrixTask task = new MatrixTask();
    private final Scratch scratch;
    private final float[] planes;
    private final float[] pixels;
    private final float[] currents;

    /** For every tap, where it lies in a window; padded to a whole block. */
    private int[] tapRows;

    /** Where the rows of the output's gradient begin. */
    private int[] gradientRows;

    private float[] products;
    private float[] collected;

    Sample(Scratch scratch) {
      this.scratch = scratch;
      planes = scratch.floats(Math.max(geometry.inputs(), geometry.outputs() * positions));
      pixels = scratch.zeros(inputFrame.pixels() * geometry.channels());
      currents = scratch.zeros(outputs.padded() * windows.length);
    }

    void forward(FloatBuffer input, int sample, float[] weights, FloatBuffer output) {
      inputs.read(input, sample, planes, inputFrame, pixels);
      task.a = pixels;
      task.aStart = 0;
      task.aRows = windows;
      task.aOuter = inputRow();
      task.aStep = 1;
      task.b = weights;
      task.bOuter = run * outputs.width();
      task.bStep = outputs.width();
      task.terms = taps;
      task.run = run;
      task.c = currents;
      task.cRow = outputs.width();
      task.add = false;
      for (int panel = 0; panel < outputs.count(); panel++) {
        task.bStart = panel * taps * outputs.width();
        for (int p = 0; p < positions; p += kernel.rows()) {
          task.firstRow = p;
          // The surplus of the last block falls into the next panel, which is written later.
          task.cStart = (panel * positions + p) * outputs.width();
          kernel.multiply(task);
        }
      }
      outputs.write(currents, outputFrame, planes, sample, output);
    }

    void readGradient(FloatBuffer gradient, int sample) {
      outputs.read(gradient, sample, planes, outputFrame, currents);
    }

    void addWeightGradient(FloatBuffer input, int sample, float[] sum) {
      if (tapRows == null) {
        tapRows = tapRows();
      }
      inputs.read(input, sample, planes, inputFrame, pixels);
      task.a = pixels;
      task.aStart = 0;
      task.aRows = tapRows;
      task.aOuter = geometry.rows().stride() * inputRow();
      task.aStep = geometry.columns().stride() * geometry.channels();
      task.b = currents;
      task.bOuter = geometry.outputWidth() * outputs.width();
      task.bStep = outputs.width();
      task.terms = positions;
      task.run = geometry.outputWidth();
      task.c = sum;
      task.cRow = outputs.width();
      task.add = true;
      for (int panel = 0; panel < outputs.count(); panel++) {
        task.bStart = panel * positions * outputs.width();
        for (int tap = 0; tap < taps; tap += kernel.rows()) {
          task.firstRow = tap;
          task.cStart = (panel * tapRows.length + tap) * outputs.width();
          kernel.multiply(task);
        }
      }
    }

    private int[] tapRows() {
      int[] rows = new int[blocks(taps) * kernel.rows()];
      for (int i = 0; i < rows.length; i++) {
        int tap = Math.min(i, taps - 1);
        rows[i] = tap / run * inputRow() + tap % run;
      }
      return rows;
    }

    /** Multiplies the gradient by the weights of a window and adds the result. */
    void inputGradient(float[] weights, int sample, FloatBuffer inputGradient) {
      int chunk = Math.max(1, MOST_PRODUCTS / tapPanels.padded() / kernel.rows()) * kernel.rows();
      if (products == null) {
        products = scratch.floats(chunk * tapPanels.padded());
        collected = scratch.floats(inputFrame.pixels() * geometry.channels());
        gradientRows = new int[windows.length];
        for (int p = 0; p < gradientRows.length; p++) {
          gradientRows[p] = Math.min(p, positions - 1) * outputs.width();
        }
      }
      Arrays.fill(collected, 0);
      for (int first = 0; first < positions; first += chunk) {
        int end = Math.min(positions, first + chunk);
        multiplyGradient(weights, first, end);
        for (int p = first; p < end; p++) {
          addWindow((p - first) * tapPanels.padded(), windows[p]);
        }
      }
      inputs.write(collected, inputFrame, planesOfInput(), sample, inputGradient);
    }

    /** The planes of the input, zero where the kernel does not reach. */
    private float[] planesOfInput() {
      if (inputFrame.rows() < geometry.height() || inputFrame.columns() < geometry.width()) {
        Arrays.fill(planes, 0);
      }
      return planes;
    }

    private void multiplyGradient(float[] weights, int first, int end) {
      int width = kernel.columns();
      task.a = currents;
      task.aRows = gradientRows;
      task.aOuter = positions * outputs.width();
      task.aStep = 1;
      task.b = weights;
      task.bOuter = outputs.width() * width;
      task.bStep = width;
      task.c = products;
      task.cRow = tapPanels.padded();
      task.terms = geometry.outputs();
      task.run = outputs.width();
      task.add = false;
      task.aStart = 0;
      for (int panel = 0; panel < tapPanels.count(); panel++) {
        task.bStart = panel * geometry.outputs() * width;
        for (int p = first; p < end; p += kernel.rows()) {
          task.firstRow = p;
          task.cStart = (p - first) * tapPanels.padded() + panel * width;
          kernel.multiply(task);
        }
      }
    }

    private void addWindow(int from, int to) {
      int rows = geometry.rows().kernel();
      int row = inputRow();
      for (int k = 0; k < rows; k++) {
        kernels.panels().add(products, from + k * run, run, collected, to + k * row);
      }
    }
  }
}
