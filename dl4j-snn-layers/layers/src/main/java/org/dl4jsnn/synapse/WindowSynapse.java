package org.dl4jsnn.synapse;

import java.util.Map;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;

/** Synapses that slide kernels over rows and columns. */
abstract class WindowSynapse extends WeightedSynapse {

  final Window2D window;
  final UndilatedKernel kernel;

  WindowSynapse(
      Window2D window,
      UndilatedKernel kernel,
      FeatureShape input,
      FeatureShape output,
      INDArray weights,
      INDArray bias) {
    super(input, output, weights, bias);
    this.window = window;
    this.kernel = kernel;
  }

  /** {@return kernel, stride, padding and dilation} */
  public final Window2D window() {
    return window;
  }

  final void addBias(double times, INDArray current) {
    if (bias != null) {
      current.addi(bias.mul(times).reshape(1, bias.length(), 1, 1));
    }
  }

  /** Writes the gradients of weights and bias, given that of the expanded kernel. */
  final void finish(
      INDArray kernelGradient, INDArray currentGradient, Map<String, INDArray> parameterGradients) {
    kernel.contract(kernelGradient, parameterGradients.get(WEIGHT));
    if (bias != null) {
      currentGradient.sum(parameterGradients.get(BIAS), 0, 2, 3);
    }
  }

  /** The arguments of ND4J's convolution operations. */
  final int[] integerArguments(int weightsFormat) {
    int noDilation = 1;
    int channelsFirst = 0;
    return new int[] {
      kernel.rows().extent(),
      kernel.columns().extent(),
      window.rows().stride(),
      window.columns().stride(),
      kernel.rows().padding(),
      kernel.columns().padding(),
      noDilation,
      noDilation,
      PaddingMode.VALID.index,
      channelsFirst,
      weightsFormat
    };
  }
}
