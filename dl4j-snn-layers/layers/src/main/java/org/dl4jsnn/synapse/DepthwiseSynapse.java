package org.dl4jsnn.synapse;

import java.util.Map;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.Internal;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A depthwise convolution: every input channel has its own kernels, which see no other channel.
 * With a depth multiplier m, input channel i yields the output channels i · m to i · m + m − 1.
 * Equivalent to a convolution whose weights between other channels are 0.
 */
public final class DepthwiseSynapse implements Synapse {

  private final Window2D window;
  private final FeatureShape input;
  private final FeatureShape output;
  private final INDArray weights;
  private final INDArray bias;
  private final UndilatedKernel kernel;

  /**
   * Creates a synapse.
   *
   * @param window kernel, stride, padding and dilation
   * @param input the input's shape, channels × height × width
   * @param weights [nOut, 1, kernel height, kernel width], C order; nOut is a multiple of the input
   *     channels
   * @param bias [nOut], or null for none
   * @throws IllegalArgumentException if the window does not fit into the input, or nOut is not a
   *     multiple of the input channels
   */
  public DepthwiseSynapse(Window2D window, FeatureShape input, INDArray weights, INDArray bias) {
    int outputs = Math.toIntExact(weights.size(0));
    if (outputs % input.channels() != 0) {
      throw new IllegalArgumentException(
          "output channels of a depthwise convolution must be a multiple of the input's, "
              + input.channels()
              + ", got "
              + outputs);
    }
    this.window = window;
    this.input = input;
    this.output = window.outputShape(input, outputs);
    this.weights = weights;
    this.bias = bias;
    this.kernel = new UndilatedKernel(window, input);
  }

  @Override
  public FeatureShape inputShape() {
    return input;
  }

  @Override
  public FeatureShape outputShape() {
    return output;
  }

  /**
   * Kernel, stride, padding and dilation.
   *
   * @return the window
   */
  public Window2D window() {
    return window;
  }

  /**
   * The current weights.
   *
   * @return [nOut, 1, kernel height, kernel width]
   */
  @Internal
  public INDArray weights() {
    return weights;
  }

  /**
   * The current bias.
   *
   * @return [nOut], or null for none
   */
  @Internal
  public INDArray bias() {
    return bias;
  }

  @Override
  public boolean isWeighted() {
    return true;
  }

  @Override
  public DataType dataType() {
    return weights.dataType();
  }

  @Override
  public void current(INDArray flow, double biasTimes, INDArray current) {
    Nd4j.exec(
        DynamicCustomOp.builder("depthwise_conv2d")
            .addInputs(flow, byMultiplier(kernel.expand(weights)))
            .addOutputs(current)
            .addIntegerArguments(integerArguments())
            .build());
    if (bias != null) {
      current.addi(bias.mul(biasTimes).reshape(1, bias.length(), 1, 1));
    }
  }

  @Override
  public INDArray backprop(
      INDArray flow,
      INDArray currentGradient,
      Map<String, INDArray> parameterGradients,
      LayerWorkspaceMgr workspaces) {
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, weights.dataType(), flow.shape(), 'c');
    INDArray expanded = kernel.expand(weights);
    INDArray kernels = byMultiplier(expanded);
    INDArray kernelGradient = Nd4j.create(weights.dataType(), kernels.shape(), 'c');
    Nd4j.exec(
        DynamicCustomOp.builder("depthwise_conv2d_bp")
            .addInputs(flow, kernels, currentGradient)
            .addOutputs(inputGradient, kernelGradient)
            .addIntegerArguments(integerArguments())
            .build());
    INDArray byChannel = kernelGradient.permute(1, 0, 2, 3).dup('c').reshape('c', expanded.shape());
    INDArray gradient = parameterGradients.get(WEIGHT);
    INDArray target = kernel.gradientOf(gradient);
    target.assign(byChannel);
    kernel.contract(target, gradient);
    if (bias != null) {
      currentGradient.sum(parameterGradients.get(BIAS), 0, 2, 3);
    }
    return inputGradient;
  }

  /** Kernels [nOut, 1, …] in ND4J's layout, [m, input channels, …]. */
  private INDArray byMultiplier(INDArray kernels) {
    int channels = input.channels();
    return kernels
        .reshape('c', channels, kernels.size(0) / channels, kernels.size(2), kernels.size(3))
        .permute(1, 0, 2, 3)
        .dup('c');
  }

  private int[] integerArguments() {
    int noDilation = 1;
    int valid = 0;
    int channelsFirst = 0;
    int kernelsLast = 1;
    return new int[] {
      kernel.rows().extent(),
      kernel.columns().extent(),
      window.rows().stride(),
      window.columns().stride(),
      kernel.rows().padding(),
      kernel.columns().padding(),
      noDilation,
      noDilation,
      valid,
      channelsFirst,
      kernelsLast
    };
  }
}
