package org.dl4jsnn.conf;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.internal.layer.SpikingConcatenateVertex;
import org.dl4jsnn.internal.layer.SpikingVertex;
import org.dl4jsnn.internal.simulate.SpikeTrainCombination;
import org.dl4jsnn.internal.simulate.SpikeTrainConcatenation;
import org.nd4j.linalg.api.buffer.DataType;

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
    return new SpikeTrainConcatenation();
  }

  @Override
  SpikingVertex vertex(ComputationGraph graph, String name, int index, DataType dataType) {
    return new SpikingConcatenateVertex(graph, name, index, combination(), dataType);
  }

  @Override
  public GraphVertex clone() {
    return new SpikingConcatenate();
  }
}
