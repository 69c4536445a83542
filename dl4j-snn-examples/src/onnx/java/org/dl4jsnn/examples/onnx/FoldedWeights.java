package org.dl4jsnn.examples.onnx;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The weights of a layer with the batch normalisation after it folded in.
 *
 * @param weights [outputs, inputs] or [outputs, inputs, height, width]
 * @param biases one per output
 */
record FoldedWeights(INDArray weights, INDArray biases) {

  static FoldedWeights of(MultiLayerNetwork network, int index) {
    Layer layer = network.getLayer(index);
    INDArray stored = layer.getParam(DefaultParamInitializer.WEIGHT_KEY);
    boolean isConvolution = layer.conf().getLayer() instanceof ConvolutionLayer;
    INDArray weights = (isConvolution ? stored : stored.transpose()).dup('c');
    INDArray given = layer.getParam(DefaultParamInitializer.BIAS_KEY);
    INDArray biases =
        given == null ? Nd4j.zeros(weights.size(0)) : given.reshape(weights.size(0)).dup('c');
    return isNormalized(network, index)
        ? new FoldedWeights(weights, biases).then(network.getLayer(index + 1))
        : new FoldedWeights(weights, biases);
  }

  /** The weights, output by output. */
  float[] values() {
    return weights.reshape(-1).toFloatVector();
  }

  /** Whether batch normalisation follows a layer directly. */
  private static boolean isNormalized(MultiLayerNetwork network, int index) {
    return index + 1 < network.getnLayers()
        && network.getLayer(index + 1).conf().getLayer() instanceof BatchNormalization;
  }

  private FoldedWeights then(Layer layer) {
    BatchNormalization normalization = (BatchNormalization) layer.conf().getLayer();
    boolean isFixed = normalization.isLockGammaBeta();
    INDArray variance =
        normalization.isUseLogStd()
            ? Transforms.pow(
                Nd4j.valueArrayOf(biases.shape(), 100f),
                vector(layer, BatchNormalizationParamInitializer.GLOBAL_LOG_STD))
            : vector(layer, BatchNormalizationParamInitializer.GLOBAL_VAR);
    INDArray factors = Transforms.sqrt(variance.add(normalization.getEps()), false).rdivi(1);
    factors.muli(
        isFixed
            ? biases.like().assign(normalization.getGamma())
            : vector(layer, BatchNormalizationParamInitializer.GAMMA));
    INDArray shifts =
        isFixed
            ? biases.like().assign(normalization.getBeta())
            : vector(layer, BatchNormalizationParamInitializer.BETA);
    long outputs = weights.size(0);
    return new FoldedWeights(
        weights
            .reshape(outputs, -1)
            .mulColumnVector(factors.reshape(outputs, 1))
            .reshape(weights.shape()),
        biases
            .sub(vector(layer, BatchNormalizationParamInitializer.GLOBAL_MEAN))
            .muli(factors)
            .addi(shifts));
  }

  private INDArray vector(Layer layer, String parameter) {
    return layer.getParam(parameter).reshape(biases.length());
  }
}
