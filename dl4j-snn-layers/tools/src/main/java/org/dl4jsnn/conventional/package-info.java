/**
 * Ordinary layers without spikes on the library's own kernels: for networks that a spiking network
 * is compared with or converted from.
 *
 * <pre>
 *  FastConvolution2D ───────► FastConvolutionLayer ──────────► synapse.ConvolutionSynapse
 *  FastBatchNormalization ──► FastBatchNormalizationLayer ───► layer.NormalizedCurrents
 *  what users write            Deeplearning4j's Layer
 * </pre>
 */
package org.dl4jsnn.conventional;
