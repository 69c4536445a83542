package org.dl4jsnn.synapse;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.product.DenseProducts;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A fully connected synapse. In single precision on a CPU with the vectorised kernels it uses the
 * library's own products, otherwise ND4J's. An input of channels × height × width is flattened in
 * that order, as Deeplearning4j's preprocessor does.
 */
public final class DenseSynapse extends WeightedSynapse {

  /** The library's own products; empty if ND4J's are used. */
  private final Optional<DenseProducts> host;

  /**
   * Creates a synapse.
   *
   * @param input the input's shape, of nIn neurons
   * @param weights [nIn, nOut]
   * @param bias [nOut], or null for none
   * @throws IllegalArgumentException if the weights are for another number of inputs
   */
  public DenseSynapse(FeatureShape input, INDArray weights, INDArray bias) {
    super(input, FeatureShape.vector((int) weights.size(1)), weights, bias);
    if (weights.size(0) != input.neurons()) {
      throw new IllegalArgumentException(
          ("weights must have one row per input, %s for the shape %s, got %s. Possible"
                  + " cause: they are those of another layer")
              .formatted(input.neurons(), input, weights.size(0)));
    }
    this.host =
        HostArrays.areSingleOnHost(weights.dataType())
            ? DenseProducts.of(input.neurons(), output.neurons(), Kernels.chosen())
            : Optional.empty();
  }

  @Override
  public void current(INDArray flow, double biasTimes, INDArray current) {
    if (host.isPresent()) {
      HostArrays.fill(
          current,
          target ->
              host.get()
                  .forward(
                      HostArrays.buffer(flow), samples(flow), HostArrays.buffer(weights), target));
      Reference.reachabilityFence(flow);
      Reference.reachabilityFence(weights);
    } else {
      // The result is in C order, so its transpose is in order f, which gemm writes to.
      Nd4j.gemm(weights, flat(flow), current.transpose(), true, true, 1, 0);
    }
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
    backpropParameters(flow, currentGradient, parameterGradients);
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, weights.dataType(), flow.shape(), 'c');
    if (host.isPresent()) {
      FloatBuffer gradient = HostArrays.buffer(currentGradient);
      HostArrays.fill(
          inputGradient,
          target ->
              host.get().backward(gradient, samples(flow), HostArrays.buffer(weights), target));
      Reference.reachabilityFence(currentGradient);
      Reference.reachabilityFence(weights);
    } else {
      INDArray flat = inputGradient.reshape('c', flow.size(0), weights.size(0));
      // Written through the transpose, too: (δ Wᵀ)ᵀ = W δᵀ.
      Nd4j.gemm(weights, currentGradient, flat.transpose(), false, true, 1, 0);
    }
    return inputGradient;
  }

  @Override
  public void backpropParameters(
      INDArray flow, INDArray currentGradient, Map<String, INDArray> parameterGradients) {
    if (host.isPresent()) {
      FloatBuffer input = HostArrays.buffer(flow);
      FloatBuffer gradient = HostArrays.buffer(currentGradient);
      HostArrays.fill(
          parameterGradients.get(WEIGHT),
          target -> host.get().weightGradient(input, gradient, samples(flow), target));
      Reference.reachabilityFence(flow);
      Reference.reachabilityFence(currentGradient);
    } else {
      // The weights are in C order, so their transpose is in order f, which gemm writes to.
      INDArray weightGradient = parameterGradients.get(WEIGHT).transpose();
      Nd4j.gemm(currentGradient, flat(flow), weightGradient, true, false, 1, 0);
    }
    if (bias != null) {
      currentGradient.sum(parameterGradients.get(BIAS), 0);
    }
  }

  private int samples(INDArray flow) {
    if (flow.length() != flow.size(0) * input.neurons()) {
      throw new IllegalArgumentException(
          "flow must have the shape [minibatch, …] of the input "
              + input
              + ", got "
              + Arrays.toString(flow.shape()));
    }
    return Math.toIntExact(flow.size(0));
  }

  private INDArray flat(INDArray flow) {
    return flow.reshape('c', flow.size(0), weights.size(0));
  }
}
