/**
 * Ordinary layers, without spikes, by the library's own kernels: for networks that a spiking one is
 * compared with, or begins as.
 *
 * <pre>
 *  QuickConvolution2D ──► QuickConvolutionLayer ──► synapse.ConvolutionSynapse
 *  what users write       Deeplearning4j's Layer
 * </pre>
 */
package org.dl4jsnn.conventional;
