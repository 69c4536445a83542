package org.dl4jsnn.convert;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.dl4jsnn.conventional.FastConvolution2D;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads single layers as stages. It notes layers that it cannot read and skips them, so that one
 * message names all.
 */
final class LayerReader {

  static final String NO_COUNTERPART = "has no spiking counterpart";

  private static final String POINTWISE_IGNORED =
      "Deeplearning4j 1.0.0-M2.1 ignores its pointwise weights over one input channel; train a"
          + " ConvolutionLayer instead, which computes the same there";

  private final ConversionRefusals refusals;

  /** The part that each function belongs to. */
  private final Map<Stage, String> functions = new IdentityHashMap<>();

  LayerReader(ConversionRefusals refusals) {
    this.refusals = refusals;
  }

  Stage ofLayer(NetworkPart part, Stage input) {
    Layer layer = part.configuration();
    Stage stage = withoutActivation(part, layer, input);
    if (stage == null) {
      refusals.add(part.toString(), NO_COUNTERPART);
      return input;
    }
    IActivation function = function(layer);
    if (function != null) {
      stage = Activations.of(part.name(), stage, function);
      if (stage instanceof Stage.Function) {
        functions.put(stage, part.toString());
      }
    }
    return stage;
  }

  /**
   * The function that a layer applies; batch normalisation and dropout have one but do not apply
   * it.
   */
  private static IActivation function(Layer layer) {
    if (layer instanceof ActivationLayer activation) {
      return activation.getActivationFn();
    }
    return layer instanceof ConvolutionLayer || layer instanceof DenseLayer
        ? ((BaseLayer) layer).getActivationFn()
        : null;
  }

  /**
   * Refuses functions of stages that neurons cannot represent; the read-out's, null for none, may
   * be another.
   */
  void refuseFunctions(List<Stage> read, Stage readOut) {
    for (Stage stage : read) {
      if (stage instanceof Stage.Function function && function != readOut) {
        refusals.add(
            functions.get(stage),
            "its activation function "
                + Activations.described(function.activation())
                + " cannot be followed by firing rates, which rise linearly from 0 as ReLU does");
      }
    }
  }

  private Stage withoutActivation(NetworkPart part, Layer layer, Stage input) {
    String name = part.name();
    Map<String, INDArray> parameters = part.layer().paramTable();
    Class<?> type = layer.getClass();
    if (type == ConvolutionLayer.class
        || type == Convolution2D.class
        || type == FastConvolution2D.class) {
      return LayerStages.convolution(name, input, (ConvolutionLayer) layer, parameters);
    }
    if (layer instanceof DepthwiseConvolution2D depthwise) {
      return LayerStages.depthwise(name, input, depthwise, parameters);
    }
    if (layer instanceof SeparableConvolution2D separable) {
      if (separable.getNIn() == 1) {
        refusals.add(part.toString(), POINTWISE_IGNORED);
      }
      return LayerStages.separable(name, input, separable, parameters);
    }
    if (type == DenseLayer.class) {
      if (((DenseLayer) layer).hasLayerNorm()) {
        refusals.add(
            part.toString(), "its layer normalisation depends on the sample, but weights do not");
      }
      return LayerStages.dense(name, input, (DenseLayer) layer, parameters);
    }
    if (layer instanceof BatchNormalization normalization) {
      return LayerStages.normalization(name, input, normalization, parameters);
    }
    if (type == SubsamplingLayer.class || type == Pooling2D.class) {
      return pooling(part, (SubsamplingLayer) layer, input);
    }
    if (layer instanceof GlobalPoolingLayer pooling) {
      return globalPooling(part, pooling, input);
    }
    if (layer instanceof ZeroPaddingLayer padding) {
      return new Stage.Padding(name, input, padding.getPadding());
    }
    return layer instanceof DropoutLayer || layer instanceof ActivationLayer ? input : null;
  }

  private Stage pooling(NetworkPart part, SubsamplingLayer layer, Stage input) {
    PoolingType type = layer.getPoolingType();
    if (type == PoolingType.PNORM) {
      refusals.add(part.toString(), "its pooling type PNORM " + NO_COUNTERPART);
    }
    Axis[] axes = new Axis[2];
    for (int axis = 0; axis < axes.length; axis++) {
      axes[axis] =
          Axis.of(
              layer.getKernelSize()[axis],
              layer.getStride()[axis],
              layer.getPadding()[axis],
              layer.getDilation()[axis],
              layer.getConvolutionMode());
    }
    return new Stage.Pooling(part.name(), input, type, axes[0], axes[1]);
  }

  private Stage globalPooling(NetworkPart part, GlobalPoolingLayer layer, Stage input) {
    if (layer.getPoolingType() == PoolingType.PNORM) {
      refusals.add(part.toString(), "its pooling type PNORM " + NO_COUNTERPART);
    }
    if (!layer.isCollapseDimensions()) {
      refusals.add(part.toString(), "it keeps axes of size 1 (collapseDimensions is false)");
    }
    return new Stage.GlobalPooling(part.name(), input, layer.getPoolingType());
  }
}
