package org.dl4jsnn.gradient;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The accumulated spiking flow of one layer over a time window (equation 6 of docs/mathematics.md),
 * each array [minibatch, …] in the layer's shape.
 *
 * @param in accumulated input current of every neuron, Σ_t c[t]
 * @param out accumulated output, the number of spikes of every neuron, Σ_t s[t]
 * @param steps T
 */
public record AccumulatedFlow(INDArray in, INDArray out, int steps) {}
