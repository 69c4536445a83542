package org.dl4jsnn.synapse;

import java.util.Map;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A depthwise convolution: every input channel has its own kernels, which see no other channel.
 * With a depth multiplier m, input channel i yields the output channels i · m to i · m + m − 1.
 * Equivalent to a convolution whose weights between other channels are 0.
 */
public final class DepthwiseSynapse extends WindowSynapse {

  /** A format of kernels, [m, input channels, height, width]. */
  private static final int KERNELS_LAST = 1;

  /**
   * ND4J's operation. On one channel it is the ordinary one, which means the same: the other fails
   * there if there is only one output position.
   */
  private final String operation;

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
    super(
        window,
        new UndilatedKernel(window, input, true),
        input,
        window.outputShape(input, outputs(input, weights)),
        weights,
        bias);
    this.operation = input.channels() == 1 ? "conv2d" : "depthwise_conv2d";
  }

  private static int outputs(FeatureShape input, INDArray weights) {
    int outputs = Math.toIntExact(weights.size(0));
    Require.not(
        outputs % input.channels() != 0,
        "output channels of a depthwise convolution must be a multiple of the input's,"
            + " %s, got %s",
        input.channels(),
        outputs);
    return outputs;
  }

  /**
   * Whether ND4J's operation fails since all that it multiplies is one number per channel: it takes
   * these for vectors of which it wants the dot product.
   */
  private boolean isOneNumberPerChannel(INDArray flow) {
    int taps = kernel.rows().extent() * kernel.columns().extent();
    return flow.size(0) * output.positions() * taps == 1 && output.channels() == input.channels();
  }

  /** With a second sample of zeros. */
  private static INDArray withZeros(INDArray array) {
    return Nd4j.concat(0, array, Nd4j.zerosLike(array));
  }

  @Override
  public void current(INDArray flow, double biasTimes, INDArray current) {
    if (isOneNumberPerChannel(flow)) {
      INDArray both = withZeros(current);
      current(withZeros(flow), biasTimes, both);
      current.assign(both.get(NDArrayIndex.interval(0, 1)));
      return;
    }
    Nd4j.exec(
        DynamicCustomOp.builder(operation)
            .addInputs(flow, byMultiplier(kernel.expand(weights)))
            .addOutputs(current)
            .addIntegerArguments(integerArguments(KERNELS_LAST))
            .build());
    addBias(biasTimes, current);
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
    if (isOneNumberPerChannel(flow)) {
      INDArray both =
          backprop(
              withZeros(flow),
              withZeros(currentGradient),
              parameterGradients,
              LayerWorkspaceMgr.noWorkspaces());
      return inputGradient.assign(both.get(NDArrayIndex.interval(0, 1)));
    }
    INDArray expanded = kernel.expand(weights);
    INDArray kernels = byMultiplier(expanded);
    INDArray kernelGradient = Nd4j.create(weights.dataType(), kernels.shape(), 'c');
    Nd4j.exec(
        DynamicCustomOp.builder(operation + "_bp")
            .addInputs(flow, kernels, currentGradient)
            .addOutputs(inputGradient, kernelGradient)
            .addIntegerArguments(integerArguments(KERNELS_LAST))
            .build());
    INDArray byChannel = kernelGradient.permute(1, 0, 2, 3).dup('c').reshape('c', expanded.shape());
    INDArray target = kernel.gradientOf(parameterGradients.get(WEIGHT));
    target.assign(byChannel);
    finish(target, currentGradient, parameterGradients);
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
}
