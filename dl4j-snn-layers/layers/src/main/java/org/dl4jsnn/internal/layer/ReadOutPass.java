package org.dl4jsnn.internal.layer;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.gradient.InputGradient;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.simulate.DenseFrames;
import org.dl4jsnn.internal.simulate.IntegratorAdjoint;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.DenseSynapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a {@link LeakyReadOutLayer} keeps of its forward pass, and its backward pass (equations 53
 * and 80 of docs/mathematics.md).
 *
 * <pre>
 *  ∂L/∂y ─► IntegratorAdjoint ─► ∂L/∂c[t] ─► DenseSynapse.backprop ─► ∂L/∂W, ∂L/∂b
 *                                                            └► ∂L/∂s[t] ─► inbox below, ∂L/∂r
 * </pre>
 *
 * @param below the spikes that were read, and where to leave their gradient in time
 * @param counted for every sample the steps that were read, including earlier pieces
 * @param maxima the steps at which maxima occurred
 */
record ReadOutPass(
    LeakyReadOutLayer.Settings settings,
    AttachedSpikeTrains.Beside below,
    DenseSynapse synapse,
    int[] lengths,
    long[] counted,
    int[] maxima) {

  /** The size of the larger of the arrays that the synapses take at once. */
  private static final int BLOCK_SIZE = 1 << 23;

  /**
   * The backward pass.
   *
   * @param gradients where to write the gradients of the parameters
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  INDArray backprop(
      INDArray epsilon,
      INDArray input,
      Map<String, INDArray> gradients,
      LayerWorkspaceMgr workspaces) {
    SpikeTrain train = below.train();
    InputGradient inputGradient =
        new CollectedInputGradient(
            below.inbox(), input, train.shape(), train.steps(), workspaces, gradient -> gradient);
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      double[] ofReading = HostArrays.doubles(epsilon);
      gradients.values().forEach(sum -> sum.assign(0));
      int group = group(train, synapse.outputShape().neurons());
      for (int first = 0; first < train.minibatch(); first += group) {
        int samples = Math.min(group, train.minibatch() - first);
        back(first, samples, ofReading, input.dataType(), gradients, inputGradient);
      }
    }
    return inputGradient.finish();
  }

  private static int group(SpikeTrain train, int outputs) {
    long larger = Math.max(train.shape().neurons(), outputs);
    return (int) Math.max(1, BLOCK_SIZE / (train.steps() * larger));
  }

  /** The backward pass for a group of samples. */
  private void back(
      int first,
      int samples,
      double[] ofReading,
      DataType type,
      Map<String, INDArray> gradients,
      InputGradient inputGradient) {
    SpikeTrain train = below.train();
    int steps = train.steps();
    Map<String, INDArray> parts = new HashMap<>();
    // Only those that the layer has; a frozen layer has none.
    parts.put(DenseSynapse.WEIGHT, Nd4j.create(type, synapse.weights().shape(), 'c'));
    if (synapse.bias() != null) {
      parts.put(DenseSynapse.BIAS, Nd4j.create(type, synapse.bias().shape(), 'c'));
    }
    try (INDArray currents = currentGradient(first, samples, ofReading, type);
        INDArray frames = DenseFrames.of(train, first, samples, 0, steps, type)) {
      if (inputGradient.isWanted()) {
        try (INDArray block =
            synapse.backprop(frames, currents, parts, LayerWorkspaceMgr.noWorkspaces())) {
          inputGradient.add(first, 0, steps, block);
        }
      } else {
        synapse.backpropParameters(frames, currents, parts);
      }
    }
    gradients.forEach((name, sum) -> sum.addi(parts.get(name)));
    parts.values().forEach(INDArray::close);
  }

  /** ∂L/∂c[t] of a group of samples, [samples · T, n]. */
  private INDArray currentGradient(int first, int samples, double[] ofReading, DataType type) {
    int steps = below.train().steps();
    int neurons = synapse.outputShape().neurons();
    IntegratorAdjoint adjoint =
        new IntegratorAdjoint(neurons, steps, settings.decays(), settings.reads());
    double[] values = new double[samples * steps * neurons];
    for (int k = 0; k < samples; k++) {
      adjoint.back(
          first + k, lengths[first + k], counted[first + k], ofReading, maxima, values, k * steps);
    }
    INDArray gradient = Nd4j.createUninitialized(type, new long[] {samples * steps, neurons}, 'c');
    try (INDArray exact = Nd4j.createFromArray(values)) {
      return gradient.assign(exact.reshape('c', gradient.shape()));
    }
  }
}
