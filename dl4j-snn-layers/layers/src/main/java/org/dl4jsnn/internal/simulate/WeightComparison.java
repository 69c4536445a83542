package org.dl4jsnn.internal.simulate;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.kernel.PackedWeights;
import org.dl4jsnn.internal.parallel.ParallelRuns;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.synapse.AverageHostSynapse;
import org.dl4jsnn.internal.synapse.DepthwiseHostSynapse;
import org.dl4jsnn.internal.synapse.HostParameter;
import org.dl4jsnn.internal.synapse.HostSynapse;
import org.dl4jsnn.internal.synapse.WeightedHostSynapse;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.DepthwiseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares prepared weights with the current ones (docs/decisions/0063). */
public final class WeightComparison {

  /** With more spikes than this per input, nearly all rows of weights are used. */
  private static final double FEW_ROWS = 1;

  /** Rows that are compared in one turn. */
  private static final int ROWS_AT_ONCE = 64;

  private WeightComparison() {}

  /** Whether two synapses connect the same neurons in the same way, whatever their weights. */
  static boolean connectAlike(Synapse a, Synapse b) {
    return a.getClass() == b.getClass()
        && a.inputShape().equals(b.inputShape())
        && a.outputShape().equals(b.outputShape())
        && Objects.equals(windows(a), windows(b));
  }

  private static Object windows(Synapse synapse) {
    if (synapse instanceof AverageSynapse average) {
      return average.windows();
    }
    if (synapse instanceof ConvolutionSynapse convolution) {
      return convolution.window();
    }
    return synapse instanceof DepthwiseSynapse depthwise ? depthwise.window() : null;
  }

  /**
   * Whether prepared weights are still those of synapses that connect alike, as far as a pass uses
   * them: of a fully connected layer the rows of the inputs that fire.
   */
  static boolean isUnchanged(HostSynapse prepared, Synapse synapse, SpikeTrain input) {
    if (prepared instanceof WeightedHostSynapse weighted) {
      if (synapse instanceof DenseSynapse dense) {
        return holds(weighted.bias(), dense.bias())
            && holds(rows(weighted, input.shape()), dense.weights(), input);
      }
      return synapse instanceof ConvolutionSynapse convolution
          && holds(weighted.bias(), convolution.bias())
          && holds(weighted.weights(), convolution.weights());
    }
    if (prepared instanceof DepthwiseHostSynapse channels) {
      return synapse instanceof DepthwiseSynapse depthwise
          && holds(channels.bias(), depthwise.bias())
          && holds(channels.weights(), depthwise.weights());
    }
    return prepared instanceof AverageHostSynapse && synapse instanceof AverageSynapse;
  }

  /** Whether a parameter, which may be null, has these values. */
  static boolean holds(HostParameter prepared, INDArray parameter) {
    float[] values = prepared.values();
    if (parameter == null || parameter.length() != values.length) {
      return parameter == null && values.length == 0;
    }
    FloatBuffer current = HostArrays.buffer(parameter);
    AtomicBoolean same = new AtomicBoolean(true);
    ParallelRuns.run(
        values.length,
        () ->
            (part, first, count) -> {
              if (same.get()
                  && FloatBuffer.wrap(values, first, count).mismatch(current.slice(first, count))
                      >= 0) {
                same.set(false);
              }
            });
    Reference.reachabilityFence(parameter);
    return same.get();
  }

  /** The weights of a fully connected layer, input by input. */
  @FunctionalInterface
  private interface Rows {

    /**
     * Whether an input, in order of position and channel, has these weights, in an array that may
     * be overwritten.
     */
    boolean hold(int input, float[] weights);
  }

  private static Rows rows(WeightedHostSynapse prepared, FeatureShape shape) {
    if (prepared.kernel() instanceof PackedWeights packed) {
      return packed::hold;
    }
    float[] values = prepared.weights().values();
    return (input, weights) -> {
      int from = shape.arrayIndex(input) * weights.length;
      return Arrays.equals(values, from, from + weights.length, weights, 0, weights.length);
    };
  }

  /**
   * Whether an array still holds a layer's weights times a factor per output, as far as a pass uses
   * them: of a fully connected layer the rows of the inputs that fire.
   *
   * @param synapse of what was computed once; false for other kinds than the library's
   * @param scaled its weights, in C order
   * @param weights the weights now, of the same shape
   * @param factors the factor of every output
   */
  public static boolean isScaled(
      Synapse synapse, INDArray scaled, INDArray weights, float[] factors, SpikeTrain input) {
    if (!HostArrays.areInPlace(scaled, weights)) {
      return false;
    }
    FloatBuffer product = HostArrays.buffer(scaled);
    if (synapse instanceof DenseSynapse) {
      Rows rows =
          (neuron, row) -> {
            for (int output = 0; output < row.length; output++) {
              row[output] *= factors[output];
            }
            int from = input.shape().arrayIndex(neuron) * row.length;
            return FloatBuffer.wrap(row).mismatch(product.slice(from, row.length)) < 0;
          };
      return holds(rows, weights, input);
    }
    if (!(synapse instanceof ConvolutionSynapse || synapse instanceof DepthwiseSynapse)) {
      return false;
    }
    int length = Math.toIntExact(weights.length() / factors.length);
    FloatBuffer current = HostArrays.buffer(weights);
    AtomicBoolean same = new AtomicBoolean(true);
    ParallelSamples.run(
        factors.length,
        () -> {
          float[] kernel = new float[length];
          return output -> {
            current.get(output * length, kernel);
            for (int k = 0; k < length; k++) {
              kernel[k] *= factors[output];
            }
            if (FloatBuffer.wrap(kernel).mismatch(product.slice(output * length, length)) >= 0) {
              same.set(false);
            }
          };
        });
    Reference.reachabilityFence(weights);
    return same.get();
  }

  /** Whether the weights of the inputs that fire, [inputs, outputs], have these values. */
  private static boolean holds(Rows prepared, INDArray weights, SpikeTrain input) {
    double spikes = input.density() * input.minibatch() * input.steps();
    int[] inputs =
        spikes > FEW_ROWS ? IntStream.range(0, input.shape().neurons()).toArray() : firing(input);
    int length = Math.toIntExact(weights.size(1));
    FloatBuffer current = HostArrays.buffer(weights);
    AtomicBoolean same = new AtomicBoolean(true);
    ParallelSamples.run(
        (inputs.length + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE,
        () -> {
          float[] row = new float[length];
          return run -> {
            int end = Math.min(inputs.length, (run + 1) * ROWS_AT_ONCE);
            for (int k = run * ROWS_AT_ONCE; k < end && same.get(); k++) {
              current.get(input.shape().arrayIndex(inputs[k]) * length, row);
              if (!prepared.hold(inputs[k], row)) {
                same.set(false);
              }
            }
          };
        });
    Reference.reachabilityFence(weights);
    return same.get();
  }

  /** The neurons of a train that fire at any step of any sample. */
  private static int[] firing(SpikeTrain input) {
    BitSet firing = new BitSet(input.shape().neurons());
    SpikeEvents events = new SpikeEvents(input.shape());
    for (int sample = 0; sample < input.minibatch(); sample++) {
      for (int step = 0; step < (input.isConstant() ? 1 : input.steps()); step++) {
        input.read(sample, step, events);
        for (int e = 0; e < events.size(); e++) {
          firing.set(events.neuron(e));
        }
      }
    }
    return firing.stream().toArray();
  }
}
