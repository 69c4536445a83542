package org.dl4jsnn.internal.simulate;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.internal.FiniteWeights;
import org.dl4jsnn.internal.Magnitudes;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.RowAdder;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.internal.parallel.ParallelRuns;
import org.dl4jsnn.internal.synapse.AverageHostSynapse;
import org.dl4jsnn.internal.synapse.DepthwiseHostSynapse;
import org.dl4jsnn.internal.synapse.HostParameter;
import org.dl4jsnn.internal.synapse.HostSynapse;
import org.dl4jsnn.internal.synapse.WeightedHostSynapse;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.DepthwiseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Copies a layer's current weights from ND4J's arrays to the host. */
final class HostSynapses {

  private HostSynapses() {}

  /**
   * A layer's weights on the host; refuses, by an IllegalArgumentException, one that is not finite.
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
        : new Custom(
            synapse.charges().orElseGet(() -> new Charges(() -> new DenseCharge(synapse))),
            synapse.isWeighted());
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

  /**
   * Custom synapses.
   *
   * @param isWeighted whether they have weights to learn
   */
  private record Custom(Charges charges, boolean isWeighted) implements HostSynapse {

    @Override
    public Charges charges(RowAdder adder) {
      return charges;
    }

    @Override
    public double currentBound(double amplitude) {
      return charges.currentBound(amplitude);
    }

    @Override
    public Optional<SampleSimulations> kernels(
        KernelNeuron rule, NeuronState start, SpikeTrain input, KernelProvider kernels) {
      return Optional.empty();
    }
  }

  /** The charge of synapses that only map whole arrays: one small operation per step. */
  private static final class DenseCharge implements StepCharge {

    private final Synapse synapse;
    private final FeatureShape output;
    private final float[] amplitudes;

    DenseCharge(Synapse synapse) {
      this.synapse = synapse;
      this.output = synapse.outputShape();
      this.amplitudes = new float[synapse.inputShape().neurons()];
    }

    @Override
    @SuppressWarnings("try") // the scope is entered and left, not read
    public void charge(SpikeEvents events, float[] membrane) {
      FeatureShape input = synapse.inputShape();
      Arrays.fill(amplitudes, 0);
      for (int e = 0; e < events.size(); e++) {
        amplitudes[input.arrayIndex(events.neuron(e))] = events.amplitude(e);
      }
      try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
          INDArray flow = Nd4j.createUninitialized(synapse.dataType(), input.arrayShape(1), 'c');
          INDArray current =
              Nd4j.createUninitialized(synapse.dataType(), output.arrayShape(1), 'c')) {
        HostArrays.copy(amplitudes, flow);
        synapse.current(flow, 1, current);
        float[] currents = HostArrays.floats(current);
        for (int neuron = 0; neuron < membrane.length; neuron++) {
          membrane[neuron] += currents[output.arrayIndex(neuron)];
        }
      }
    }
  }
}
