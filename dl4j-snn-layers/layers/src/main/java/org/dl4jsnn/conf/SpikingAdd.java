package org.dl4jsnn.conf;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.dl4jsnn.internal.simulate.SpikeTrainCombination;

/**
 * Adds spike trains of the same shape, as at the end of a residual block: the amplitude at a step
 * is the sum of the branches' amplitudes, so 2 where two spikes coincide. Rates add up.
 *
 * <pre>{@code
 * ComputationGraphConfiguration.GraphBuilder block =
 *     new NeuralNetConfiguration.Builder().graphBuilder().addInputs("in")
 *         .addLayer("spikes", SpikeEncoding.direct(4).build(), "in")
 *         .addLayer("conv", new SpikingConvolution2D.Builder(3, 3).nOut(16).build(), "spikes")
 *         .addLayer("conv2", new SpikingConvolution2D.Builder(3, 3).nOut(16).build(), "conv")
 *         .addVertex("sum", new SpikingAdd(), "conv", "conv2");
 * }</pre>
 */
public final class SpikingAdd extends BaseSpikingVertex {

  private static final long serialVersionUID = 1L;

  /** Creates a sum. */
  public SpikingAdd() {}

  @Override
  SpikeTrainCombination combination() {
    return SpikeTrainCombination.SUM;
  }

  @Override
  public GraphVertex clone() {
    return new SpikingAdd();
  }
}
