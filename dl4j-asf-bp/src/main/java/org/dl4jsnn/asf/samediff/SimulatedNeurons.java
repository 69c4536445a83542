package org.dl4jsnn.asf.samediff;

import org.dl4jsnn.internal.Require;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What the simulation of a window found about one layer of spiking neurons, as placeholders or
 * constants of a SameDiff graph, all of the data type of the weights. No gradient passes to them,
 * whatever they are.
 *
 * @param rates r, the firing rates, [minibatch, …] in the layer's shape
 * @param slope k, one element; how it is found is up to the caller, see {@link
 *     org.dl4jsnn.asf.LinearEstimation}
 * @param current the input current of every neuron, accumulated or mean, in the shape of the rates;
 *     only its sign is read. Null where W · r_below + b is that current: everywhere but above max
 *     pooling (equation 10 of docs/mathematics.md)
 */
public record SimulatedNeurons(SDVariable rates, SDVariable slope, SDVariable current) {

  /**
   * Checks that what must be given is.
   *
   * @param rates r, the firing rates
   * @param slope k
   * @param current the input current, or null
   * @throws IllegalArgumentException if rates or slope are null
   */
  public SimulatedNeurons {
    Require.given("rates", rates);
    Require.given("slope", slope);
  }

  /**
   * Neurons of a layer that does not stand above max pooling.
   *
   * @param rates r, the firing rates, [minibatch, …] in the layer's shape
   * @param slope k, one element
   * @throws IllegalArgumentException if one is null
   */
  public SimulatedNeurons(SDVariable rates, SDVariable slope) {
    this(rates, slope, null);
  }
}
