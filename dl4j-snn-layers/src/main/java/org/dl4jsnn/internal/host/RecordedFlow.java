package org.dl4jsnn.internal.host;

/**
 * What rules of accumulated flow need of it: a bit for every neuron instead of two numbers.
 *
 * @param gates for every sample the neurons whose accumulated input is above 0, as {@link
 *     org.dl4jsnn.internal.kernel.FlowKernel} has them, in the order of arrays
 * @param in Σ_G in of equation 11 of docs/mathematics.md
 * @param out Σ_G out
 */
public record RecordedFlow(int[][] gates, double in, double out) {}
