package org.dl4jsnn.gradient;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.simulate.DenseFrames;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.dl4jsnn.synapse.StepCharge;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The backward pass of one layer through time, for a few samples at a time: their membrane
 * potentials are replayed, the gradient goes back through the neurons step by step, and the
 * synapses take all these steps at once.
 *
 * <pre>
 *  ∂L/∂s[t] ─►  NeuronAdjoint   ─► ∂L/∂c[t] ─► Synapse.backprop ─► weight gradients, InputGradient
 *                 ▲ x[t], s[t]
 *              MembraneReplay ◄─ spikes in, spikes out
 * </pre>
 */
final class UnrolledLayer {

  /** Numbers of the larger of the arrays that the synapses take at once. */
  private static final int BLOCK_SIZE = 1 << 23;

  private final SimulatedWindow window;
  private final Surrogate surrogate;
  private final boolean detached;
  private final int segment;
  private final int steps;
  private final FeatureShape shape;
  private final Supplier<StepCharge> charges;

  UnrolledLayer(SimulatedWindow window, Surrogate surrogate, boolean detached, int segment) {
    this.surrogate = surrogate;
    this.window = window;
    this.detached = detached;
    this.segment = segment;
    this.steps = window.input().steps();
    this.shape = window.output().shape();
    this.charges = MembraneReplay.charges(window.synapse());
  }

  /** Writes the gradients of the parameters; returns that of the input's rates. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  INDArray backprop(StepGradient spikeGradient, DataType type, LayerPass pass) {
    InputGradient inputGradient = pass.inputGradient();
    Map<String, INDArray> parameterGradients = pass.parameterGradients();
    int minibatch = window.input().minibatch();
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      Map<String, INDArray> parts = new HashMap<>();
      parameterGradients.forEach(
          (name, sum) -> parts.put(name, Nd4j.create(sum.dataType(), sum.shape(), 'c')));
      parameterGradients.values().forEach(sum -> sum.assign(0));
      int group = group();
      for (int sample = 0; sample < minibatch; sample += group) {
        new Group(sample, Math.min(group, minibatch - sample), spikeGradient, type)
            .backprop(
                parts,
                (firstStep, blockSteps, block, first) -> {
                  inputGradient.add(first, firstStep, blockSteps, block);
                  parts.forEach((name, part) -> parameterGradients.get(name).addi(part));
                });
      }
      parts.values().forEach(INDArray::close);
    }
    return inputGradient.finish();
  }

  /** Samples at a time; a power of two, since as many threads share them. */
  private int group() {
    int larger = Math.max(shape.neurons(), window.input().shape().neurons());
    // As many as without segments, so that these save memory and not only calls.
    long perSample = (long) steps * larger;
    return Integer.highestOneBit((int) Math.max(1, BLOCK_SIZE / perSample));
  }

  /** Takes the gradients of a block. */
  @FunctionalInterface
  private interface Sink {
    void take(int firstStep, int blockSteps, INDArray inputGradient, int firstSample);
  }

  /** Some samples, from the last segment to the first. */
  private final class Group {

    private final int firstSample;
    private final int samples;
    private final StepGradient spikeGradient;
    private final DataType type;

    /** For every sample and segment the neurons before it. */
    private final Neurons[][] starts;

    /** For every sample and state variable ∂L/∂x of the step after. */
    private final double[][][] carried;

    Group(int firstSample, int samples, StepGradient spikeGradient, DataType type) {
      this.firstSample = firstSample;
      this.samples = samples;
      this.spikeGradient = spikeGradient;
      this.type = type;
      this.starts = new Neurons[samples][(steps + segment - 1) / segment];
      int variables = window.neuron().variables().size();
      this.carried = new double[samples][variables][shape.neurons()];
    }

    void backprop(Map<String, INDArray> parts, Sink sink) {
      ParallelSamples.run(
          samples,
          () -> {
            MembraneReplay replay = new MembraneReplay(window, charges.get());
            return sample -> start(replay, sample);
          });
      for (int s = starts[0].length - 1; s >= 0; s--) {
        int first = s * segment;
        int blockSteps = Math.min(segment, steps - first);
        long[] rows = shape.arrayShape(samples * blockSteps);
        try (INDArray currentGradient = Nd4j.createUninitialized(type, rows, 'c');
            INDArray frames =
                DenseFrames.of(window.input(), firstSample, samples, first, blockSteps, type)) {
          neurons(s, first, blockSteps, currentGradient);
          HostArrays.written(currentGradient);
          try (INDArray inputGradient =
              window
                  .synapse()
                  .backprop(frames, currentGradient, parts, LayerWorkspaceMgr.noWorkspaces())) {
            sink.take(first, blockSteps, inputGradient, firstSample);
          }
        }
      }
    }

    /** Notes the neurons at the start of every segment. */
    private void start(MembraneReplay replay, int sample) {
      Neurons neurons = replay.start(firstSample + sample);
      starts[sample][0] = neurons.copy();
      for (int s = 1; s < starts[sample].length; s++) {
        replay.run(
            firstSample + sample, (s - 1) * segment, s * segment, neurons, MembraneReplay.NOBODY);
        starts[sample][s] = neurons.copy();
      }
    }

    /** ∂L/∂c of the steps of a segment, for all samples of the group. */
    private void neurons(int s, int first, int blockSteps, INDArray currentGradient) {
      ParallelSamples.run(
          samples,
          () -> {
            SegmentGradient gradient =
                new SegmentGradient(
                    window,
                    surrogate,
                    detached,
                    new MembraneReplay(window, charges.get()),
                    spikeGradient.reader(),
                    new ArrayRuns(currentGradient));
            return sample ->
                gradient.back(
                    firstSample + sample,
                    first,
                    blockSteps,
                    starts[sample][s],
                    carried[sample],
                    sample * blockSteps);
          });
    }
  }
}
