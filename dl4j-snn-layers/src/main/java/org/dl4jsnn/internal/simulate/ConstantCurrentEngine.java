package org.dl4jsnn.internal.simulate;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.kernel.Charges;
import org.dl4jsnn.internal.kernel.ConstantCurrentSimulation;
import org.dl4jsnn.internal.kernel.FireRule;
import org.dl4jsnn.internal.kernel.StepCharge;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
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
  public SpikeTrain simulate(Synapse synapse, SpikingNeuron neuron, SpikeTrain input) {
    if (!input.isConstant()) {
      throw new IllegalArgumentException(
          "input must be the same at every step, got spikes that change. Possible cause: only the"
              + " layer after SpikeEncoding.direct(T) has a constant input");
    }
    return synapse.outputShape().positions() == 1
        ? simulateOneByOne(synapse, neuron, input)
        : simulateAtOnce(synapse, neuron, input);
  }

  private static SpikeTrain simulateOneByOne(
      Synapse synapse, SpikingNeuron neuron, SpikeTrain input) {
    Charges charges = synapse.charges();
    double bound = charges.currentBound(input.amplitudeBound());
    return SafeSums.hold(neuron, input, bound, DataType.FLOAT)
        ? simulate(charged(charges, synapse, input), synapse.outputShape(), neuron, input)
        : new EventDrivenEngine().simulate(synapse, neuron, input);
  }

  @SuppressWarnings("try") // the scope is entered and left, not read
  private SpikeTrain simulateAtOnce(Synapse synapse, SpikingNeuron neuron, SpikeTrain input) {
    double bound = synapse.currentBound(input.amplitudeBound());
    if (!SafeSums.hold(neuron, input, bound, dataType)) {
      return new EventDrivenEngine().simulate(synapse, neuron, input);
    }
    FeatureShape shape = synapse.outputShape();
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray current = current(synapse, input)) {
      // Read where the backend keeps it; the array is open until all samples are done.
      FloatBuffer values = HostArrays.buffer(current);
      return simulate(
          () -> sample -> values.slice(sample * shape.neurons(), shape.neurons()),
          shape,
          neuron,
          input);
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

  private static SpikeTrain simulate(
      Supplier<IntFunction<FloatBuffer>> currents,
      FeatureShape shape,
      SpikingNeuron neuron,
      SpikeTrain input) {
    FireRule rule = FireRule.of(neuron);
    BitLayout layout = BitLayout.of(shape);
    int[][] words = new int[input.minibatch()][];
    float[] totals = new float[Math.multiplyExact(words.length, shape.neurons())];
    ParallelSamples.run(
        words.length,
        () -> {
          IntFunction<FloatBuffer> current = currents.get();
          ConstantCurrentSimulation simulation =
              new ConstantCurrentSimulation(shape, input.steps(), rule);
          return sample -> {
            words[sample] = layout.words(input.steps());
            simulation.run(current.apply(sample), words[sample], totals, sample * shape.neurons());
          };
        });
    return new BinarySpikeTrain(shape, input.steps(), words, totals);
  }
}
