package org.dl4jsnn.convert;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
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
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.dl4jsnn.conventional.QuickConvolution2D;
import org.dl4jsnn.internal.walk.NetworkPart;

/**
 * Reads single layers and vertices as stages. What it cannot read it notes, and reads on as if the
 * part were not there, so that one message names all.
 */
final class PartReader {

  private static final String NO_COUNTERPART = "has no spiking counterpart";

  private final Refusals refusals;

  /** Which part each function is of. */
  private final Map<Stage, String> functions = new IdentityHashMap<>();

  PartReader(Refusals refusals) {
    this.refusals = refusals;
  }

  Stage ofLayer(NetworkPart part, Stage input) {
    Layer layer = part.configuration();
    Stage stage = withoutActivation(part, layer, input);
    if (stage == null) {
      refusals.add(part.toString(), NO_COUNTERPART);
      return input;
    }
    // Batch normalisation has one that it does not apply.
    if (layer instanceof BaseLayer weighted && !(layer instanceof BatchNormalization)) {
      stage = activated(part, stage, weighted);
    } else if (layer instanceof ActivationLayer activation) {
      stage = Activations.of(part.name(), stage, activation.getActivationFn());
      note(part, stage);
    }
    return stage;
  }

  private Stage activated(NetworkPart part, Stage stage, BaseLayer layer) {
    Stage activated = Activations.of(part.name(), stage, layer.getActivationFn());
    note(part, activated);
    return activated;
  }

  private void note(NetworkPart part, Stage stage) {
    if (stage instanceof Stage.Function) {
      functions.put(stage, part.toString());
    }
  }

  /**
   * Refuses functions that no neurons stand for.
   *
   * @param read all stages
   * @param readOut that of the read-out; null for none
   */
  void refuseFunctions(List<Stage> read, Stage readOut) {
    for (Stage stage : read) {
      if (stage instanceof Stage.Function function && function != readOut) {
        refusals.add(
            functions.get(stage),
            "its activation function "
                + function.activation()
                + " is none that firing rates can follow; they rise in a straight line from 0, as"
                + " ReLU does");
      }
    }
  }

  private Stage withoutActivation(NetworkPart part, Layer layer, Stage input) {
    String name = part.name();
    Map<String, org.nd4j.linalg.api.ndarray.INDArray> parameters = part.layer().paramTable();
    Class<?> type = layer.getClass();
    if (type == ConvolutionLayer.class
        || type == Convolution2D.class
        || type == QuickConvolution2D.class) {
      return LayerStages.convolution(name, input, (ConvolutionLayer) layer, parameters);
    }
    if (layer instanceof DepthwiseConvolution2D depthwise) {
      return LayerStages.depthwise(name, input, depthwise, parameters);
    }
    if (layer instanceof SeparableConvolution2D separable) {
      return LayerStages.separable(name, input, separable, parameters);
    }
    if (type == DenseLayer.class) {
      if (((DenseLayer) layer).hasLayerNorm()) {
        refusals.add(
            part.toString(), "its layer normalisation depends on the sample, which no weights do");
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
          WindowAxes.of(
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

  Stage ofVertex(NetworkPart part, List<Stage> inputs) {
    GraphVertex vertex = part.vertex();
    if (vertex instanceof ElementWiseVertex elements) {
      return elementWise(part, elements, inputs);
    }
    if (vertex instanceof MergeVertex) {
      return new Stage.Concatenation(part.name(), inputs);
    }
    if (vertex instanceof ScaleVertex scale) {
      return scaling(part, inputs.get(0), scale.getScaleFactor(), 0);
    }
    if (vertex instanceof ShiftVertex shift) {
      return scaling(part, inputs.get(0), 1, shift.getShiftFactor());
    }
    if (!(vertex instanceof PreprocessorVertex flattening
        && flattening.getPreProcessor() instanceof CnnToFeedForwardPreProcessor)) {
      refusals.add(part.toString(), NO_COUNTERPART);
    }
    return inputs.get(0);
  }

  private Stage elementWise(NetworkPart part, ElementWiseVertex vertex, List<Stage> inputs) {
    Stage sum = new Stage.Sum(part.name(), inputs);
    return switch (vertex.getOp()) {
      case Add -> sum;
      case Average -> scaling(part, sum, 1.0 / inputs.size(), 0);
      default -> {
        refusals.add(part.toString(), "its operation " + vertex.getOp() + " " + NO_COUNTERPART);
        yield sum;
      }
    };
  }

  private static Stage scaling(NetworkPart part, Stage input, double factor, double shift) {
    double[] factors = new double[1];
    double[] shifts = new double[1];
    Arrays.fill(factors, factor);
    Arrays.fill(shifts, shift);
    return new Stage.Scaling(part.name(), input, factors, shifts);
  }
}
