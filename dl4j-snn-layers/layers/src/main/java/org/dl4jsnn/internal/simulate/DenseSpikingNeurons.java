package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.conditions.Conditions;

/** (Leaky) integrate-and-fire neurons of a whole minibatch, with ND4J's operations. */
final class DenseSpikingNeurons implements DenseNeurons {

  private final SpikingNeuron neuron;
  private final FeatureShape shape;
  private final INDArray membrane;
  private final SpikePacker packer;

  DenseSpikingNeurons(
      SpikingNeuron neuron,
      FeatureShape shape,
      int minibatch,
      int steps,
      DataType membraneType,
      NeuronState start) {
    this.neuron = neuron;
    this.shape = shape;
    this.membrane = Nd4j.create(membraneType, shape.arrayShape(minibatch));
    this.packer = new SpikePacker(shape, minibatch, steps);
    if (start.isAtRest()) {
      membrane.assign((float) neuron.initialMembrane());
    } else {
      read(start, minibatch);
    }
  }

  private void read(NeuronState start, int minibatch) {
    double[] values = new double[minibatch * shape.neurons()];
    for (int sample = 0; sample < minibatch; sample++) {
      double[] from = start.variable(sample, 0);
      for (int i = 0; i < from.length; i++) {
        values[sample * from.length + shape.arrayIndex(i)] = from[i];
      }
    }
    try (INDArray host = Nd4j.createFromArray(values)) {
      membrane.assign(host.reshape('c', membrane.shape()));
    }
  }

  @Override
  public NeuronState state() {
    double[] values = membrane.dup('c').data().asDouble();
    int neurons = shape.neurons();
    double[][][] state = new double[values.length / neurons][1][neurons];
    for (int sample = 0; sample < state.length; sample++) {
      for (int i = 0; i < neurons; i++) {
        state[sample][0][i] = values[sample * neurons + shape.arrayIndex(i)];
      }
    }
    return NeuronState.of(state);
  }

  @Override
  public void fire(INDArray currents, int firstStep) {
    int minibatch = (int) membrane.size(0);
    for (int step = 0; step < currents.size(0) / minibatch; step++) {
      fire(DenseEngine.rows(currents, step, minibatch));
    }
    packer.pack(currents, firstStep);
  }

  /** Replaces the currents of a step by its spikes. */
  private void fire(INDArray current) {
    float threshold = (float) neuron.threshold();
    membrane.addi(current.castTo(membrane.dataType()));
    try (INDArray above = membrane.gt(threshold)) {
      current.assign(above);
    }
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

  @Override
  public int[][] words() {
    return packer.words();
  }

  @Override
  public void close() {
    membrane.close();
  }
}
