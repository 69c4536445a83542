package org.dl4jsnn.conf;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.dl4jsnn.internal.simulate.SpikeTrainCombination;

/**
 * Concatenates the channels, or neurons, of spike trains: [minibatch, channels, height, width] of
 * the same height and width, or [minibatch, n].
 *
 * <pre>{@code
 * ComputationGraphConfiguration.GraphBuilder branches =
 *     new NeuralNetConfiguration.Builder().graphBuilder().addInputs("in")
 *         .addLayer("spikes", SpikeEncoding.frames().build(), "in")
 *         .addLayer("soon", new SpikingDelay.Builder().steps(1).build(), "spikes")
 *         .addLayer("late", new SpikingDelay.Builder().steps(9).build(), "spikes")
 *         .addVertex("both", new SpikingConcatenate(), "soon", "late");
 * }</pre>
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
