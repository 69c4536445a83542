package org.dl4jsnn.kernel;

import org.dl4jsnn.neuron.SpikingNeuron;

/** A weighted layer prepared for simulation with its weights of the moment; safe for threads. */
public final class GatherLayer {

  final GatherGeometry geometry;
  final FireRule rule;
  final ChannelBlocks blocks;
  final int[] firstRow;
  final int[] endRow;
  final int[] rowShift;

  /**
   * Packs a layer's weights.
   *
   * @param geometry which inputs each neuron gathers
   * @param weights the weights
   * @param bias one value an output channel, or an empty array for none
   * @param neuron the neurons
   * @param provider the kernels
   */
  public GatherLayer(
      GatherGeometry geometry,
      KernelWeights weights,
      float[] bias,
      SpikingNeuron neuron,
      KernelProvider provider) {
    this.geometry = geometry;
    this.rule = FireRule.of(neuron);
    this.blocks = new ChannelBlocks(geometry, weights, bias, rule, provider);
    int height = geometry.output().height();
    this.firstRow = new int[height];
    this.endRow = new int[height];
    this.rowShift = new int[height];
    for (int row = 0; row < height; row++) {
      int first = geometry.firstInputRow(row);
      int inputHeight = geometry.input().height();
      int from = Math.min(Math.max(first, 0), inputHeight);
      int to = Math.max(from, Math.min(first + geometry.kernelHeight(), inputHeight));
      // Bounds lie row by row, one a line.
      firstRow[row] = from * geometry.output().width();
      endRow[row] = to * geometry.output().width();
      rowShift[row] = first * geometry.weightRowsPerInputRow();
    }
  }

  /**
   * A simulation for one task.
   *
   * @return the simulation
   */
  public SampleSimulation newSimulation() {
    return new GatherSimulation(this);
  }
}
