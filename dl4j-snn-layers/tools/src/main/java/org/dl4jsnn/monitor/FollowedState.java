package org.dl4jsnn.monitor;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.internal.host.IntegratorState;
import org.dl4jsnn.internal.layer.LeakyReadOutLayer;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.StateVariable;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.SimulatedWindow;

/**
 * The state of some neurons of a layer, in the order of arrays, at every step, after charging and
 * before firing: the values of their variables, [variable][minibatch][neuron][T], the membranes
 * that are compared with the thresholds, [minibatch][neuron][T], and the thresholds,
 * [minibatch][neuron][T], or [1] where they stay the same; null for integrators, which have none.
 */
record FollowedState(
    int[] neurons,
    List<String> names,
    float[][][][] values,
    float[][][] membranes,
    float[][][] thresholds) {

  /** The name of β's variable in a read-out. */
  private static final String CURRENT = "synaptic current";

  /** Follows neurons by a replay of their layer. */
  static FollowedState of(SimulatedWindow window, int[] neurons) {
    SpikeTrain output = window.output();
    NeuronDynamics dynamics = window.neuron();
    List<String> names = dynamics.variables().stream().map(StateVariable::name).toList();
    FollowedState state =
        empty(neurons, names, output, new float[output.minibatch()][neurons.length][1]);
    int[] places = IntStream.of(neurons).map(output.shape()::neuronIndex).toArray();
    Supplier<StepCharge> charges = MembraneReplay.charges(window.synapse());
    Supplier<IntConsumer> newTask =
        () -> {
          MembraneReplay replay = new MembraneReplay(window, charges.get());
          float[] membrane = new float[output.shape().neurons()];
          float[] threshold = new float[output.shape().neurons()];
          return sample ->
              replay.run(
                  sample,
                  0,
                  output.steps(),
                  replay.start(sample),
                  (step, followed) -> {
                    dynamics.compare(followed, membrane, threshold);
                    state.note(sample, step, followed, places, membrane, threshold);
                  });
        };
    ParallelSamples.run(output.minibatch(), newTask);
    return state;
  }

  /** Follows the integrators of a read-out. */
  static FollowedState of(LeakyReadOutLayer readOut, SpikeTrain arriving, int[] neurons) {
    boolean isSynaptic = readOut.hasSynapticCurrent();
    List<String> names =
        isSynaptic ? List.of(CURRENT, StateVariable.MEMBRANE) : List.of(StateVariable.MEMBRANE);
    FollowedState state = empty(neurons, names, arriving, null);
    readOut.follow(
        IntegratorState.atRest(),
        arriving,
        (sample, step, current, membrane, reading) -> {
          for (int row = 0; row < neurons.length; row++) {
            if (isSynaptic) {
              state.values[0][sample][row][step] = (float) current[neurons[row]];
            }
            state.membranes[sample][row][step] = (float) membrane[neurons[row]];
          }
        });
    return state;
  }

  /** The membrane potential is the variable of that name, if there is one. */
  private static FollowedState empty(
      int[] neurons, List<String> names, SpikeTrain train, float[][][] thresholds) {
    int minibatch = train.minibatch();
    float[][][] membranes = new float[minibatch][neurons.length][train.steps()];
    float[][][][] values = new float[names.size()][][][];
    for (int k = 0; k < values.length; k++) {
      values[k] =
          names.get(k).equals(StateVariable.MEMBRANE)
              ? membranes
              : new float[minibatch][neurons.length][train.steps()];
    }
    return new FollowedState(neurons, names, values, membranes, thresholds);
  }

  private void note(
      int sample, int step, Neurons followed, int[] places, float[] membrane, float[] threshold) {
    for (int k = 0; k < values.length; k++) {
      float[] variable = followed.variable(k);
      for (int row = 0; row < places.length && values[k] != membranes; row++) {
        values[k][sample][row][step] = variable[places[row]];
      }
    }
    for (int row = 0; row < places.length; row++) {
      membranes[sample][row][step] = membrane[places[row]];
      note(thresholds[sample], row, step, threshold[places[row]]);
    }
  }

  /** Most thresholds stay the same; one that changes gets an array of its own. */
  private void note(float[][] ofSample, int row, int step, float threshold) {
    float[] known = ofSample[row];
    if (step == 0) {
      known[0] = threshold;
    } else if (known.length > 1) {
      known[step] = threshold;
    } else if (known[0] != threshold) {
      float[] each = new float[membranes[0][row].length];
      Arrays.fill(each, 0, step, known[0]);
      each[step] = threshold;
      ofSample[row] = each;
    }
  }
}
