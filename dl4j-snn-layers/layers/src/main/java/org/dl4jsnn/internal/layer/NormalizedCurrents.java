package org.dl4jsnn.internal.layer;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntConsumer;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The mean currents of a minibatch, standardised by their own statistics, and the backward pass
 * (equations 23 to 25 of docs/mathematics.md). Keeps one number per neuron and sample. Each sample
 * is summed separately, then the samples in order, so results do not depend on the number of
 * threads.
 */
public final class NormalizedCurrents {

  /** Partial sums in parallel, since an addition waits for the one before it. */
  private static final int PARTS = 4;

  private final int minibatch;
  private final int channels;
  private final int positions;

  /** (c − μ) / √(σ² + ε), in the order of arrays. */
  private final float[] standard;

  private final double[] mean;
  private final double[] variance;

  /**
   * Standardises, with a copy, the mean currents of the window, [minibatch, …]; ε is added to
   * variances.
   */
  public NormalizedCurrents(INDArray currents, FeatureShape shape, double epsilon) {
    this.channels = shape.channels();
    this.positions = shape.positions();
    this.minibatch = Math.toIntExact(currents.length() / shape.neurons());
    this.standard = new float[Math.toIntExact(currents.length())];
    int perSample = shape.neurons();
    FloatBuffer source = HostArrays.buffer(currents);
    double count = (double) minibatch * positions;
    double[][] sums = new double[minibatch][channels];
    double[][] squares = new double[minibatch][channels];
    ParallelSamples.run(
        minibatch,
        () -> {
          IntConsumer sum =
              each(
                  (sample, channel, first, end) ->
                      sum(
                          standard,
                          first,
                          standard,
                          first,
                          positions,
                          sums[sample],
                          squares[sample],
                          channel));
          return sample -> {
            source.get(sample * perSample, standard, sample * perSample, perSample);
            sum.accept(sample);
          };
        });
    Reference.reachabilityFence(currents);
    double[] sum = total(sums, channels);
    this.mean = combine(sum, sum, (a, b) -> a / count);
    this.variance =
        combine(total(squares, channels), mean, (square, m) -> Math.max(0, square / count - m * m));
    eachChannel(
        (sample, channel, first, end) -> {
          float m = (float) mean[channel];
          float scale = (float) (1 / Math.sqrt(variance[channel] + epsilon));
          for (int i = first; i < end; i++) {
            standard[i] = (standard[i] - m) * scale;
          }
        });
  }

  /** The mean of every channel; not to be written to. */
  public double[] mean() {
    return mean;
  }

  /** The variance of every channel, without ε; not to be written to. */
  public double[] variance() {
    return variance;
  }

  /**
   * Writes gain · standardised current + shift, times a factor; with the factor T this is the
   * accumulated input current.
   */
  public void write(double[] gain, double[] shift, double factor, INDArray target) {
    fill(
        target,
        (values, sample, channel, first, end) -> {
          float a = (float) (factor * gain[channel]);
          float b = (float) (factor * shift[channel]);
          int offset = sample * channels * positions;
          for (int i = first; i < end; i++) {
            values[i - offset] = a * standard[i] + b;
          }
        });
  }

  /** gain · standardised current + shift of every sample, in order of position and channel. */
  public float[][] byPosition(double[] gain, double[] shift) {
    float[][] values = new float[minibatch][channels * positions];
    eachChannel(
        (sample, channel, first, end) -> {
          float a = (float) gain[channel];
          float b = (float) shift[channel];
          float[] ofSample = values[sample];
          for (int i = first, at = channel; i < end; i++, at += channels) {
            ofSample[at] = a * standard[i] + b;
          }
        });
    return values;
  }

  /**
   * The gradients of gain and shift.
   *
   * @param gain Σ δ · (c − μ)/σ of every channel
   * @param shift Σ δ of every channel
   */
  public record Gradient(double[] gain, double[] shift) {}

  /** The gradients of gain and shift from δ, the gradient of the normalised mean currents. */
  public Gradient gradient(INDArray currentGradient) {
    double[][] sums = new double[minibatch][channels];
    double[][] products = new double[minibatch][channels];
    FloatBuffer source = HostArrays.buffer(currentGradient);
    int perSample = channels * positions;
    ParallelSamples.run(
        minibatch,
        () -> {
          float[] delta = new float[perSample];
          IntConsumer sum =
              each(
                  (sample, channel, first, end) ->
                      sum(
                          delta,
                          channel * positions,
                          standard,
                          first,
                          positions,
                          sums[sample],
                          products[sample],
                          channel));
          return sample -> {
            source.get(sample * perSample, delta, 0, perSample);
            sum.accept(sample);
          };
        });
    Reference.reachabilityFence(currentGradient);
    return new Gradient(total(products, channels), total(sums, channels));
  }

  /**
   * The gradient of the mean currents before the normalisation, {@code scale · (δ − Σδ/N − (c −
   * μ)/σ · Σ(δ · (c − μ)/σ)/N)}.
   *
   * @param currentGradient δ, [minibatch, …]; null for zero, if only the part through the
   *     statistics is needed
   * @param gradient as returned by {@link #gradient}, or the same sums from elsewhere
   * @param scale γ/√(σ² + ε) of every channel
   * @param target where to write it, [minibatch, …], C order
   */
  public void backprop(
      INDArray currentGradient, Gradient gradient, double[] scale, INDArray target) {
    double count = (double) minibatch * positions;
    FloatBuffer delta = currentGradient == null ? null : HostArrays.buffer(currentGradient);
    int perSample = channels * positions;
    fill(
        target,
        (values, sample, channel, first, end) -> {
          float a = (float) scale[channel];
          float b = (float) (gradient.shift[channel] / count);
          float c = (float) (gradient.gain[channel] / count);
          int offset = sample * perSample;
          if (delta == null) {
            Arrays.fill(values, first - offset, end - offset, 0);
          } else {
            delta.get(first, values, first - offset, end - first);
          }
          for (int i = first; i < end; i++) {
            values[i - offset] = a * (values[i - offset] - b - c * standard[i]);
          }
        });
    Reference.reachabilityFence(currentGradient);
  }

  /** Processes a channel of a sample, whose values lie between two indices. */
  @FunctionalInterface
  private interface ChannelTask {
    void run(int sample, int channel, int first, int end);
  }

  private void eachChannel(ChannelTask task) {
    ParallelSamples.run(minibatch, () -> each(task));
  }

  /** A body that runs a task for all channels of a sample. */
  private IntConsumer each(ChannelTask task) {
    return sample -> {
      for (int channel = 0; channel < channels; channel++) {
        int first = (sample * channels + channel) * positions;
        task.run(sample, channel, first, first + positions);
      }
    };
  }

  /** Computes a channel of a sample into the sample's values. */
  @FunctionalInterface
  private interface ChannelWriter {
    void write(float[] values, int sample, int channel, int first, int end);
  }

  private void fill(INDArray target, ChannelWriter writer) {
    int perSample = channels * positions;
    HostArrays.fill(
        target,
        buffer ->
            ParallelSamples.run(
                minibatch,
                () -> {
                  float[] values = new float[perSample];
                  IntConsumer compute =
                      each(
                          (sample, channel, first, end) ->
                              writer.write(values, sample, channel, first, end));
                  return sample -> {
                    compute.accept(sample);
                    buffer.put(sample * perSample, values, 0, perSample);
                  };
                }));
  }

  /**
   * Σ v and Σ v·w for two runs, in one pass, since the loop waits for additions rather than for
   * memory.
   */
  private static void sum(
      float[] values,
      int firstValue,
      float[] others,
      int firstOther,
      int count,
      double[] sums,
      double[] products,
      int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    double productA = 0;
    double productB = 0;
    double productC = 0;
    double productD = 0;
    int i = 0;
    for (; i + PARTS <= count; i += PARTS) {
      int at = firstValue + i;
      int other = firstOther + i;
      double v = values[at];
      a += v;
      productA += v * others[other];
      v = values[at + 1];
      b += v;
      productB += v * others[other + 1];
      v = values[at + 2];
      c += v;
      productC += v * others[other + 2];
      v = values[at + 3];
      d += v;
      productD += v * others[other + 3];
    }
    for (; i < count; i++) {
      double v = values[firstValue + i];
      a += v;
      productA += v * others[firstOther + i];
    }
    sums[to] = a + b + (c + d);
    products[to] = productA + productB + (productC + productD);
  }

  /** Adds up every channel's sums over samples. */
  private static double[] total(double[][] ofSamples, int channels) {
    double[] total = new double[channels];
    for (double[] sample : ofSamples) {
      for (int channel = 0; channel < channels; channel++) {
        total[channel] += sample[channel];
      }
    }
    return total;
  }

  /** A value for every channel from two others. */
  public static double[] combine(double[] a, double[] b, DoubleBinaryOperator operator) {
    double[] result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = operator.applyAsDouble(a[i], b[i]);
    }
    return result;
  }
}
