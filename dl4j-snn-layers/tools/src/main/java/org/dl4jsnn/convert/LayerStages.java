package org.dl4jsnn.convert;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.SeparableConvolutionParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Layers with weights as stages. Weights of Deeplearning4j's layers are read in its layouts. */
final class LayerStages {

  private static final String WEIGHT = "W";
  private static final String BIAS = "b";

  private LayerStages() {}

  /** [nOut, nIn, height, width] with a bias, whatever the format of the features. */
  static Stage convolution(
      String name, Stage input, ConvolutionLayer layer, Map<String, INDArray> parameters) {
    int outputs = Math.toIntExact(layer.getNOut());
    double[] kernel = inOrder(parameters.get(WEIGHT));
    return linear(name, input, layer, outputs, kernel, bias(parameters, outputs), 0);
  }

  /** [height, width, nIn, multiplier]; output c · multiplier + m is the m-th of input c. */
  static Stage depthwise(
      String name, Stage input, DepthwiseConvolution2D layer, Map<String, INDArray> parameters) {
    int channels = Math.toIntExact(layer.getNIn());
    int multiplier = layer.getDepthMultiplier();
    int outputs = channels * multiplier;
    int taps = layer.getKernelSize()[0] * layer.getKernelSize()[1];
    double[] given = inOrder(parameters.get(WEIGHT));
    double[] kernel = new double[outputs * channels * taps];
    for (int output = 0; output < outputs; output++) {
      for (int tap = 0; tap < taps; tap++) {
        kernel[(output * channels + output / multiplier) * taps + tap] =
            given[tap * outputs + output];
      }
    }
    return linear(name, input, layer, outputs, kernel, bias(parameters, outputs), multiplier);
  }

  /** The two maps of a separable convolution as one: there is nothing between them. */
  static Stage separable(
      String name, Stage input, SeparableConvolution2D layer, Map<String, INDArray> parameters) {
    int channels = Math.toIntExact(layer.getNIn());
    int outputs = Math.toIntExact(layer.getNOut());
    int multiplier = layer.getDepthMultiplier();
    int taps = layer.getKernelSize()[0] * layer.getKernelSize()[1];
    // [multiplier, nIn, height, width] and [nOut, nIn · multiplier, 1, 1]
    double[] depth =
        inOrder(parameters.get(SeparableConvolutionParamInitializer.DEPTH_WISE_WEIGHT_KEY));
    double[] point =
        inOrder(parameters.get(SeparableConvolutionParamInitializer.POINT_WISE_WEIGHT_KEY));
    double[] kernel = new double[outputs * channels * taps];
    for (int i = 0; i < kernel.length; i++) {
      int output = i / (channels * taps);
      int channel = i / taps % channels;
      for (int m = 0; m < multiplier; m++) {
        kernel[i] +=
            point[(output * channels + channel) * multiplier + m]
                * depth[(m * channels + channel) * taps + i % taps];
      }
    }
    return linear(name, input, layer, outputs, kernel, bias(parameters, outputs), 0);
  }

  private static Stage linear(
      String name,
      Stage input,
      ConvolutionLayer layer,
      int outputs,
      double[] kernel,
      double[] bias,
      int multiplier) {
    int taps = layer.getKernelSize()[0] * layer.getKernelSize()[1];
    LinearWeights weights =
        new LinearWeights(outputs, kernel.length / outputs / taps, taps, kernel, bias);
    Axis rows = axis(layer, 0);
    Axis columns = axis(layer, 1);
    if (input instanceof Stage.Padding padding && !rows.same()) {
      return new Stage.Linear(
          name,
          padding.input(),
          weights,
          padding.around(rows, false),
          padding.around(columns, true),
          multiplier);
    }
    return new Stage.Linear(name, input, weights, rows, columns, multiplier);
  }

  private static Axis axis(ConvolutionLayer layer, int axis) {
    return Axis.of(
        layer.getKernelSize()[axis],
        layer.getStride()[axis],
        layer.getPadding()[axis],
        layer.getDilation()[axis],
        layer.getConvolutionMode());
  }

  /** [nIn, nOut] with a bias. */
  static Stage dense(
      String name, Stage input, FeedForwardLayer layer, Map<String, INDArray> parameters) {
    int outputs = Math.toIntExact(layer.getNOut());
    int inputs = Math.toIntExact(layer.getNIn());
    double[] given = inOrder(parameters.get(WEIGHT));
    double[] values = new double[given.length];
    for (int i = 0; i < given.length; i++) {
      values[i % outputs * inputs + i / outputs] = given[i];
    }
    LinearWeights weights =
        new LinearWeights(outputs, inputs, 1, values, bias(parameters, outputs));
    return new Stage.Linear(name, input, weights, null, null, 0);
  }

  /** γ (x − μ) / √(σ² + ε) + β, with the training statistics. */
  static Stage normalization(
      String name, Stage input, BatchNormalization layer, Map<String, INDArray> parameters) {
    double[] mean = inOrder(parameters.get(BatchNormalizationParamInitializer.GLOBAL_MEAN));
    double[] spread =
        inOrder(
            parameters.get(
                layer.isUseLogStd()
                    ? BatchNormalizationParamInitializer.GLOBAL_LOG_STD
                    : BatchNormalizationParamInitializer.GLOBAL_VAR));
    INDArray gains = parameters.get(BatchNormalizationParamInitializer.GAMMA);
    INDArray shifts = parameters.get(BatchNormalizationParamInitializer.BETA);
    // Deeplearning4j applies locked values only if both differ from their defaults.
    boolean locked = gains == null && layer.getGamma() != 1 && layer.getBeta() != 0;
    double[] factors = new double[mean.length];
    double[] added = new double[mean.length];
    for (int channel = 0; channel < mean.length; channel++) {
      double variance = layer.isUseLogStd() ? Math.pow(10, 2 * spread[channel]) : spread[channel];
      double gain = gains != null ? gains.getDouble(channel) : locked ? layer.getGamma() : 1;
      double shift = shifts != null ? shifts.getDouble(channel) : locked ? layer.getBeta() : 0;
      factors[channel] = gain / Math.sqrt(variance + layer.getEps());
      added[channel] = shift - factors[channel] * mean[channel];
    }
    return new Stage.Scaling(name, input, factors, added);
  }

  /** Whether a layer's features have the channels last. */
  static boolean isChannelsLast(Layer layer) {
    CNN2DFormat format = null;
    if (layer instanceof ConvolutionLayer convolution) {
      format = convolution.getCnn2dDataFormat();
    } else if (layer instanceof SubsamplingLayer pooling) {
      format = pooling.getCnn2dDataFormat();
    } else if (layer instanceof BatchNormalization normalization) {
      format = normalization.getCnn2DFormat();
    } else if (layer instanceof ZeroPaddingLayer padding) {
      format = padding.getDataFormat();
    }
    return format == CNN2DFormat.NHWC;
  }

  /** Whether a layer pools over rows and columns, which are its default if channels are first. */
  static boolean pools(GlobalPoolingLayer layer, boolean channelsLast) {
    int[] axes = layer.getPoolingDimensions();
    return axes == null
        ? !channelsLast
        : Arrays.equals(
            Arrays.stream(axes).sorted().toArray(),
            channelsLast ? new int[] {1, 2} : new int[] {2, 3});
  }

  private static double[] bias(Map<String, INDArray> parameters, int outputs) {
    INDArray bias = parameters.get(BIAS);
    return bias == null ? new double[outputs] : inOrder(bias);
  }

  private static double[] inOrder(INDArray array) {
    return Nd4j.toFlattened('c', array).toDoubleVector();
  }
}
