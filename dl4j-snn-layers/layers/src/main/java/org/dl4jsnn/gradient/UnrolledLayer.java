package org.dl4jsnn.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.simulate.DenseFrames;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The backward pass of one layer through time, for a few samples at a time: their membrane
 * potentials are replayed, the gradient goes back through the neurons step by step, and the
 * synapses process all these steps at once.
 *
 * <pre>
 *  ∂L/∂s[t] ─►  NeuronAdjoint   ─► ∂L/∂c[t] ─► Synapse.backprop ─► weight gradients, InputGradient
 *                 ▲ x[t], s[t]
 *              MembraneReplay ◄─ spikes in, spikes out
 * </pre>
 */
final class UnrolledLayer {

  /** The size of the larger of the arrays that the synapses take at once. */
  private static final int BLOCK_SIZE = 1 << 23;

  private final SimulatedWindow window;
  private final Surrogate surrogate;
  private final boolean detached;
  private final int segment;
  private final int steps;
  private final FeatureShape shape;
  private final Supplier<StepCharge> charges;
  private final ArrayOrder order;
  private final LearnedGradients learned;

  UnrolledLayer(SimulatedWindow window, Surrogate surrogate, boolean detached, int segment) {
    this.surrogate = surrogate;
    this.window = window;
    this.detached = detached;
    this.segment = segment;
    this.steps = window.input().steps();
    this.shape = window.output().shape();
    this.charges = MembraneReplay.charges(window.synapse());
    this.order = new ArrayOrder(shape);
    this.learned =
        new LearnedGradients(
            window.neuron().parameters(), window.input().minibatch(), shape.channels());
  }

  /** Writes the gradients of the parameters; returns the gradient of the input's rates. */
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
        group(sample, Math.min(group, minibatch - sample), spikeGradient, type)
            .backprop(
                parts,
                inputGradient,
                () -> parts.forEach((name, part) -> parameterGradients.get(name).addi(part)));
      }
      parts.values().forEach(INDArray::close);
    }
    learned.collect(pass);
    return inputGradient.finish();
  }

  /** Samples at a time; a power of two, so that threads share them evenly. */
  private int group() {
    int larger = Math.max(shape.neurons(), window.input().shape().neurons());
    // As many as without segments, so that segments save memory and not only calls.
    long perSample = (long) steps * larger;
    return Integer.highestOneBit((int) Math.max(1, BLOCK_SIZE / perSample));
  }

  private Group<?> group(int firstSample, int samples, StepGradient spikeGradient, DataType type) {
    if (window.neuron() instanceof SpikingNeuron neuron && type == DataType.FLOAT) {
      return new Group<>(
          firstSample,
          samples,
          type,
          to ->
              new IntegrateAndFireAdjoint(
                  neuron,
                  detached,
                  window.recurrence(),
                  spikeGradient.reader(),
                  new ArrayRuns(to),
                  order));
    }
    return new Group<>(
        firstSample,
        samples,
        type,
        to ->
            new AnyStepAdjoint(
                window.neuron(),
                shape.channels(),
                detached,
                window.recurrence(),
                spikeGradient.reader(),
                new ArrayRuns(to),
                order,
                learned));
  }

  /**
   * A group of samples, from the last segment to the first.
   *
   * @param <C> what is carried from step to step of a sample
   */
  private final class Group<C> {

    private final int firstSample;
    private final int samples;
    private final DataType type;

    /** Makes a task's adjoint, which writes to an array of gradients of currents. */
    private final Function<INDArray, StepAdjoint<C>> adjoints;

    /** For every sample and segment, the neurons before the segment. */
    private final Neurons[][] starts;

    /** For every sample, what is carried from the segment after. */
    private final List<C> carried = new ArrayList<>();

    Group(
        int firstSample, int samples, DataType type, Function<INDArray, StepAdjoint<C>> adjoints) {
      this.firstSample = firstSample;
      this.samples = samples;
      this.type = type;
      this.adjoints = adjoints;
      this.starts = new Neurons[samples][(steps + segment - 1) / segment];
    }

    /**
     * The gradients of all segments; collects a segment's parameter gradients, in parts, when they
     * are complete.
     */
    void backprop(Map<String, INDArray> parts, InputGradient inputGradient, Runnable collect) {
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
          if (carried.isEmpty()) {
            StepAdjoint<C> any = adjoints.apply(currentGradient);
            for (int k = 0; k < samples; k++) {
              carried.add(any.start());
            }
          }
          neurons(s, first, blockSteps, currentGradient);
          HostArrays.written(currentGradient);
          recurrence(first, blockSteps, currentGradient, parts);
          if (inputGradient.isWanted()) {
            try (INDArray block =
                window
                    .synapse()
                    .backprop(frames, currentGradient, parts, LayerWorkspaceMgr.noWorkspaces())) {
              inputGradient.add(firstSample, first, blockSteps, block);
            }
          } else {
            window.synapse().backpropParameters(frames, currentGradient, parts);
          }
          collect.run();
        }
      }
    }

    /** The gradient of the recurrent weights, from the spikes one step before the currents. */
    private void recurrence(
        int first, int blockSteps, INDArray currentGradient, Map<String, INDArray> parts) {
      if (window.recurrence() == Recurrence.NONE) {
        return;
      }
      try (INDArray before =
          DenseFrames.of(
              window.output(),
              firstSample,
              samples,
              first - 1,
              blockSteps,
              currentGradient.dataType())) {
        window.recurrence().backprop(before, currentGradient, parts.get(Recurrence.WEIGHT));
      }
    }

    /** Records the neurons at the start of every segment. */
    private void start(MembraneReplay replay, int sample) {
      Neurons neurons = replay.start(firstSample + sample);
      starts[sample][0] = neurons.copy();
      for (int s = 1; s < starts[sample].length; s++) {
        replay.run(
            firstSample + sample, (s - 1) * segment, s * segment, neurons, MembraneReplay.NOBODY);
        starts[sample][s] = neurons.copy();
      }
    }

    /** Computes ∂L/∂c of the steps of a segment, for all samples of the group. */
    private void neurons(int s, int first, int blockSteps, INDArray currentGradient) {
      ParallelSamples.run(
          samples,
          () -> {
            SegmentGradient<C> gradient =
                new SegmentGradient<>(
                    window,
                    surrogate,
                    new MembraneReplay(window, charges.get()),
                    adjoints.apply(currentGradient));
            return sample ->
                gradient.back(
                    firstSample + sample,
                    first,
                    blockSteps,
                    starts[sample][s],
                    carried.get(sample),
                    sample * blockSteps);
          });
    }
  }
}
