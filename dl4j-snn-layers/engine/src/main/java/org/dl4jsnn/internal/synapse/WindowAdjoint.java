package org.dl4jsnn.internal.synapse;

import org.dl4jsnn.internal.kernel.GatherGeometry;
import org.dl4jsnn.internal.kernel.KernelWeights;
import org.dl4jsnn.internal.kernel.RowAdder;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.spike.SpikeEvents;

/** The adjoint of synapses whose neurons each have a window of weights over the input. */
final class WindowAdjoint implements SynapseAdjoint {

  private final GatherGeometry geometry;
  private final ScatterCharge charge;
  private final KernelGradient parameter;
  private final RowAdder adder;

  /** For every neuron of a position, the weights of its window, row by row, channels innermost. */
  private final float[][] windows;

  /** Where the gradient of a weight lies in its parameter. */
  @FunctionalInterface
  interface KernelGradient {

    /** Copies the gradients of the weights from one input of the window to all output channels. */
    void copy(int row, int column, int channel, float[] from, int first, float[] gradient);
  }

  WindowAdjoint(
      GatherGeometry geometry, KernelWeights weights, KernelGradient parameter, RowAdder adder) {
    this.geometry = geometry;
    this.charge = new ScatterCharge(geometry, weights, new float[0], adder);
    this.parameter = parameter;
    this.adder = adder;
    this.windows = new float[geometry.output().channels()][geometry.weightRows()];
    int inputChannels = geometry.input().channels();
    int perRow = geometry.kernelWidth() * inputChannels;
    ParallelSamples.run(
        geometry.kernelHeight(),
        () -> {
          float[] ofInput = new float[windows.length];
          return row -> {
            for (int at = 0; at < perRow; at++) {
              java.util.Arrays.fill(ofInput, 0);
              weights.copy(
                  row, at / inputChannels, at % inputChannels, 0, windows.length, ofInput, 0);
              for (int k = 0; k < windows.length; k++) {
                windows[k][row * perRow + at] = ofInput[k];
              }
            }
          };
        });
  }

  @Override
  public void back(SpikeEvents events, float[] inputGradient) {
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
