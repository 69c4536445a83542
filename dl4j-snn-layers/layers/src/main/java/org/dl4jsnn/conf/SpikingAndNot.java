package org.dl4jsnn.conf;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.dl4jsnn.internal.simulate.SpikeTrainCombination;

/**
 * Passes on the spikes of the first input at steps where the second has none, as SEW-ResNet's IAND,
 * whose first input is the shortcut (Fang et al., "Deep Residual Learning in Spiking Neural
 * Networks", NeurIPS 2021). Inputs and gradients as those of {@link SpikingAnd}.
 *
 * <pre>{@code
 * ComputationGraphConfiguration.GraphBuilder block =
 *     new NeuralNetConfiguration.Builder().graphBuilder().addInputs("in")
 *         .addLayer("spikes", SpikeEncoding.direct(4).build(), "in")
 *         .addLayer("conv", new SpikingConvolution2D.Builder(3, 3).nOut(16).build(), "spikes")
 *         .addLayer("conv2", new SpikingConvolution2D.Builder(3, 3).nOut(16).build(), "conv")
 *         .addVertex("kept", new SpikingAndNot(), "conv", "conv2");
 * }</pre>
 */
public final class SpikingAndNot extends BaseSpikingVertex {

  private static final long serialVersionUID = 1L;

  /** Creates an inhibition. */
  public SpikingAndNot() {}

  @Override
  SpikeTrainCombination combination() {
    return SpikeTrainCombination.AND_NOT;
  }

  @Override
  public GraphVertex clone() {
    return new SpikingAndNot();
  }
}
