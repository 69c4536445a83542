package org.dl4jsnn.internal.synapse;

import java.util.Arrays;
import org.dl4jsnn.internal.kernel.GatherGeometry;
import org.dl4jsnn.internal.kernel.GatherWeights;
import org.dl4jsnn.internal.kernel.GatheredSums;
import org.dl4jsnn.internal.kernel.InputSums;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.KernelWeights;
import org.dl4jsnn.internal.kernel.RowAdder;
import org.dl4jsnn.spike.SpikeEvents;

/** The adjoint of synapses whose neurons each have a window of weights over the input. */
final class WindowAdjoint implements SynapseAdjoint {

  private final GatherGeometry geometry;
  private final ScatterCharge charge;
  private final KernelGradient parameter;
  private final RowAdder adder;

  /** The synapses turned round, which gather; null if they scatter. */
  private final GatherWeights turned;

  /** Scattered: for every neuron of a position, the weights of its window, row by row. */
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
      KernelWeights turnedWeights,
      KernelGradient parameter,
      KernelProvider kernels) {
    this.geometry = geometry;
    this.charge = new ScatterCharge(geometry, weights, new float[0], kernels.rowAdder());
    this.parameter = parameter;
    this.adder = kernels.rowAdder();
    this.turned = turned(turnedWeights, kernels);
    this.windows = turned == null ? windows(weights) : null;
  }

  private GatherWeights turned(KernelWeights weights, KernelProvider kernels) {
    if (geometry.strideHeight() != 1 || geometry.strideWidth() != 1) {
      return null;
    }
    GatherWeights gathered =
        new GatherWeights(
            geometry.turned(), weights, new float[0], GatheredSums.NEVER, kernels, () -> 1);
    return GatheredSums.serves(gathered) ? gathered : null;
  }

  private float[][] windows(KernelWeights weights) {
    float[][] made = new float[geometry.output().channels()][geometry.weightRows()];
    int inputChannels = geometry.input().channels();
    int perRow = geometry.kernelWidth() * inputChannels;
    float[] ofInput = new float[made.length];
    for (int at = 0; at < geometry.weightRows(); at++) {
      Arrays.fill(ofInput, 0);
      int column = at % perRow / inputChannels;
      weights.copy(at / perRow, column, at % inputChannels, 0, made.length, ofInput, 0);
      for (int k = 0; k < made.length; k++) {
        made[k][at] = ofInput[k];
      }
    }
    return made;
  }

  @Override
  public InputSums newInputSums() {
    return turned != null
        ? new GatheredSums(turned)
        : InputSums.scattered(geometry.input().neurons(), this::back);
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
    return charge.newSums();
  }

  @Override
  public void learn(SpikeEvents events, float[] currentGradient, float[] sums) {
    charge.learn(events, currentGradient, sums);
  }

  @Override
  public void collect(float[] sums, float[] gradient) {
    charge.collect(
        sums,
        (row, column, channel, firstOutput, count, from, first) ->
            parameter.copy(row, column, channel, from, first, gradient));
  }
}
