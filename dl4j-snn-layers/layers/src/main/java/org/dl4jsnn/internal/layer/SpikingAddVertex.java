package org.dl4jsnn.internal.layer;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.internal.simulate.SpikeTrainCombination;
import org.nd4j.linalg.api.buffer.DataType;

/** A vertex that adds spike trains. */
@SuppressWarnings(
    "overrides") // Deeplearning4j's base class declares setInputs otherwise than its interface
public final class SpikingAddVertex extends SpikingVertex {

  private static final long serialVersionUID = 1L;

  /**
   * Creates a vertex; called by its configuration.
   *
   * @param graph the graph
   * @param name the vertex's name
   * @param index its index in the graph
   * @param combination how trains combine
   * @param dataType the network's data type
   */
  public SpikingAddVertex(
      ComputationGraph graph,
      String name,
      int index,
      SpikeTrainCombination combination,
      DataType dataType) {
    super(graph, name, index, combination, dataType);
  }
}
