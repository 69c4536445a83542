package org.dl4jsnn.internal.synapse;

import org.dl4jsnn.internal.kernel.GatherGeometry;
import org.dl4jsnn.internal.kernel.GatherWeights;
import org.dl4jsnn.internal.kernel.GatheredSums;
import org.dl4jsnn.internal.kernel.GatheredWeightSums;
import org.dl4jsnn.internal.kernel.InputSums;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.KernelWeights;
import org.dl4jsnn.internal.kernel.RowAdder;
import org.dl4jsnn.internal.kernel.WeightSums;
import org.dl4jsnn.spike.SpikeEvents;

/** The adjoint of synapses whose neurons each have a window of weights over the input. */
final class WindowAdjoint implements SynapseAdjoint {

  private final GatherGeometry geometry;
  private final ScatterCharge charge;
  private final float[] bias;

  /** The synapses forwards. */
  private final GatherWeights forwards;

  private final KernelGradient parameter;
  private final KernelProvider kernels;
  private final RowAdder adder;

  /** The synapses turned round, which gather; null if they scatter or nobody asks. */
  private final GatherWeights turned;

  /** If they scatter: for every neuron of a position, the weights of its window, row by row. */
  private final float[][] windows;

  /** Where the gradient of a weight lies in its parameter. */
  @FunctionalInterface
  interface KernelGradient {

    /** Copies the gradients of the weights from one input of the window to all output channels. */
    void copy(int row, int column, int channel, float[] from, int first, float[] gradient);
  }

  WindowAdjoint(
      GatherGeometry geometry,
      KernelWeights weights,
      float[] bias,
      KernelGradient parameter,
      KernelProvider kernels,
      boolean inputs) {
    this.geometry = geometry;
    this.charge = new ScatterCharge(geometry, weights, bias, kernels.rowAdder());
    this.bias = bias;
    this.parameter = parameter;
    this.kernels = kernels;
    this.adder = kernels.rowAdder();
    this.forwards = gathered(geometry, weights, kernels);
    this.turned = inputs ? turned(weights, kernels) : null;
    this.windows = inputs && turned == null ? windows(weights) : null;
  }

  private static GatherWeights gathered(
      GatherGeometry geometry, KernelWeights weights, KernelProvider kernels) {
    return new GatherWeights(geometry, weights, new float[0], GatheredSums.NEVER, kernels, () -> 1);
  }

  private GatherWeights turned(KernelWeights weights, KernelProvider kernels) {
    if (geometry.strideHeight() != 1 || geometry.strideWidth() != 1) {
      return null;
    }
    KernelWeights turnedWeights =
        geometry.isDense() ? turnedDense(weights) : turnedConvolution(weights);
    GatherWeights gathered = gathered(geometry.turned(), turnedWeights, kernels);
    return GatheredSums.serves(gathered) ? gathered : null;
  }

  /** From neuron to inputs, in order of position and channel. */
  private KernelWeights turnedDense(KernelWeights weights) {
    int channels = geometry.input().channels();
    int perRow = geometry.input().width() * channels;
    return new TurnedWeights(
        (row, column, input, first, count, target, offset) ->
            weights.copy(
                input / perRow,
                input % perRow / channels,
                input % channels,
                first,
                count,
                target,
                offset));
  }

  private KernelWeights turnedConvolution(KernelWeights weights) {
    int lastRow = geometry.kernelHeight() - 1;
    int lastColumn = geometry.kernelWidth() - 1;
    return new TurnedWeights(
        (row, column, input, first, count, target, offset) ->
            weights.copy(lastRow - row, lastColumn - column, input, first, count, target, offset));
  }

  /**
   * Weights from neurons to inputs, read as rows of weights from one input to neighbouring neurons:
   * a transposition, in tiles that stay in the processor's caches.
   */
  private record TurnedWeights(KernelWeights ofInput) implements KernelWeights {

    private static final int TILE = 256;

    @Override
    public void copy(
        int row, int column, int neuron, int first, int count, float[] target, int offset) {
      for (int i = 0; i < count; i++) {
        ofInput.copy(row, column, first + i, neuron, 1, target, offset + i);
      }
    }

    @Override
    public void copyChannels(
        int row,
        int column,
        int neurons,
        int first,
        int count,
        int width,
        float[] target,
        int offset) {
      float[] line = new float[Math.min(TILE, neurons)];
      for (int from = 0; from < neurons; from += line.length) {
        int length = Math.min(line.length, neurons - from);
        for (int i = 0; i < count; i++) {
          ofInput.copy(row, column, first + i, from, length, line, 0);
          int next = offset + from * width + i;
          for (int k = 0; k < length; k++, next += width) {
            target[next] = line[k];
          }
        }
      }
    }
  }

  private float[][] windows(KernelWeights weights) {
    float[][] made = new float[geometry.output().channels()][geometry.weightRows()];
    int inputChannels = geometry.input().channels();
    int perRow = geometry.kernelWidth() * inputChannels;
    float[] ofInput = new float[made.length];
    for (int at = 0; at < geometry.weightRows(); at++) {
      int column = at % perRow / inputChannels;
      weights.copy(at / perRow, column, at % inputChannels, 0, made.length, ofInput, 0);
      for (int k = 0; k < made.length; k++) {
        made[k][at] = ofInput[k];
      }
    }
    return made;
  }

  @Override
  public TrainCharge newCharge() {
    if (!GatheredSums.serves(forwards)) {
      return TrainCharge.of(charge, geometry.input());
    }
    GatheredSums sums = new GatheredSums(forwards);
    int channels = geometry.output().channels();
    return (train, sample, step, membrane) -> {
      sums.copyFrom(membrane);
      sums.add(train, sample, step);
      sums.copyTo(membrane);
      for (int at = 0; bias.length > 0 && at < membrane.length; at += channels) {
        adder.add(1, bias, 0, membrane, at, channels);
      }
    };
  }

  @Override
  public InputSums newInputSums() {
    return turned != null
        ? new GatheredSums(turned)
        : InputSums.scattered(geometry.output(), geometry.input(), this::back);
  }

  private void back(SpikeEvents events, float[] inputGradient) {
    int channels = geometry.input().channels();
    int height = geometry.input().height();
    int width = geometry.input().width();
    int outputWidth = geometry.output().width();
    for (int e = 0; e < events.size(); e++) {
      int top = events.position(e) / outputWidth * geometry.strideHeight() - geometry.paddingTop();
      int left = events.position(e) % outputWidth * geometry.strideWidth() - geometry.paddingLeft();
      int first = Math.max(0, left);
      int count = (Math.min(width, left + geometry.kernelWidth()) - first) * channels;
      int end = Math.min(height, top + geometry.kernelHeight());
      float[] window = windows[events.channel(e)];
      for (int row = Math.max(0, top); row < end && count > 0; row++) {
        int from = ((row - top) * geometry.kernelWidth() + first - left) * channels;
        int to = (row * width + first) * channels;
        adder.add(events.amplitude(e), window, from, inputGradient, to, count);
      }
    }
  }

  @Override
  public float[] newSums() {
    return GatheredWeightSums.newSums(geometry, kernels);
  }

  @Override
  public WeightSums newWeightSums(int steps) {
    return new GatheredWeightSums(geometry, kernels, steps);
  }

  @Override
  public void collect(float[] sums, float[] gradient) {
    GatheredWeightSums.collect(
        geometry,
        kernels,
        sums,
        (row, column, channel, firstOutput, count, from, first) ->
            parameter.copy(row, column, channel, from, first, gradient));
  }
}
