package org.dl4jsnn.synapse;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.convolve.ConvolutionGeometry;
import org.dl4jsnn.internal.convolve.HostConvolution;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A two-dimensional convolution. In single precision on a CPU with the vectorised kernels it uses
 * the library's own convolution. Otherwise it calls ND4J's convolution operations directly, since
 * Deeplearning4j's convolution layer does not reach the oneDNN ones.
 */
public final class ConvolutionSynapse extends WindowSynapse {

  /** The library's own convolution; empty if ND4J's is used. */
  private final Optional<HostConvolution> host;

  /**
   * Creates a synapse.
   *
   * @param window kernel, stride, padding and dilation
   * @param input the input's shape, channels × height × width
   * @param weights [nOut, nIn, kernel height, kernel width], C order
   * @param bias [nOut], or null for none
   * @throws IllegalArgumentException if the window does not fit into the input, or if its dilation
   *     makes it larger than an array can be
   */
  public ConvolutionSynapse(Window2D window, FeatureShape input, INDArray weights, INDArray bias) {
    this(
        window,
        input,
        weights,
        bias,
        HostArrays.areSingleOnHost(weights.dataType())
            && HostConvolution.isOffered(Kernels.chosen()));
  }

  private ConvolutionSynapse(
      Window2D window, FeatureShape input, INDArray weights, INDArray bias, boolean isOwn) {
    super(
        window,
        new UndilatedKernel(window, input, !isOwn),
        input,
        window.outputShape(input, (int) weights.size(0)),
        weights,
        bias);
    requireOneArray();
    this.host = isOwn ? host() : Optional.empty();
  }

  private Optional<HostConvolution> host() {
    ConvolutionGeometry geometry =
        new ConvolutionGeometry(
            input.channels(),
            input.height(),
            input.width(),
            output.channels(),
            side(kernel.rows(), window.rows()),
            side(kernel.columns(), window.columns()));
    return HostConvolution.of(geometry, Kernels.chosen());
  }

  private static ConvolutionGeometry.Side side(UndilatedKernel.Side side, Window2D.Axis axis) {
    return new ConvolutionGeometry.Side(
        side.extent(), axis.stride(), side.padding(), side.paddingAfter());
  }

  /** Counts the zeros between taps, and the extra row and column that even out the padding. */
  private void requireOneArray() {
    double values =
        (window.rows().extent() + 1.0)
            * (window.columns().extent() + 1.0)
            * input.channels()
            * output.channels();
    Require.not(
        values > Integer.MAX_VALUE,
        "kernel with its dilation must have at most %s values, got %s for this window"
            + " (%s). Possible cause: a dilation that is far too large",
        Integer.MAX_VALUE,
        (long) values,
        window);
  }

  @Override
  public void current(INDArray flow, double biasTimes, INDArray current) {
    if (host.isPresent()) {
      hostCurrent(host.get()::forward, flow, current);
    } else {
      INDArray[] inputs = {flow, kernel.expand(weights)};
      Nd4j.exec(new Conv2D(inputs, new INDArray[] {current}, configuration()));
    }
    addBias(biasTimes, current);
  }

  @Override
  public void estimateCurrent(INDArray rates, INDArray current) {
    if (host.isEmpty()) {
      current(rates, 1, current);
      return;
    }
    hostCurrent(host.get()::estimate, rates, current);
    addBias(1, current);
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
    INDArray kernelGradient = kernel.gradientOf(parameterGradients.get(WEIGHT));
    if (host.isPresent()) {
      HostArrays.fill(
          inputGradient,
          target -> hostBackprop(host.get(), flow, currentGradient, kernelGradient, target));
    } else {
      Nd4j.exec(
          DynamicCustomOp.builder("conv2d_bp")
              .addInputs(flow, kernel.expand(weights), currentGradient)
              .addOutputs(inputGradient, kernelGradient)
              .addIntegerArguments(integerArguments(WeightsFormat.OIYX.ordinal()))
              .build());
    }
    finish(kernelGradient, currentGradient, parameterGradients);
    return inputGradient;
  }

  @Override
  public void backpropParameters(
      INDArray flow, INDArray currentGradient, Map<String, INDArray> parameterGradients) {
    if (host.isEmpty()) {
      // ND4J's operation computes both.
      super.backpropParameters(flow, currentGradient, parameterGradients);
      return;
    }
    INDArray kernelGradient = kernel.gradientOf(parameterGradients.get(WEIGHT));
    hostBackprop(host.get(), flow, currentGradient, kernelGradient, null);
    finish(kernelGradient, currentGradient, parameterGradients);
  }

  /** One of the two forward passes of a {@link HostConvolution}. */
  @FunctionalInterface
  private interface Ahead {
    void convolve(FloatBuffer input, int samples, float[] weights, FloatBuffer output);
  }

  private void hostCurrent(Ahead convolution, INDArray flow, INDArray current) {
    HostArrays.fill(
        current,
        target ->
            convolution.convolve(
                HostArrays.buffer(flow),
                Math.toIntExact(flow.size(0)),
                HostArrays.floats(kernel.expand(weights)),
                target));
    Reference.reachabilityFence(flow);
  }

  private void hostBackprop(
      HostConvolution convolution,
      INDArray flow,
      INDArray currentGradient,
      INDArray kernelGradient,
      FloatBuffer inputGradient) {
    HostArrays.copy(
        convolution.backward(
            HostArrays.buffer(flow),
            HostArrays.buffer(currentGradient),
            Math.toIntExact(flow.size(0)),
            HostArrays.floats(kernel.expand(weights)),
            inputGradient),
        kernelGradient);
    Reference.reachabilityFence(flow);
    Reference.reachabilityFence(currentGradient);
  }

  private Conv2DConfig configuration() {
    return Conv2DConfig.builder()
        .kH(kernel.rows().extent())
        .kW(kernel.columns().extent())
        .sH(window.rows().stride())
        .sW(window.columns().stride())
        .pH(kernel.rows().padding())
        .pW(kernel.columns().padding())
        .paddingMode(PaddingMode.VALID)
        .dataFormat(Conv2DConfig.NCHW)
        .weightsFormat(WeightsFormat.OIYX)
        .build();
  }
}
