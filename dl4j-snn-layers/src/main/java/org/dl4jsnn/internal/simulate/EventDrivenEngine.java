package org.dl4jsnn.internal.simulate;

import java.util.function.Supplier;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.kernel.SampleSimulation;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;

/**
 * Simulates a layer spike by spike on the CPU: a spike adds its weights to the membranes it
 * reaches. The cost goes with the number of spikes, not with steps × weights. One sample runs
 * through the whole window before the next, so that its membranes stay in the cache; samples run in
 * parallel.
 */
public final class EventDrivenEngine implements SimulationEngine {

  private final KernelProvider kernels;

  /** An engine with the kernels that {@link Kernels} chose. */
  public EventDrivenEngine() {
    this(Kernels.chosen());
  }

  /**
   * An engine.
   *
   * @param kernels the innermost loops
   */
  public EventDrivenEngine(KernelProvider kernels) {
    this.kernels = kernels;
  }

  @Override
  public String name() {
    return "event";
  }

  @Override
  public SpikeTrain simulate(Synapse synapse, SpikingNeuron neuron, SpikeTrain input) {
    FeatureShape shape = synapse.outputShape();
    BitLayout layout = BitLayout.of(shape);
    int minibatch = input.minibatch();
    int[][] words = new int[minibatch][];
    float[] totals = new float[Math.multiplyExact(minibatch, shape.neurons())];
    Supplier<SampleSimulation> simulations = synapse.simulations(neuron, input, kernels);
    ParallelSamples.run(
        minibatch,
        () -> {
          SampleSimulation simulation = simulations.get();
          return sample -> {
            words[sample] = layout.words(input.steps());
            simulation.run(input, sample, words[sample], totals, sample * shape.neurons());
          };
        });
    return new BinarySpikeTrain(shape, input.steps(), words, totals);
  }
}
