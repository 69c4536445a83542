package org.dl4jsnn.asf.samediff;

import org.dl4jsnn.internal.Require;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A simulation's results for one layer of spiking neurons over a window, as placeholders or
 * constants of a SameDiff graph, all with the data type of the weights. No gradient passes to them.
 *
 * @param rates r, the firing rates, [minibatch, …] in the layer's shape
 * @param slope k, one element; the caller decides how to estimate it, see {@link
 *     org.dl4jsnn.asf.LinearEstimation}
 * @param current the input current of every neuron, accumulated or mean, in the shape of the rates;
 *     only its sign is read. Null if W · r_below + b is that current: everywhere except right above
 *     max pooling (equation 10 of docs/mathematics.md)
 */
public record SimulatedNeurons(SDVariable rates, SDVariable slope, SDVariable current) {

  /**
   * Checks that rates and slope are given.
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
   * Neurons of a layer that is not right above max pooling.
   *
   * @param rates r, the firing rates, [minibatch, …] in the layer's shape
   * @param slope k, one element
   * @throws IllegalArgumentException if one is null
   */
  public SimulatedNeurons(SDVariable rates, SDVariable slope) {
    this(rates, slope, null);
  }
}
