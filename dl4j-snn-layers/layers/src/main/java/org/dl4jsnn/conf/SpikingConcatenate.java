package org.dl4jsnn.conf;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.dl4jsnn.internal.simulate.SpikeTrainCombination;

/**
 * Concatenates the channels, or neurons, of spike trains: [minibatch, channels, height, width] of
 * the same height and width, or [minibatch, n].
 */
public final class SpikingConcatenate extends BaseSpikingVertex {

  private static final long serialVersionUID = 1L;

  /** Creates a concatenation. */
  public SpikingConcatenate() {}

  @Override
  SpikeTrainCombination combination() {
    return SpikeTrainCombination.CONCATENATION;
  }

  @Override
  public GraphVertex clone() {
    return new SpikingConcatenate();
  }
}
