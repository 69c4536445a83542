package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.function.Supplier;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The state of a spiking layer's neurons from call to call, in Deeplearning4j's form. */
final class NeuronStream {

  private final LayerSettings settings;
  private final Supplier<NeuronDynamics> neuron;
  private final CarriedState<NeuronState> carried = new CarriedState<>(NeuronState.atRest());

  /** The shape of the neurons; null before the first step. */
  private FeatureShape shape;

  /**
   * Creates a stream that has not begun.
   *
   * @param settings the layer's settings
   * @param neuron the current neurons
   */
  NeuronStream(LayerSettings settings, Supplier<NeuronDynamics> neuron) {
    this.settings = settings;
    this.neuron = neuron;
  }

  /** The state before the next piece. */
  NeuronState now() {
    return carried.now();
  }

  /**
   * Checks that the state before the next piece belongs to the layer's neurons. As many numbers are
   * not enough: on other axes they would be those of other neurons.
   *
   * @throws IllegalArgumentException if it has another shape
   */
  void requireOf(FeatureShape neurons) {
    if (!carried.now().isAtRest() && !neurons.equals(shape)) {
      throw new IllegalArgumentException(
          "state must have the axes of the layer's neurons, [minibatch, "
              + neurons
              + "], got [minibatch, "
              + shape
              + "]");
    }
  }

  /** Sets the state from which the next piece continues. */
  void goOnWith(NeuronState state, FeatureShape neurons) {
    shape = neurons;
    carried.goOnWith(state);
  }

  /** Leaves the state after a piece of training; it takes effect only once it is set. */
  void leave(NeuronState state, FeatureShape neurons) {
    shape = neurons;
    carried.leave(state);
  }

  Map<String, INDArray> arrays() {
    return StateArrays.of(carried.now(), neuron.get(), shape);
  }

  Map<String, INDArray> arraysAfterPiece() {
    return StateArrays.of(carried.afterPiece(), neuron.get(), shape);
  }

  /** Sets the state; an empty map or null means the state before the first step. */
  void set(Map<String, INDArray> arrays) {
    carried.goOnWith(state(arrays));
  }

  void setAfterPiece(Map<String, INDArray> arrays) {
    carried.leave(state(arrays));
  }

  private NeuronState state(Map<String, INDArray> arrays) {
    if (arrays == null || arrays.isEmpty()) {
      return NeuronState.atRest();
    }
    try {
      arrays.forEach((name, array) -> Require.given("state variable " + name, array));
      NeuronState state = StateArrays.state(arrays, neuron.get());
      shape = StateArrays.shape(arrays, neuron.get());
      return state;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(settings.name() + ": " + e.getMessage(), e);
    }
  }

  void clear() {
    carried.clear();
  }
}
