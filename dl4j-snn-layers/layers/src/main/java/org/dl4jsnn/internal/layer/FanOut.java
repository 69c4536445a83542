package org.dl4jsnn.internal.layer;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The number of neurons of a weighted layer that each input reaches. */
public final class FanOut {

  private FanOut() {}

  /**
   * Counts the neurons by sending ones backwards through weights of one. Through several arrays of
   * weights, as a custom layer may have, it counts the ways.
   *
   * @param parameters the layer's parameters; only their shapes matter
   * @return the number for every input, in order of arrays
   */
  public static double[] of(
      FeatureShape input,
      Map<String, INDArray> parameters,
      BiFunction<FeatureShape, Map<String, INDArray>, Synapse> synapses) {
    return of(input, parameters, synapses, w -> Nd4j.ones(w.dataType(), w.shape()));
  }

  /** Counts only the neurons that each input reaches through weights other than 0. */
  public static double[] ofNonZero(
      FeatureShape input,
      Map<String, INDArray> parameters,
      BiFunction<FeatureShape, Map<String, INDArray>, Synapse> synapses) {
    return of(input, parameters, synapses, w -> w.neq(0).castTo(w.dataType()));
  }

  @SuppressWarnings("try") // the scope is entered and left, not read
  private static double[] of(
      FeatureShape input,
      Map<String, INDArray> parameters,
      BiFunction<FeatureShape, Map<String, INDArray>, Synapse> synapses,
      UnaryOperator<INDArray> counted) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      Map<String, INDArray> ones = new HashMap<>();
      Map<String, INDArray> gradients = new HashMap<>();
      parameters.forEach(
          (name, values) -> {
            ones.put(name, counted.apply(values));
            gradients.put(name, values.like());
          });
      INDArray weights = parameters.get(Synapse.WEIGHT);
      Synapse synapse = synapses.apply(input, ones);
      INDArray flow = Nd4j.create(weights.dataType(), input.arrayShape(1));
      INDArray delta = Nd4j.ones(weights.dataType(), synapse.outputShape().arrayShape(1));
      return synapse
          .backprop(flow, delta, gradients, LayerWorkspaceMgr.noWorkspaces())
          .reshape(input.neurons())
          .toDoubleVector();
    }
  }
}
