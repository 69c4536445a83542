package org.dl4jsnn.internal.layer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.gradient.InputGradient;
import org.dl4jsnn.gradient.LayerPass;
import org.dl4jsnn.gradient.StepGradient;
import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.simulate.DenseFrames;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The backward pass of a layer without neurons, whose graded spikes are its currents: through the
 * synapses alone (equation 96 of docs/mathematics.md), in time a few samples at a time.
 */
record CurrentGradient(InputCurrents currents, SpikeTrain input) {

  /** The size of the larger of the arrays that the synapses take at once. */
  private static final int BLOCK_SIZE = 1 << 23;

  /**
   * Writes the gradients of the parameters; returns the gradient of the input's rates.
   *
   * @param known what is known in time; empty if all readers know rates alone
   */
  INDArray backprop(LayerPass pass, Optional<SpikeGradient> known, INDArray rateGradient) {
    return known.isEmpty() ? pass.propagate(rateGradient) : inTime(pass, known, rateGradient);
  }

  @SuppressWarnings("try") // the scope is entered and left, not read
  private INDArray inTime(LayerPass pass, Optional<SpikeGradient> known, INDArray rateGradient) {
    Synapse synapse = currents.synapse();
    InputGradient inputGradient = pass.inputGradient();
    Map<String, INDArray> sums = pass.parameterGradients();
    try (StepGradient gradient = new StepGradient(known, rateGradient, input.steps());
        MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      Map<String, INDArray> parts = new HashMap<>();
      sums.forEach((name, sum) -> parts.put(name, Nd4j.create(sum.dataType(), sum.shape(), 'c')));
      sums.values().forEach(sum -> sum.assign(0));
      int larger = Math.max(synapse.outputShape().neurons(), input.shape().neurons());
      int group = (int) Math.max(1, BLOCK_SIZE / ((long) input.steps() * larger));
      for (int first = 0; first < input.minibatch(); first += group) {
        int samples = Math.min(group, input.minibatch() - first);
        group(synapse, first, samples, gradient, rateGradient.dataType(), parts, inputGradient);
        parts.forEach((name, part) -> sums.get(name).addi(part));
      }
      parts.values().forEach(INDArray::close);
    }
    return inputGradient.finish();
  }

  private void group(
      Synapse synapse,
      int first,
      int samples,
      StepGradient gradient,
      DataType type,
      Map<String, INDArray> parts,
      InputGradient inputGradient) {
    int steps = input.steps();
    long[] rows = synapse.outputShape().arrayShape(samples * steps);
    try (INDArray ofCurrents = Nd4j.createUninitialized(type, rows, 'c');
        INDArray frames = DenseFrames.of(input, first, samples, 0, steps, type)) {
      ParallelSamples.run(
          samples,
          () -> {
            StepGradient.Reader reader = gradient.reader();
            ArrayRuns to = new ArrayRuns(ofCurrents);
            double[] values = new double[synapse.outputShape().neurons()];
            return sample -> {
              for (int step = 0; step < steps; step++) {
                reader.read(first + sample, step, values);
                to.write((sample * steps + step) * values.length, values);
              }
            };
          });
      HostArrays.written(ofCurrents);
      if (inputGradient.isWanted()) {
        try (INDArray below =
            synapse.backprop(frames, ofCurrents, parts, LayerWorkspaceMgr.noWorkspaces())) {
          inputGradient.add(first, 0, steps, below);
        }
      } else {
        synapse.backpropParameters(frames, ofCurrents, parts);
      }
    }
  }
}
