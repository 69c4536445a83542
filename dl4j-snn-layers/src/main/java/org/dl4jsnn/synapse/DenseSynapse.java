package org.dl4jsnn.synapse;

import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.Internal;
import org.dl4jsnn.internal.kernel.Charges;
import org.dl4jsnn.internal.kernel.GatherGeometry;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.KernelWeights;
import org.dl4jsnn.internal.kernel.SampleSimulation;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A fully connected synapse. An input of channels × height × width is flattened in that order, as
 * Deeplearning4j's own preprocessor does.
 */
public final class DenseSynapse implements Synapse {

  private final FeatureShape input;
  private final FeatureShape output;
  private final INDArray weights;
  private final INDArray bias;

  /**
   * A synapse.
   *
   * @param input the input's shape, of nIn neurons
   * @param weights [nIn, nOut]
   * @param bias [nOut], or null for none
   */
  public DenseSynapse(FeatureShape input, INDArray weights, INDArray bias) {
    this.input = input;
    this.output = FeatureShape.vector((int) weights.size(1));
    this.weights = weights;
    this.bias = bias;
  }

  @Override
  public FeatureShape outputShape() {
    return output;
  }

  @Override
  public boolean isWeighted() {
    return true;
  }

  @Override
  public void requireFiniteWeights() {
    onHost();
  }

  @Override
  @Internal
  public double currentBound(double amplitude) {
    return onHost().currentBound(amplitude);
  }

  @Override
  public void current(INDArray flow, double biasTimes, INDArray current) {
    // The result is in order c, so its transpose is in order f, which gemm writes to.
    Nd4j.gemm(weights, flat(flow), current.transpose(), true, true, 1, 0);
    if (bias != null) {
      current.addiRowVector(bias.mul(biasTimes));
    }
  }

  @Override
  public INDArray backprop(
      INDArray flow,
      INDArray currentGradient,
      Map<String, INDArray> parameterGradients,
      LayerWorkspaceMgr workspaces) {
    // The weights are in order c, so their transpose is in order f, which gemm writes to.
    INDArray weightGradient = parameterGradients.get(WEIGHT).transpose();
    Nd4j.gemm(currentGradient, flat(flow), weightGradient, true, false, 1, 0);
    if (bias != null) {
      currentGradient.sum(parameterGradients.get(BIAS), 0);
    }
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, weights.dataType(), flow.shape(), 'c');
    INDArray flat = inputGradient.reshape('c', flow.size(0), weights.size(0));
    // Again written through the transpose: (δ Wᵀ)ᵀ = W δᵀ.
    Nd4j.gemm(weights, currentGradient, flat.transpose(), false, true, 1, 0);
    return inputGradient;
  }

  private INDArray flat(INDArray flow) {
    return flow.reshape('c', flow.size(0), weights.size(0));
  }

  @Override
  @Internal
  public Supplier<SampleSimulation> simulations(
      SpikingNeuron neuron, SpikeTrain train, KernelProvider kernels) {
    return onHost().simulations(neuron, train, kernels);
  }

  @Override
  @Internal
  public Charges charges() {
    return onHost().charges();
  }

  private HostSynapse onHost() {
    FiniteValues values = FiniteValues.of(WEIGHT, weights);
    return new HostSynapse(
        GatherGeometry.dense(input, output.neurons()),
        values,
        kernelWeights(values.values()),
        FiniteValues.of(BIAS, bias));
  }

  private KernelWeights kernelWeights(float[] values) {
    int outputs = output.neurons();
    return (row, column, channel, first, count, target, offset) -> {
      int inputNeuron = (channel * input.height() + row) * input.width() + column;
      System.arraycopy(values, inputNeuron * outputs + first, target, offset, count);
    };
  }
}
