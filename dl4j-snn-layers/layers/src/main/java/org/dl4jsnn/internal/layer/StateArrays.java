package org.dl4jsnn.internal.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.StateVariable;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The state of a layer's neurons in Deeplearning4j's form: one array per state variable, by its
 * name, [minibatch, n] or [minibatch, channels, height, width], in double precision, which holds
 * every state exactly.
 */
final class StateArrays {

  private StateArrays() {}

  static Map<String, INDArray> of(NeuronState state, NeuronDynamics neuron, FeatureShape shape) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    if (state.isAtRest()) {
      return arrays;
    }
    List<StateVariable> variables = neuron.variables();
    int minibatch = state.minibatch();
    for (int k = 0; k < variables.size(); k++) {
      double[] numbers = new double[minibatch * shape.neurons()];
      for (int sample = 0; sample < minibatch; sample++) {
        double[] values = state.variable(sample, k);
        for (int i = 0; i < values.length; i++) {
          numbers[sample * values.length + shape.arrayIndex(i)] = values[i];
        }
      }
      arrays.put(
          variables.get(k).name(),
          Nd4j.createFromArray(numbers).reshape('c', shape.arrayShape(minibatch)));
    }
    return arrays;
  }

  /**
   * A state from arrays.
   *
   * @throws IllegalArgumentException if they do not match the neuron's state variables, or differ
   *     in shape
   */
  static NeuronState state(Map<String, INDArray> arrays, NeuronDynamics neuron) {
    List<String> names = neuron.variables().stream().map(StateVariable::name).toList();
    if (arrays.size() != names.size() || !arrays.keySet().containsAll(names)) {
      throw new IllegalArgumentException(
          "state must have the variables " + names + ", got " + arrays.keySet());
    }
    FeatureShape shape = shape(arrays, neuron);
    int minibatch = Math.toIntExact(arrays.get(names.get(0)).size(0));
    double[][][] values = new double[minibatch][names.size()][shape.neurons()];
    for (int k = 0; k < names.size(); k++) {
      INDArray array = arrays.get(names.get(k));
      if (!shape.equals(FeatureShapes.ofSamples(array)) || array.size(0) != minibatch) {
        throw new IllegalArgumentException(
            "state variables must have the same shape, got " + names.get(k) + " of another");
      }
      double[] numbers = array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
      for (int sample = 0; sample < minibatch; sample++) {
        for (int i = 0; i < shape.neurons(); i++) {
          values[sample][k][i] = numbers[sample * shape.neurons() + shape.arrayIndex(i)];
        }
      }
    }
    NeuronState state = NeuronState.of(values);
    state.requireOf(neuron, minibatch, shape.neurons());
    return state;
  }

  static FeatureShape shape(Map<String, INDArray> arrays, NeuronDynamics neuron) {
    return FeatureShapes.ofSamples(arrays.get(neuron.variables().get(0).name()));
  }
}
