package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * Simulates a layer with ND4J's operations on whole arrays, on any backend: the currents of a block
 * of steps in one operation, then step by step the neurons of the whole minibatch. Blocks are as
 * long as a fixed amount of memory allows, so memory does not grow with T beyond the bit-packed
 * spikes.
 */
public final class DenseEngine implements SimulationEngine {

  /** Numbers in the larger of a block's two arrays, spikes in and currents. */
  private static final long BLOCK_SIZE = 1L << 24;

  private final DataType dataType;

  /** At least single precision: sums over the window round as in the other engines. */
  private final DataType membraneType;

  /**
   * An engine.
   *
   * @param dataType the data type of the weights; membranes have at least single precision
   */
  public DenseEngine(DataType dataType) {
    this.dataType = dataType;
    this.membraneType = dataType == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
  }

  @Override
  public String name() {
    return "dense";
  }

  @Override
  @SuppressWarnings("try") // the scope is entered and left, not read
  public SpikeTrain simulate(Synapse synapse, SpikingNeuron neuron, SpikeTrain input) {
    double bound = synapse.currentBound(input.amplitudeBound());
    if (!SafeSums.hold(neuron, input, bound, dataType)) {
      return new EventDrivenEngine().simulate(synapse, neuron, input);
    }
    FeatureShape shape = synapse.outputShape();
    int minibatch = input.minibatch();
    long perStep = (long) minibatch * Math.max(input.shape().neurons(), shape.neurons());
    int blockSteps = (int) Math.max(1, Math.min(input.steps(), BLOCK_SIZE / perStep));
    SpikePacker packer = new SpikePacker(shape, minibatch, input.steps());
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray membrane = Nd4j.create(membraneType, shape.arrayShape(minibatch));
        INDArray counts = Nd4j.create(DataType.FLOAT, shape.arrayShape(minibatch))) {
      membrane.assign((float) neuron.initialMembrane());
      for (int step = 0; step < input.steps(); step += blockSteps) {
        int steps = Math.min(blockSteps, input.steps() - step);
        try (INDArray currents = currents(synapse, input, step, steps)) {
          fire(neuron, membrane, currents, counts);
          packer.pack(currents, step);
        }
      }
      return new BinarySpikeTrain(shape, input.steps(), packer.words(), HostArrays.floats(counts));
    }
  }

  /** The currents of some steps, [steps · minibatch, …], step after step. */
  private INDArray currents(Synapse synapse, SpikeTrain input, int step, int steps) {
    int rows = Math.multiplyExact(steps, input.minibatch());
    INDArray currents =
        Nd4j.createUninitialized(dataType, synapse.outputShape().arrayShape(rows), 'c');
    try (INDArray frames = DenseFrames.of(input, step, steps, dataType)) {
      synapse.current(frames, 1, currents);
    }
    return currents;
  }

  /** Charges, fires and resets step by step; replaces the currents by the spikes. */
  private static void fire(
      SpikingNeuron neuron, INDArray membrane, INDArray currents, INDArray counts) {
    float threshold = (float) neuron.threshold();
    long[] shape = currents.shape().clone();
    shape[0] = membrane.size(0);
    long[] byStep = new long[shape.length + 1];
    byStep[0] = currents.size(0) / shape[0];
    System.arraycopy(shape, 0, byStep, 1, shape.length);
    INDArray steps = currents.reshape('c', byStep);
    for (long step = 0; step < byStep[0]; step++) {
      INDArray current = steps.slice(step);
      membrane.addi(current.castTo(membrane.dataType()));
      try (INDArray above = membrane.gt(threshold)) {
        current.assign(above);
      }
      // Short types stop counting early.
      counts.addi(current.castTo(DataType.FLOAT));
      if (neuron.reset().isSubtractive()) {
        try (INDArray taken = current.castTo(membrane.dataType()).mul(threshold)) {
          membrane.subi(taken);
        }
      } else {
        BooleanIndexing.replaceWhere(
            membrane, (float) neuron.reset().value(), Conditions.greaterThan(threshold));
      }
      if (neuron.leak() != 1) {
        membrane.muli((float) neuron.leak());
      }
    }
  }
}
