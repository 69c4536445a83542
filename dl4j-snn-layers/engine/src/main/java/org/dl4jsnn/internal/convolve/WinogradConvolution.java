package org.dl4jsnn.internal.convolve;

import static org.dl4jsnn.internal.kernel.WinogradKernel.POINTS;

import java.nio.FloatBuffer;
import java.util.Optional;
import org.dl4jsnn.internal.kernel.DenseKernels;
import org.dl4jsnn.internal.kernel.MatrixKernel;
import org.dl4jsnn.internal.kernel.MatrixTask;
import org.dl4jsnn.internal.kernel.WinogradKernel;
import org.dl4jsnn.internal.memory.Scratch;
import org.dl4jsnn.internal.parallel.ParallelSamples;

/**
 * A convolution of 3 × 3 or 5 × 5 with stride 1 by Winograd's F(4 × 4, 3 × 3) or F(2 × 2, 5 × 5):
 * tiles are transformed to 36 points, and at each point the convolution is a matrix product over
 * channels, with a quarter or a third of the multiplications. Its rounding errors are about four
 * times those of a sum of products, and it rounds even where such a sum would be exact.
 */
final class WinogradConvolution implements MinibatchConvolution {

  /**
   * Tiles of small images that are multiplied at a time. The weights are read once for all of them;
   * the points of more do not stay in the second-level cache.
   */
  private static final int TILES = 32;

  /** With fewer channels the transforms cost more than they save, for any vector width. */
  private static final int LEAST_CHANNELS = 16;

  /** All tiles of a sample are transformed at once; more would take too much memory per thread. */
  private static final int MOST_TILES = 1024;

  private final ConvolutionGeometry geometry;
  private final MatrixKernel kernel;
  private final WinogradKernel transforms;
  private final Panels inputs;
  private final Panels outputs;
  private final WinogradTiling ahead;

  /** The tiling of the adjoint, a convolution of the gradient with the rotated kernel. */
  private final WinogradTiling back;

  /** Samples that are multiplied at a time. */
  private final int samplesAtOnce;

  private WinogradConvolution(
      ConvolutionGeometry geometry, DenseKernels kernels, WinogradKernel transforms) {
    this.geometry = geometry;
    this.kernel = kernels.matrix();
    this.transforms = transforms;
    this.inputs = Panels.of(geometry.channels(), kernels);
    this.outputs = Panels.of(geometry.outputs(), kernels);
    int height = geometry.outputHeight();
    int width = geometry.outputWidth();
    int top = geometry.rows().padding();
    int left = geometry.columns().padding();
    int tile = transforms.output();
    int mostPadding = transforms.kernel() - 1;
    this.ahead =
        WinogradTiling.of(tile, geometry.height(), geometry.width(), top, left, height, width);
    this.back =
        WinogradTiling.of(
                tile,
                height,
                width,
                mostPadding - top,
                mostPadding - left,
                geometry.height(),
                geometry.width())
            .withRoomFor(ahead);
    this.samplesAtOnce = Math.max(1, TILES / Math.max(ahead.tiles(), back.tiles()));
  }

  /**
   * The convolution of given sizes; empty if the convolution has another form, is too large, or has
   * too few channels to pay off.
   */
  static Optional<MinibatchConvolution> of(ConvolutionGeometry geometry, DenseKernels kernels) {
    return kernels.winograd().stream()
        .filter(transforms -> suits(geometry, transforms))
        .findFirst()
        .map(transforms -> new WinogradConvolution(geometry, kernels, transforms));
  }

  private static boolean suits(ConvolutionGeometry geometry, WinogradKernel transforms) {
    int tile = transforms.output();
    return suits(geometry.rows(), transforms.kernel())
        && suits(geometry.columns(), transforms.kernel())
        && tiles(geometry.height(), tile) * tiles(geometry.width(), tile) <= MOST_TILES
        && geometry.channels() >= LEAST_CHANNELS
        && geometry.outputs() >= LEAST_CHANNELS;
  }

  private static int tiles(int pixels, int tile) {
    return (pixels + tile - 1) / tile;
  }

  private static boolean suits(ConvolutionGeometry.Side side, int kernel) {
    return side.kernel() == kernel && side.stride() == 1 && side.padding() < kernel;
  }

  private WinogradWeights weightsAhead() {
    return new WinogradWeights(
        transforms.kernel(), inputs, outputs, taps(), geometry.taps(), false);
  }

  private WinogradWeights weightsBack() {
    return new WinogradWeights(transforms.kernel(), outputs, inputs, geometry.taps(), taps(), true);
  }

  /** Weights of a kernel. */
  private int taps() {
    return transforms.kernel() * transforms.kernel();
  }

  @Override
  public void forward(FloatBuffer input, int samples, float[] weights, FloatBuffer output) {
    try (Scratch scratch = new Scratch()) {
      float[] points = weightsAhead().points(weights, scratch);
      ParallelSamples.run(
          (samples + samplesAtOnce - 1) / samplesAtOnce,
          () -> {
            Direction forward = new Direction(inputs, outputs, ahead, scratch);
            return group -> {
              int first = group * samplesAtOnce;
              int end = Math.min(samples, first + samplesAtOnce);
              for (int sample = first; sample < end; sample++) {
                forward.read(input, sample);
                forward.transform(sample - first);
              }
              forward.multiply(points, end - first);
              forward.write(output, first, end);
            };
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
    try (Scratch scratch = new Scratch()) {
      float[] points = inputGradient == null ? null : weightsBack().points(weights, scratch);
      SampleGroups groups = SampleGroups.of(samples);
      float[][] sums = new float[groups.count()][];
      ParallelSamples.run(
          groups.count(),
          () -> {
            Direction forward = new Direction(inputs, outputs, ahead, scratch);
            Direction backward = new Direction(outputs, inputs, back, scratch);
            WeightGradient weightGradient = new WeightGradient(scratch);
            return group -> {
              float[] sum = scratch.zeros(weightGradient.length());
              int last = groups.end(group);
              for (int first = groups.first(group); first < last; first += samplesAtOnce) {
                int end = Math.min(last, first + samplesAtOnce);
                for (int sample = first; sample < end; sample++) {
                  forward.read(input, sample);
                  forward.transform(sample - first);
                  backward.read(gradient, sample);
                  weightGradient.transform(backward.pixels, sample - first);
                  if (points != null) {
                    backward.transform(sample - first);
                  }
                }
                weightGradient.add(forward.points, (end - first) * ahead.tiles(), sum);
                if (points != null) {
                  backward.multiply(points, end - first);
                  backward.write(inputGradient, first, end);
                }
              }
              sums[group] = sum;
            };
          });
      return weightsAhead().gradient(sum(sums), panelRows());
    }
  }

  /** Rows of a panel of input channels in the gradient of the weights: whole blocks. */
  private int panelRows() {
    return blocks(inputs.width());
  }

  /** Rows rounded up to whole blocks. */
  private int blocks(int rows) {
    return (rows + kernel.rows() - 1) / kernel.rows() * kernel.rows();
  }

  /** The sums of all groups, in their order. */
  private static float[] sum(float[][] sums) {
    int point = sums[0].length / POINTS;
    ParallelSamples.run(
        POINTS,
        () ->
            at -> {
              for (int group = 1; group < sums.length; group++) {
                for (int i = at * point; i < (at + 1) * point; i++) {
                  sums[0][i] += sums[group][i];
                }
              }
            });
    return sums[0];
  }

  private static int[] multiples(int count, int distance) {
    int[] multiples = new int[count];
    for (int i = 0; i < count; i++) {
      multiples[i] = i * distance;
    }
    return multiples;
  }

  /** A convolution of a group of samples, with the scratch of one thread. */
  private final class Direction {

    private final Panels from;
    private final Panels to;
    private final WinogradTiling tiling;
    private final int tiles;
    private final int[] rows;

    /** Distances of two points in {@link #points} and in {@link #products}. */
    private final int pointsIn;

    private final int pointsOut;
    private final float[] planes;
    private final float[] pixels;

    /** [point, panel, tile, channel of the panel]. */
    private final float[] points;

    private float[] products;
    private float[] results;
    private final MatrixTask task = new MatrixTask();
    private final float[] half = new float[transforms.scratch()];
    private final Scratch scratch;

    Direction(Panels from, Panels to, WinogradTiling tiling, Scratch scratch) {
      this.from = from;
      this.to = to;
      this.tiling = tiling;
      this.tiles = blocks(samplesAtOnce * tiling.tiles());
      this.rows = multiples(tiles, from.width());
      this.planes =
          scratch.floats(
              Math.max(
                  from.channels() * tiling.input().height() * tiling.input().width(),
                  to.channels() * tiling.output().height() * tiling.output().width()));
      this.pixels = scratch.zeros(tiling.input().pixels() * from.padded());
      this.pointsIn = WinogradWeights.pointDistance(from.padded() * tiles);
      this.pointsOut = WinogradWeights.pointDistance(to.padded() * tiles);
      this.points = scratch.floats(POINTS * pointsIn);
      this.scratch = scratch;
    }

    void read(FloatBuffer source, int sample) {
      from.read(source, sample, planes, tiling.input(), pixels);
    }

    /** Transforms the sample just read to points, as one of those that are multiplied together. */
    void transform(int place) {
      int width = from.width();
      int row = tiling.input().across() * width;
      int tile = place * tiling.tiles();
      for (int y = 0; y < tiling.rows(); y++) {
        for (int x = 0; x < tiling.columns(); x++) {
          int pixel = (y * tiling.input().across() + x) * transforms.output();
          for (int panel = 0; panel < from.count(); panel++) {
            int at = (panel * tiling.input().pixels() + pixel) * width;
            int target = (panel * tiles + tile) * width;
            transforms.input(pixels, at, row, width, width, half, points, target, pointsIn);
          }
          tile++;
        }
      }
    }

    void multiply(float[] weights, int samples) {
      if (products == null) {
        products = scratch.floats(POINTS * pointsOut);
        results = scratch.floats(tiling.output().pixels() * to.padded());
      }
      int width = from.width();
      task.a = points;
      task.aRows = rows;
      task.aOuter = tiles * width;
      task.aStep = 1;
      task.b = weights;
      task.bOuter = width * width;
      task.bStep = width;
      task.terms = from.channels();
      task.run = width;
      task.c = products;
      task.cRow = width;
      task.add = false;
      int used = samples * tiling.tiles();
      int weightPoint = WinogradWeights.pointDistance(to.padded() * from.padded());
      for (int point = 0; point < POINTS; point++) {
        task.aStart = point * pointsIn;
        for (int panel = 0; panel < to.count(); panel++) {
          task.bStart = point * weightPoint + panel * from.padded() * width;
          for (int tile = 0; tile < used; tile += kernel.rows()) {
            task.firstRow = tile;
            task.cStart = point * pointsOut + (panel * tiles + tile) * width;
            kernel.multiply(task);
          }
        }
      }
    }

    void write(FloatBuffer target, int first, int end) {
      int width = to.width();
      int row = tiling.output().across() * width;
      int tile = 0;
      for (int sample = first; sample < end; sample++) {
        for (int y = 0; y < tiling.rows(); y++) {
          for (int x = 0; x < tiling.columns(); x++) {
            int pixel = (y * tiling.output().across() + x) * transforms.output();
            for (int panel = 0; panel < to.count(); panel++) {
              int at = (panel * tiles + tile) * width;
              int pixelAt = (panel * tiling.output().pixels() + pixel) * width;
              transforms.output(products, at, pointsOut, width, half, results, pixelAt, row, width);
            }
            tile++;
          }
        }
        to.write(results, tiling.output(), planes, sample, target);
      }
    }
  }

  /** The gradient of the weights, with the scratch of one thread. */
  private final class WeightGradient {

    private final int tiles = blocks(samplesAtOnce * ahead.tiles());
    private final int pointsIn = WinogradWeights.pointDistance(inputs.padded() * tiles);
    private final int pointsOut = WinogradWeights.pointDistance(outputs.padded() * tiles);
    private final int sumPoint =
        WinogradWeights.pointDistance(outputs.padded() * inputs.count() * panelRows());
    private final float[] points;
    private final int[] rows = new int[panelRows()];
    private final float[] half = new float[transforms.scratch()];
    private final MatrixTask task = new MatrixTask();

    WeightGradient(Scratch scratch) {
      points = scratch.floats(POINTS * pointsOut);
      for (int i = 0; i < rows.length; i++) {
        rows[i] = Math.min(i, inputs.width() - 1);
      }
    }

    int length() {
      return POINTS * sumPoint;
    }

    /**
     * Transforms the output's gradient, which lies in the frame of the backward pass, to points.
     */
    void transform(float[] pixels, int place) {
      int width = outputs.width();
      Frame frame = back.input();
      int row = frame.across() * width;
      int tile = place * ahead.tiles();
      for (int y = 0; y < ahead.rows(); y++) {
        for (int x = 0; x < ahead.columns(); x++) {
          int pixel = frame.pixel(y * transforms.output()) + x * transforms.output();
          for (int panel = 0; panel < outputs.count(); panel++) {
            int at = (panel * frame.pixels() + pixel) * width;
            int target = (panel * tiles + tile) * width;
            transforms.gradient(pixels, at, row, width, width, half, points, target, pointsOut);
          }
          tile++;
        }
      }
    }

    void add(float[] inputPoints, int used, float[] sum) {
      int width = outputs.width();
      task.a = inputPoints;
      task.aRows = rows;
      task.aStep = width;
      task.b = points;
      task.bStep = width;
      task.terms = used;
      task.run = used;
      task.c = sum;
      task.cRow = width;
      task.add = true;
      for (int point = 0; point < POINTS; point++) {
        for (int to = 0; to < outputs.count(); to++) {
          task.bStart = point * pointsOut + to * tiles * width;
          for (int from = 0; from < inputs.count(); from++) {
            task.aStart = point * pointsIn + from * tiles * width;
            int panel = to * inputs.count() + from;
            for (int row = 0; row < inputs.width(); row += kernel.rows()) {
              task.firstRow = row;
              task.cStart = point * sumPoint + (panel * panelRows() + row) * width;
              kernel.multiply(task);
            }
          }
        }
      }
    }
  }
}
