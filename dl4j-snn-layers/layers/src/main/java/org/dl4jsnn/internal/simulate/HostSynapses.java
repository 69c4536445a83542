package org.dl4jsnn.internal.simulate;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
import org.dl4jsnn.internal.parallel.ParallelSamples;
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

  /** With more spikes than this per input, nearly all rows of weights are used. */
  private static final double FEW_ROWS = 1;

  /** Rows that are compared in one turn. */
  private static final int ROWS_AT_ONCE = 64;

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

  /** Whether two synapses connect the same neurons in the same way, whatever their weights. */
  static boolean connectAlike(Synapse a, Synapse b) {
    return a.getClass() == b.getClass()
        && a.inputShape().equals(b.inputShape())
        && a.outputShape().equals(b.outputShape())
        && Objects.equals(windows(a), windows(b));
  }

  private static Object windows(Synapse synapse) {
    if (synapse instanceof AverageSynapse average) {
      return average.windows();
    }
    if (synapse instanceof ConvolutionSynapse convolution) {
      return convolution.window();
    }
    return synapse instanceof DepthwiseSynapse depthwise ? depthwise.window() : null;
  }

  /**
   * Whether prepared weights are still those of synapses that connect alike, as far as a pass uses
   * them: of a fully connected layer the rows of the inputs that fire.
   */
  static boolean isUnchanged(HostSynapse prepared, Synapse synapse, SpikeTrain input) {
    if (prepared instanceof WeightedHostSynapse weighted) {
      if (synapse instanceof DenseSynapse dense) {
        return holds(weighted.bias(), dense.bias()) && holds(weighted.weights(), dense, input);
      }
      return synapse instanceof ConvolutionSynapse convolution
          && holds(weighted.bias(), convolution.bias())
          && holds(weighted.weights(), convolution.weights());
    }
    if (prepared instanceof DepthwiseHostSynapse channels) {
      return synapse instanceof DepthwiseSynapse depthwise
          && holds(channels.bias(), depthwise.bias())
          && holds(channels.weights(), depthwise.weights());
    }
    return prepared instanceof AverageHostSynapse && synapse instanceof AverageSynapse;
  }

  /** Whether a parameter, which may be null, has these values. */
  private static boolean holds(HostParameter prepared, INDArray parameter) {
    float[] values = prepared.values();
    if (parameter == null || parameter.length() != values.length) {
      return parameter == null && values.length == 0;
    }
    FloatBuffer current = HostArrays.buffer(parameter);
    AtomicBoolean same = new AtomicBoolean(true);
    ParallelRuns.run(
        values.length,
        () ->
            (part, first, count) -> {
              if (same.get() && !holds(values, current, first, count)) {
                same.set(false);
              }
            });
    Reference.reachabilityFence(parameter);
    return same.get();
  }

  /** Whether the weights of the inputs that fire have these values. */
  private static boolean holds(HostParameter prepared, DenseSynapse synapse, SpikeTrain input) {
    double spikes = input.density() * input.minibatch() * input.steps();
    if (spikes > FEW_ROWS || synapse.weights().length() != prepared.values().length) {
      return holds(prepared, synapse.weights());
    }
    int[] rows = firing(input);
    int length = synapse.outputShape().neurons();
    FloatBuffer current = HostArrays.buffer(synapse.weights());
    AtomicBoolean same = new AtomicBoolean(true);
    int runs = (rows.length + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE;
    ParallelSamples.run(
        runs,
        () ->
            run -> {
              int end = Math.min(rows.length, (run + 1) * ROWS_AT_ONCE);
              for (int k = run * ROWS_AT_ONCE; k < end && same.get(); k++) {
                if (!holds(prepared.values(), current, rows[k] * length, length)) {
                  same.set(false);
                }
              }
            });
    Reference.reachabilityFence(synapse.weights());
    return same.get();
  }

  /** The neurons of a train that fire at any step of any sample, in the order of arrays. */
  private static int[] firing(SpikeTrain input) {
    BitSet firing = new BitSet(input.shape().neurons());
    SpikeEvents events = new SpikeEvents(input.shape());
    for (int sample = 0; sample < input.minibatch(); sample++) {
      for (int step = 0; step < (input.isConstant() ? 1 : input.steps()); step++) {
        input.read(sample, step, events);
        for (int e = 0; e < events.size(); e++) {
          firing.set(input.shape().arrayIndex(events.neuron(e)));
        }
      }
    }
    return firing.stream().toArray();
  }

  private static boolean holds(float[] values, FloatBuffer current, int first, int count) {
    return FloatBuffer.wrap(values, first, count).mismatch(current.slice(first, count)) < 0;
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
