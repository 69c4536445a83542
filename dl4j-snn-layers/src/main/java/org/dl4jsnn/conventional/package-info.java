/**
 * Ordinary layers without spikes on the library's own kernels: for networks that a spiking network
 * is compared with or converted from.
 *
 * <pre>
 *  QuickConvolution2D ───────► QuickConvolutionLayer ──────────► synapse.ConvolutionSynapse
 *  QuickBatchNormalization ──► QuickBatchNormalizationLayer ───► normalize.NormalizedCurrents
 *  what users write            Deeplearning4j's Layer
 * </pre>
 */
package org.dl4jsnn.conventional;
