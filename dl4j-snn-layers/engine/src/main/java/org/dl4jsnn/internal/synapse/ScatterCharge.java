package org.dl4jsnn.internal.synapse;

import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.internal.kernel.GatherGeometry;
import org.dl4jsnn.internal.kernel.KernelWeights;
import org.dl4jsnn.internal.kernel.RowAdder;
import org.dl4jsnn.spike.SpikeEvents;

/** Adds the weights of each spike to the membranes that it reaches, then the bias to all. */
public final class ScatterCharge implements StepCharge {

  private final GatherGeometry geometry;
  private final int channels;

  /**
   * For every row and input channel of the window, its columns from last to first, each a row of
   * output channels: in this order neighbouring outputs see a spike.
   */
  private final float[] rows;

  private final float[] bias;
  private final RowAdder adder;

  /**
   * Creates the charge of a layer with its current weights; thread-safe.
   *
   * @param geometry which inputs each neuron gathers
   * @param bias one value per output channel, or an empty array for none
   */
  public ScatterCharge(
      GatherGeometry geometry, KernelWeights weights, float[] bias, RowAdder adder) {
    this.adder = adder;
    this.geometry = geometry;
    this.channels = geometry.output().channels();
    this.bias = bias;
    this.rows = new float[Math.multiplyExact(geometry.weightRows(), channels)];
    for (int row = 0; row < geometry.kernelHeight(); row++) {
      for (int column = 0; column < geometry.kernelWidth(); column++) {
        for (int channel = 0; channel < geometry.input().channels(); channel++) {
          weights.copy(row, column, channel, 0, channels, rows, first(row, column, channel));
        }
      }
    }
  }

  /** The index of the first weight from one input of the window. */
  private int first(int row, int column, int channel) {
    int lastColumn = geometry.kernelWidth() - 1;
    int run = row * geometry.input().channels() + channel;
    return (run * geometry.kernelWidth() + lastColumn - column) * channels;
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

  /** Row and column are counted from the start of the padding. */
  private void scatter(int row, int column, int channel, float amplitude, float[] membrane) {
    int width = geometry.output().width();
    int stride = geometry.strideWidth();
    int lastRow = Math.min(row / geometry.strideHeight(), geometry.output().height() - 1);
    int lastColumn = Math.min(column / stride, width - 1);
    int beyond = column - geometry.kernelWidth();
    int firstColumn = beyond < 0 ? 0 : beyond / stride + 1;
    for (int y = lastRow; y >= 0; y--) {
      int kernelRow = row - y * geometry.strideHeight();
      if (kernelRow >= geometry.kernelHeight() || firstColumn > lastColumn) {
        break;
      }
      // With stride 1 the weights of neighbouring outputs are also neighbours.
      int together = stride == 1 ? lastColumn - firstColumn + 1 : 1;
      for (int x = firstColumn; x <= lastColumn; x += together) {
        int from = first(kernelRow, column - x * stride, channel);
        adder.add(amplitude, rows, from, membrane, (y * width + x) * channels, together * channels);
      }
    }
  }
}
