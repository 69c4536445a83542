package org.dl4jsnn.internal.simulate;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.kernel.ConstantCurrentSimulation;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.SampleRun;
import org.dl4jsnn.internal.kernel.SampleSimulation;
import org.dl4jsnn.internal.synapse.HostSynapse;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Charges;
import org.dl4jsnn.synapse.StepCharge;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Simulates a layer whose input is the same at every step: its current, too, is the same, and is
 * computed once for the whole window. What is left to do for a step is to charge, fire, reset and
 * leak; samples run in parallel.
 *
 * <p>One dense operation of ND4J gives the currents of the whole minibatch, where the layer has
 * several positions. Where it has one the operation would be a product of matrices, which rounds a
 * sample's sums differently with the size of the minibatch and the number of threads; there the
 * currents are added up sample by sample, in the order of the event-driven engine.
 */
public final class ConstantCurrentEngine implements SimulationEngine {

  private final DataType dataType;

  /**
   * An engine.
   *
   * @param dataType the data type of the weights
   */
  public ConstantCurrentEngine(DataType dataType) {
    this.dataType = dataType;
  }

  @Override
  public String name() {
    return "constant";
  }

  @Override
  public SimulationResult simulate(
      Synapse synapse, NeuronDynamics neuron, NeuronState start, SpikeTrain input, Kept kept) {
    if (!input.isConstant()) {
      throw new IllegalArgumentException(
          "input must be the same at every step, got spikes that change. Possible cause: only the"
              + " layer after SpikeEncoding.direct(T) has a constant input");
    }
    SimulatedMinibatch minibatch =
        new SimulatedMinibatch(
            synapse.outputShape(), neuron, start, input, synapse.isWeighted(), kept);
    HostSynapse host = HostSynapse.of(synapse);
    boolean single = synapse.outputShape().positions() == 1;
    double bound = host.currentBound(input.amplitudeBound());
    if (!SafeSums.hold(neuron, start, bound, single ? DataType.FLOAT : dataType)) {
      return new EventDrivenEngine().simulate(synapse, neuron, start, input, kept);
    }
    return single
        ? simulate(minibatch, charged(host.charges(), synapse, input))
        : simulateAtOnce(synapse, minibatch);
  }

  @SuppressWarnings("try") // the scope is entered and left, not read
  private SimulationResult simulateAtOnce(Synapse synapse, SimulatedMinibatch minibatch) {
    int neurons = minibatch.shape().neurons();
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray current = current(synapse, minibatch.input())) {
      // Read where the backend keeps it; the array is open until all samples are done.
      FloatBuffer values = HostArrays.buffer(current);
      return simulate(minibatch, () -> sample -> values.slice(sample * neurons, neurons));
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

  /** For each task the current of any step by the sample, in order of channels. */
  private static Supplier<IntFunction<FloatBuffer>> charged(
      Charges charges, Synapse synapse, SpikeTrain input) {
    int neurons = synapse.outputShape().neurons();
    return () -> {
      StepCharge charge = charges.get();
      SpikeEvents anyStep = new SpikeEvents(input.shape());
      float[] current = new float[neurons];
      return sample -> {
        Arrays.fill(current, 0);
        input.read(sample, 0, anyStep);
        charge.charge(anyStep, current);
        return FloatBuffer.wrap(current);
      };
    };
  }

  private static SimulationResult simulate(
      SimulatedMinibatch minibatch, Supplier<IntFunction<FloatBuffer>> currents) {
    return minibatch.run(() -> simulation(minibatch, currents.get()));
  }

  private static SampleSimulation simulation(
      SimulatedMinibatch minibatch, IntFunction<FloatBuffer> currents) {
    if (minibatch.dynamics() instanceof SpikingNeuron spiking
        && ConstantCurrentSimulation.serves(KernelNeuron.of(spiking))) {
      ConstantCurrentSimulation simulation =
          new ConstantCurrentSimulation(
              minibatch.shape(), minibatch.input().steps(), KernelNeuron.of(spiking));
      return run -> simulation.run(run, currents.apply(run.sample()));
    }
    FeatureShape shape = minibatch.shape();
    SteppedNeurons neurons = new SteppedNeurons(minibatch.dynamics(), shape);
    return run -> step(run, currents.apply(run.sample()), neurons, shape);
  }

  /** Any neurons under a constant current, by their definition. */
  private static void step(
      SampleRun run, FloatBuffer current, SteppedNeurons neurons, FeatureShape shape) {
    neurons.start(run.start());
    float[] charged = neurons.charged();
    for (int step = 0; step < run.input().steps(); step++) {
      for (int neuron = 0; neuron < charged.length; neuron++) {
        charged[neuron] += current.get(shape.arrayIndex(neuron));
      }
      neurons.requireFinite(step, run.sample());
      neurons.step(step, run.words());
    }
    neurons.end(run.end());
  }
}
