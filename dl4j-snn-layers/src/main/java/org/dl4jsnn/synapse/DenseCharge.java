package org.dl4jsnn.synapse;

import org.dl4jsnn.spike.SpikeEvents;

/** Charges a fully connected layer: every event adds its input neuron's row of weights. */
final class DenseCharge implements ChargeKernel {

  private final float[] weights;
  private final int outputs;
  private final float[] scratch;

  /**
   * A kernel.
   *
   * @param weights one row of outputs an input neuron, in the order of spike trains
   * @param outputs neurons of the layer
   */
  DenseCharge(float[] weights, int outputs) {
    this.weights = weights;
    this.outputs = outputs;
    this.scratch = new float[outputs];
  }

  @Override
  public void charge(SpikeEvents events, float[] membrane) {
    for (int e = 0; e < events.size(); e++) {
      int row = events.neuron(e) * outputs;
      WeightRun.add(membrane, 0, weights, row, outputs, events.amplitude(e), scratch);
    }
  }
}
