package org.dl4jsnn.internal.layer;

/** What to use instead of stock layers and vertices, which pass no spikes on. */
public final class StockLayerAdvice {

  /** A sentence without a full stop. */
  public static final String TEXT =
      "Use .normalization(new CurrentNormalization()) on the spiking layer's builder in place of a"
          + " BatchNormalization layer, SpikingDropout for DropoutLayer, SpikingConvolution2D for"
          + " ConvolutionLayer, SpikingDepthwiseConvolution2D for DepthwiseConvolution2D,"
          + " SpikingConvolution1D for a Convolution1D along space, SpikingDense for DenseLayer,"
          + " SpikingPooling2D for SubsamplingLayer, SpikingGlobalPooling for GlobalPoolingLayer,"
          + " SpikingAdd and SpikingConcatenate for ElementWiseVertex and MergeVertex; leave"
          + " out ActivationLayer and preprocessors: spiking neurons are the activation, and spiking"
          + " layers flatten their input";

  private StockLayerAdvice() {}
}
