package org.dl4jsnn.simulate;

import java.nio.FloatBuffer;
import org.dl4jsnn.kernel.ConstantCurrentSimulation;
import org.dl4jsnn.kernel.CurrentKernel;
import org.dl4jsnn.kernel.FireRule;
import org.dl4jsnn.kernel.KernelProvider;
import org.dl4jsnn.kernel.Kernels;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.HostArrays;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Simulates a layer whose input is the same at every step: its current, too, is the same, so one
 * dense operation of ND4J gives it for the whole window. What is left to do for a step is to
 * charge, fire, reset and leak; samples run in parallel.
 */
public final class ConstantCurrentEngine implements SimulationEngine {

  private final DataType dataType;
  private final KernelProvider kernels;

  /**
   * An engine with the kernels that {@link Kernels} chose.
   *
   * @param dataType the data type of the weights
   */
  public ConstantCurrentEngine(DataType dataType) {
    this(dataType, Kernels.chosen());
  }

  /**
   * An engine.
   *
   * @param dataType the data type of the weights
   * @param kernels the innermost loops
   */
  public ConstantCurrentEngine(DataType dataType, KernelProvider kernels) {
    this.dataType = dataType;
    this.kernels = kernels;
  }

  @Override
  public String name() {
    return "constant";
  }

  @Override
  @SuppressWarnings("try") // the scope is entered and left, not read
  public SpikeTrain simulate(Synapse synapse, SpikingNeuron neuron, SpikeTrain input) {
    if (!input.isConstant()) {
      throw new IllegalArgumentException(
          "input must be the same at every step, got spikes that change. Possible cause: only the"
              + " layer after SpikeEncoding.direct(T) has a constant input");
    }
    synapse.requireFiniteWeights();
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray current = current(synapse, input)) {
      // Read where the backend keeps it; the array is open until all samples are done.
      return simulate(HostArrays.buffer(current), synapse.outputShape(), neuron, input);
    }
  }

  /** The current of any step, [minibatch, …]. */
  private INDArray current(Synapse synapse, SpikeTrain input) {
    long[] shape = synapse.outputShape().arrayShape(input.minibatch());
    INDArray current = Nd4j.createUninitialized(dataType, shape, 'c');
    try (INDArray anyStep = DenseFrames.of(input, 0, 1, dataType)) {
      synapse.current(anyStep, 1, current);
    }
    return current;
  }

  private SpikeTrain simulate(
      FloatBuffer current, FeatureShape shape, SpikingNeuron neuron, SpikeTrain input) {
    FireRule rule = FireRule.of(neuron);
    CurrentKernel kernel = kernels.currentKernel(rule);
    BitLayout layout = BitLayout.of(shape);
    int[][] words = new int[input.minibatch()][];
    float[] totals = new float[Math.multiplyExact(words.length, shape.neurons())];
    ParallelSamples.run(
        words.length,
        () -> {
          ConstantCurrentSimulation simulation =
              new ConstantCurrentSimulation(shape, rule.initialMembrane(), kernel);
          return sample -> {
            words[sample] = layout.words(input.steps());
            simulation.run(current, sample * shape.neurons(), words[sample], totals);
          };
        });
    return new BinarySpikeTrain(shape, input.steps(), words, totals);
  }
}
