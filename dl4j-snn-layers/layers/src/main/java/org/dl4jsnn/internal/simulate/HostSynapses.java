package org.dl4jsnn.internal.simulate;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.dl4jsnn.internal.FiniteWeights;
import org.dl4jsnn.internal.Magnitudes;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.parallel.ParallelRuns;
import org.dl4jsnn.internal.synapse.AverageHostSynapse;
import org.dl4jsnn.internal.synapse.DepthwiseHostSynapse;
import org.dl4jsnn.internal.synapse.HostParameter;
import org.dl4jsnn.internal.synapse.HostSynapse;
import org.dl4jsnn.internal.synapse.WeightedHostSynapse;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.DepthwiseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies a layer's current weights from ND4J's arrays to the host. */
final class HostSynapses {

  private HostSynapses() {}

  /**
   * Reads a layer's weights.
   *
   * @param synapse the synapses
   * @return the same on the host
   * @throws IllegalArgumentException if a weight is not finite
   */
  static HostSynapse of(Synapse synapse) {
    if (synapse instanceof DenseSynapse dense) {
      return WeightedHostSynapse.dense(
          dense.inputShape(),
          dense.outputShape().neurons(),
          parameter(Synapse.WEIGHT, dense.weights()),
          parameter(Synapse.BIAS, dense.bias()));
    }
    if (synapse instanceof ConvolutionSynapse convolution) {
      return WeightedHostSynapse.convolution(
          convolution.window(),
          convolution.inputShape(),
          convolution.outputShape(),
          parameter(Synapse.WEIGHT, convolution.weights()),
          parameter(Synapse.BIAS, convolution.bias()));
    }
    if (synapse instanceof DepthwiseSynapse depthwise) {
      return new DepthwiseHostSynapse(
          depthwise.window(),
          depthwise.inputShape(),
          depthwise.outputShape(),
          parameter(Synapse.WEIGHT, depthwise.weights()),
          parameter(Synapse.BIAS, depthwise.bias()));
    }
    return synapse instanceof AverageSynapse average
        ? new AverageHostSynapse(average.windows())
        : CustomHostSynapse.of(synapse);
  }

  /** The values of a parameter, which may be null. */
  private static HostParameter parameter(String name, INDArray parameter) {
    if (parameter == null) {
      return HostParameter.NONE;
    }
    float[] values = new float[Math.toIntExact(parameter.length())];
    float[] largest = new float[ParallelRuns.parts(values.length)];
    FloatBuffer source = HostArrays.buffer(parameter);
    // In parallel, since a large fully connected layer is copied for every minibatch of training.
    ParallelRuns.run(
        values.length,
        () ->
            (part, first, count) -> {
              source.get(first, values, first, count);
              largest[part] = Magnitudes.largest(values, first, count);
            });
    Reference.reachabilityFence(parameter); // which owns the memory of the buffer
    boolean isHalf = parameter.dataType() == DataType.FLOAT16;
    return new HostParameter(
        values, FiniteWeights.require(name, isHalf, values, Magnitudes.largest(largest)));
  }
}
