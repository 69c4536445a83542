package org.dl4jsnn.property;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.dl4jsnn.internal.simulate.EventDrivenEngine;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.dl4jsnn.synapse.Synapse;

/**
 * A membrane potential that is larger than all before it. A neuron whose threshold is exactly this
 * does not fire up to that step, and one whose threshold is the next lower number fires there:
 * different rounding is detected.
 *
 * @param neuron which neuron, in the order of position and channel
 * @param step when
 * @param membrane the potential, positive
 */
record Tie(int neuron, int step, float membrane) {

  /** Higher than any membrane, so that nothing fires. */
  private static final double UNREACHED = 1e9;

  /** Follows the first sample; empty where no membrane rises above zero. */
  static Optional<Tie> find(Synapse synapse, SpikingNeuron neuron, SpikeTrain input, long seed) {
    SpikingNeuron silent = neuron.withThreshold(UNREACHED);
    SpikeTrain output = new EventDrivenEngine().simulate(synapse, silent, input);
    MembraneReplay replay =
        new MembraneReplay(
            new SimulatedWindow(synapse, silent, input, output),
            MembraneReplay.charges(synapse).get());
    float[] highest = new float[output.shape().neurons()];
    Arrays.fill(highest, (float) Math.max(0, neuron.initialMembrane()));
    Random random = new Random(seed);
    Search search = new Search();
    replay.run(
        0,
        0,
        input.steps(),
        replay.start(0),
        (step, neurons) -> {
          float[] membrane = neurons.variable(0);
          for (int i = 0; i < membrane.length; i++) {
            if (membrane[i] > highest[i]) {
              highest[i] = membrane[i];
              search.offer(new Tie(i, step, membrane[i]), random);
            }
          }
        });
    return Optional.ofNullable(search.chosen);
  }

  /** Chooses one of many, all equally likely. */
  private static final class Search {

    private int offered;
    private Tie chosen;

    void offer(Tie tie, Random random) {
      offered++;
      if (random.nextInt(offered) == 0) {
        chosen = tie;
      }
    }
  }
}
