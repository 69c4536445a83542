/**
 * Spiking neurons on Java alone: what they are, how they are simulated, and trained networks that
 * run from a file.
 *
 * <pre>
 *  runtime ──► internal.compact ──► internal.host ──► internal.kernel    a file, simulated window by window
 *                                        ├──► neuron                     state, threshold, reset
 *                                        ├──► charge                     what a spike adds to the neurons it reaches
 *                                        └──► spike                      the trains that arrive and leave
 *  internal.convolve, internal.product, gradient.surrogate               loops and slopes for gradients
 * </pre>
 *
 * <p>In this and all other modules packages are public API except those below {@code
 * org.dl4jsnn.internal}; individual members that are not public API are marked {@link
 * org.dl4jsnn.Internal}. Layers for Deeplearning4j are in the module {@code dl4j-snn-layers}; read
 * its package {@code org.dl4jsnn.conf} first.
 */
package org.dl4jsnn;
