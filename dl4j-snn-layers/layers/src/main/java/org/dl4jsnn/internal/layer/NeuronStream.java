package org.dl4jsnn.internal.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.StateVariable;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The state of a spiking layer's neurons from call to call. In Deeplearning4j's form it is one
 * array per state variable, by its name, [minibatch, n] or [minibatch, channels, height, width], in
 * double precision, which holds every state exactly.
 */
final class NeuronStream {

  private NeuronStream() {}

  /** A state and the shape of its neurons, which is null before the first step. */
  record Carried(NeuronState state, FeatureShape shape) {}

  /** A stream that has not begun, of the current neurons. */
  static Stream<Carried> of(LayerSettings settings, Supplier<NeuronDynamics> neuron) {
    return new Stream<>(
        settings::name,
        new Carried(NeuronState.atRest(), null),
        carried -> arrays(carried, neuron),
        arrays -> state(arrays, neuron.get()));
  }

  /**
   * Checks that the state before the next piece belongs to the layer's neurons. As many numbers are
   * not enough: on other axes they would be those of other neurons.
   *
   * @throws IllegalArgumentException if it has another shape
   */
  static void requireOf(Carried carried, FeatureShape neurons) {
    Require.not(
        !carried.state().isAtRest() && !neurons.equals(carried.shape()),
        "state must have the axes of the layer's neurons, [minibatch, %s], got"
            + " [minibatch, %s]",
        neurons,
        carried.shape());
  }

  private static Map<String, INDArray> arrays(Carried carried, Supplier<NeuronDynamics> neuron) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    if (carried.state().isAtRest()) {
      return arrays;
    }
    List<StateVariable> variables = neuron.get().variables();
    int minibatch = carried.state().minibatch();
    for (int k = 0; k < variables.size(); k++) {
      double[] numbers = new double[minibatch * carried.shape().neurons()];
      for (int sample = 0; sample < minibatch; sample++) {
        double[] values = carried.state().variable(sample, k);
        for (int i = 0; i < values.length; i++) {
          numbers[sample * values.length + carried.shape().arrayIndex(i)] = values[i];
        }
      }
      arrays.put(
          variables.get(k).name(),
          Nd4j.createFromArray(numbers).reshape('c', carried.shape().arrayShape(minibatch)));
    }
    return arrays;
  }

  private static Carried state(Map<String, INDArray> arrays, NeuronDynamics dynamics) {
    arrays.forEach((name, array) -> Require.given("state variable " + name, array));
    List<String> names = dynamics.variables().stream().map(StateVariable::name).toList();
    Require.not(
        arrays.size() != names.size() || !arrays.keySet().containsAll(names),
        "state must have the variables %s, got %s",
        names,
        arrays.keySet());
    FeatureShape shape = FeatureShapes.ofSamples(arrays.get(names.get(0)));
    int minibatch = Math.toIntExact(arrays.get(names.get(0)).size(0));
    double[][][] values = new double[minibatch][names.size()][shape.neurons()];
    for (int k = 0; k < names.size(); k++) {
      INDArray array = arrays.get(names.get(k));
      Require.not(
          !shape.equals(FeatureShapes.ofSamples(array)) || array.size(0) != minibatch,
          "state variables must have the same shape, got %s of another",
          names.get(k));
      double[] numbers = array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
      for (int sample = 0; sample < minibatch; sample++) {
        for (int i = 0; i < shape.neurons(); i++) {
          values[sample][k][i] = numbers[sample * shape.neurons() + shape.arrayIndex(i)];
        }
      }
    }
    NeuronState state = NeuronState.of(values);
    state.requireOf(dynamics, minibatch, shape.neurons());
    return new Carried(state, shape);
  }
}
