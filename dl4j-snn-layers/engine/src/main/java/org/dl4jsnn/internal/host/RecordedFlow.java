package org.dl4jsnn.internal.host;

/**
 * The part of the accumulated flow that rules need: one bit per neuron instead of two numbers.
 *
 * @param gates for every sample the neurons with accumulated input above 0, in array order, as in
 *     {@link org.dl4jsnn.internal.kernel.FlowKernel}
 * @param in Σ_G in of equation 11 of docs/mathematics.md
 * @param out Σ_G out
 */
public record RecordedFlow(int[][] gates, double in, double out) {}
