package org.dl4jsnn.kernel;

import org.dl4jsnn.spike.SpikeEvents;

/** Adds the weights of each spike to the membranes that it reaches, then the bias to all. */
public final class ScatterCharge implements StepCharge {

  private final GatherGeometry geometry;
  private final int channels;

  /** A row of output channels for every row, column and channel of the window. */
  private final float[] rows;

  private final float[] bias;
  private final RowAdder adder;

  /**
   * A layer with its weights of the moment; safe for threads.
   *
   * @param geometry which inputs each neuron gathers
   * @param weights the weights
   * @param bias one value an output channel, or an empty array for none
   * @param adder adds rows of weights
   */
  public ScatterCharge(
      GatherGeometry geometry, KernelWeights weights, float[] bias, RowAdder adder) {
    this.adder = adder;
    this.geometry = geometry;
    this.channels = geometry.output().channels();
    this.bias = bias;
    this.rows = new float[Math.multiplyExact(geometry.weightRows(), channels)];
    int next = 0;
    for (int row = 0; row < geometry.kernelHeight(); row++) {
      for (int column = 0; column < geometry.kernelWidth(); column++) {
        for (int channel = 0; channel < geometry.input().channels(); channel++) {
          weights.copy(row, column, channel, 0, channels, rows, next);
          next += channels;
        }
      }
    }
  }

  @Override
  public void charge(SpikeEvents events, float[] membrane) {
    int inputWidth = geometry.input().width();
    for (int e = 0; e < events.size(); e++) {
      int row = events.position(e) / inputWidth + geometry.paddingTop();
      int column = events.position(e) % inputWidth + geometry.paddingLeft();
      scatter(row, column, events.channel(e), events.amplitude(e), membrane);
    }
    if (bias.length > 0) {
      for (int at = 0; at < membrane.length; at += channels) {
        adder.add(1, bias, 0, membrane, at, channels);
      }
    }
  }

  /** Row and column count from the start of the padding. */
  private void scatter(int row, int column, int channel, float amplitude, float[] membrane) {
    int lastRow = Math.min(row / geometry.strideHeight(), geometry.output().height() - 1);
    int lastColumn = Math.min(column / geometry.strideWidth(), geometry.output().width() - 1);
    for (int y = lastRow; y >= 0; y--) {
      int kernelRow = row - y * geometry.strideHeight();
      if (kernelRow >= geometry.kernelHeight()) {
        break;
      }
      for (int x = lastColumn; x >= 0; x--) {
        int kernelColumn = column - x * geometry.strideWidth();
        if (kernelColumn >= geometry.kernelWidth()) {
          break;
        }
        int tap = kernelRow * geometry.kernelWidth() + kernelColumn;
        int from = (tap * geometry.input().channels() + channel) * channels;
        int to = (y * geometry.output().width() + x) * channels;
        adder.add(amplitude, rows, from, membrane, to, channels);
      }
    }
  }
}
