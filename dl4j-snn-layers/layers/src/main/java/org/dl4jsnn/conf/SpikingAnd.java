package org.dl4jsnn.conf;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.dl4jsnn.internal.simulate.SpikeTrainCombination;

/**
 * Passes on a spike at a step where both inputs have one, as SEW-ResNet's AND (Fang et al., "Deep
 * Residual Learning in Spiking Neural Networks", NeurIPS 2021). Inputs of the same shape, whose
 * spikes have amplitude 1: those of neurons, of maximum pooling, or of another such vertex.
 *
 * <pre>{@code
 * ComputationGraphConfiguration.GraphBuilder block =
 *     new NeuralNetConfiguration.Builder().graphBuilder().addInputs("in")
 *         .addLayer("spikes", SpikeEncoding.direct(4).build(), "in")
 *         .addLayer("conv", new SpikingConvolution2D.Builder(3, 3).nOut(16).build(), "spikes")
 *         .addLayer("conv2", new SpikingConvolution2D.Builder(3, 3).nOut(16).build(), "conv")
 *         .addVertex("both", new SpikingAnd(), "conv2", "conv");
 * }</pre>
 *
 * <p>Gradients follow equation (95) of docs/mathematics.md. Other amplitudes are refused in the
 * forward pass.
 */
public final class SpikingAnd extends BaseSpikingVertex {

  private static final long serialVersionUID = 1L;

  /** Creates a coincidence. */
  public SpikingAnd() {}

  @Override
  SpikeTrainCombination combination() {
    return SpikeTrainCombination.AND;
  }

  @Override
  public GraphVertex clone() {
    return new SpikingAnd();
  }
}
