package org.dl4jsnn.internal.live;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.internal.kernel.FiniteMembrane;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.NeuronLoop;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;

/**
 * (Leaky) integrate-and-fire neurons that are touched where events arrive. What nothing reaches
 * cannot fire, unless its potential is still above the threshold after a reset: such neurons are
 * armed. Their leak is one rounded multiplication per step, made up for when the next event
 * arrives, so all bits are those of neurons that leak at every step. A bias reaches all neurons at
 * every step.
 *
 * @param reach which positions an event reaches
 * @param hasBias whether every neuron gets a current at every step
 * @param charges the synapses
 * @param loop fires, resets and leaks
 */
public record LazyNeurons(
    FeatureShape shape,
    Reach reach,
    boolean hasBias,
    Charges charges,
    KernelNeuron rule,
    NeuronLoop loop)
    implements LiveLayer {

  @Override
  public LivePart atRest() {
    return new Live();
  }

  @Override
  public PartScratch newScratch() {
    return PartScratch.ofNeurons(shape, charges.get());
  }

  private final class Live implements LivePart {

    /** Potentials in order of position and channel. */
    private final float[] potentials = new float[shape.neurons()];

    /** The steps that the neurons of each position have taken; unused without leak. */
    private final long[] taken = new long[rule.leak() == 1 ? 0 : shape.positions()];

    /** A bit for every position with a neuron that fires without input. */
    private final long[] armed = new long[PartScratch.words(shape.positions())];

    private boolean isArmed;
    private long now;

    Live() {
      Arrays.fill(potentials, rule.initialMembrane());
      arm();
    }

    private void arm() {
      Arrays.fill(armed, 0);
      isArmed = false;
      for (int neuron = 0; neuron < potentials.length; neuron++) {
        if (potentials[neuron] > rule.threshold()) {
          int position = neuron / shape.channels();
          armed[position / Long.SIZE] |= 1L << position;
          isArmed = true;
        }
      }
    }

    @Override
    public void step(PartScratch scratch, List<SpikeEvents> inputs, boolean checked) {
      SpikeEvents events = inputs.get(0);
      if (events.size() == 0 && !hasBias && !isArmed) {
        now++;
        return;
      }
      long[] reached = scratch.reached;
      if (hasBias) {
        Arrays.fill(reached, -1);
        reached[reached.length - 1] = -1L >>> -shape.positions();
      } else {
        reach.mark(events, reached);
        for (int word = 0; isArmed && word < armed.length; word++) {
          reached[word] |= armed[word];
        }
      }
      if (taken.length > 0) {
        loop.catchUp(potentials, shape.channels(), reached, taken, now);
      }
      scratch.charge.charge(events, potentials);
      if (checked) {
        requireFinite(reached);
      }
      isArmed = loop.step(potentials, shape.channels(), reached, armed, scratch.fired);
      Arrays.fill(reached, 0);
      now++;
    }

    private void requireFinite(long[] positions) {
      for (int neuron = 0; neuron < potentials.length; neuron++) {
        if (!Float.isFinite(potentials[neuron])) {
          Arrays.fill(positions, 0);
          FiniteMembrane.require("membrane potentials", potentials[neuron], shape, neuron, 0, 0);
        }
      }
    }

    @Override
    public boolean isAtRest() {
      return !hasBias && !isArmed;
    }

    @Override
    public void skip(long steps) {
      now += steps;
    }

    @Override
    public void set(LivePart other) {
      Live that = (Live) other;
      System.arraycopy(that.potentials, 0, potentials, 0, potentials.length);
      System.arraycopy(that.taken, 0, taken, 0, taken.length);
      System.arraycopy(that.armed, 0, armed, 0, armed.length);
      isArmed = that.isArmed;
      now = that.now;
    }

    @Override
    public PartState save() {
      float[] saved = potentials.clone();
      for (int position = 0; position < taken.length; position++) {
        long missed = now - taken[position];
        if (missed > 0) {
          loop.leak(saved, position * shape.channels(), shape.channels(), missed);
        }
      }
      return PartState.of(NeuronState.ofSingles(new float[][][] {{saved}}));
    }

    @Override
    public void restore(PartState state) {
      NeuronState neurons = state.neurons();
      if (neurons.isAtRest()) {
        Arrays.fill(potentials, rule.initialMembrane());
      } else {
        System.arraycopy(neurons.singles(0)[0], 0, potentials, 0, potentials.length);
      }
      Arrays.fill(taken, 0);
      now = 0;
      arm();
    }
  }
}
