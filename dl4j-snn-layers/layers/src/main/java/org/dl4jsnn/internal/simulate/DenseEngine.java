package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SafeSums;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Simulates a layer with ND4J's operations on whole arrays, on any backend: step by step, first the
 * currents, then the neurons of the whole minibatch. Spikes are unpacked and packed in blocks of
 * steps that fit into a fixed amount of memory, so memory does not grow with T beyond the
 * bit-packed spikes.
 *
 * <p>Currents are computed one step at a time, since a matrix product rounds a sample's sums
 * differently for different numbers of rows, and pieces of a window have fewer rows.
 */
public final class DenseEngine implements SimulationEngine {

  /** The size of the larger of a block's two arrays, input spikes and currents. */
  private static final long BLOCK_SIZE = 1L << 24;

  private final DataType dataType;

  /** At least single precision: sums over the window round as in the other engines. */
  private final DataType membraneType;

  /** Creates an engine for weights of a data type; membranes have at least single precision. */
  public DenseEngine(DataType dataType) {
    this.dataType = dataType;
    this.membraneType = dataType == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
  }

  @Override
  @SuppressWarnings("try") // the scope is entered and left, not read
  public SimulationResult simulate(
      Synapse synapse, NeuronDynamics neuron, NeuronState start, SpikeTrain input, Retention kept) {
    FeatureShape shape = synapse.outputShape();
    int minibatch = input.minibatch();
    start.requireOf(neuron, minibatch, shape.neurons());
    double bound = HostSynapses.of(synapse).currentBound(input.amplitudeBound());
    if (!SafeSums.hold(neuron, start, bound, dataType == DataType.FLOAT16)) {
      return new EventDrivenEngine().simulate(synapse, neuron, start, input, kept);
    }
    long perStep = (long) minibatch * Math.max(input.shape().neurons(), shape.neurons());
    int blockSteps = (int) Math.max(1, Math.min(input.steps(), BLOCK_SIZE / perStep));
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        DenseNeurons neurons = neurons(neuron, shape, minibatch, input.steps(), start)) {
      for (int step = 0; step < input.steps(); step += blockSteps) {
        int steps = Math.min(blockSteps, input.steps() - step);
        try (INDArray currents = currents(synapse, input, step, steps)) {
          neurons.fire(currents, step);
        }
      }
      return new SimulationResult(
          new BinarySpikeTrain(shape, input.steps(), neurons.words()),
          kept == Retention.END ? neurons.state() : null,
          null);
    }
  }

  private DenseNeurons neurons(
      NeuronDynamics neuron, FeatureShape shape, int minibatch, int steps, NeuronState start) {
    return neuron instanceof SpikingNeuron spiking
        ? new DenseSpikingNeurons(spiking, shape, minibatch, steps, membraneType, start)
        : new HostedNeurons(neuron, shape, minibatch, steps, start);
  }

  /** The currents of a block of steps, [steps · minibatch, …], step after step. */
  private INDArray currents(Synapse synapse, SpikeTrain input, int firstStep, int steps) {
    int minibatch = input.minibatch();
    int rows = Math.multiplyExact(steps, minibatch);
    INDArray currents =
        Nd4j.createUninitialized(dataType, synapse.outputShape().arrayShape(rows), 'c');
    try (INDArray frames = DenseFrames.of(input, firstStep, steps, dataType)) {
      for (int step = 0; step < steps; step++) {
        synapse.current(rows(frames, step, minibatch), 1, rows(currents, step, minibatch));
      }
    }
    return currents;
  }

  /** The rows of a step, as a view. */
  static INDArray rows(INDArray steps, int step, int minibatch) {
    return steps.get(NDArrayIndex.interval((long) step * minibatch, (step + 1L) * minibatch));
  }
}
