package org.dl4jsnn.internal.live;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.charge.RecurrentCharge;
import org.dl4jsnn.internal.kernel.FiniteMembrane;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.StateVariable;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;

/**
 * Neurons that move at every step, by their definition: synaptic currents, adaptation, recurrence
 * and custom neurons. All of them take every step, in place, until steps without events change
 * nothing any more.
 */
public final class SteppedLayer implements LiveLayer {

  private static final int CHARGED = 0;

  /** Steps without events between two looks at whether they change anything. */
  private static final int STEPS_OF_A_LOOK = 64;

  private final FeatureShape shape;
  private final NeuronDynamics dynamics;
  private final Charges charges;
  private final RecurrentCharge recurrence;

  /** At rest; holds the parameters for all streams. */
  private final Neurons first;

  /** The variable of the membrane potential; the charged variable if none is named so. */
  private final int membrane;

  public SteppedLayer(
      FeatureShape shape, NeuronDynamics dynamics, Charges charges, RecurrentCharge recurrence) {
    this.shape = shape;
    this.dynamics = dynamics;
    this.charges = charges;
    this.recurrence = recurrence;
    this.first = Neurons.of(dynamics, shape.neurons(), shape.channels());
    this.membrane = Math.max(CHARGED, StateVariable.membrane(dynamics.variables()));
  }

  @Override
  public LivePart atRest() {
    return new Live();
  }

  @Override
  public PartScratch newScratch() {
    return PartScratch.ofValues(shape, charges.get());
  }

  private final class Live implements LivePart {

    private final Neurons neurons = first.copy();

    /** Steps without events and spikes so far. */
    private int silent;

    private boolean isAtRest;

    /** The state before the step that is looked at; made on demand, and then kept. */
    private float[][] before;

    @Override
    public void step(PartScratch scratch, List<SpikeEvents> inputs, boolean checked) {
      SpikeEvents events = inputs.get(0);
      if (isAtRest && events.size() == 0) {
        return;
      }
      isAtRest = false;
      boolean looks = silent == STEPS_OF_A_LOOK && events.size() == 0;
      if (looks) {
        if (before == null) {
          before = new float[first.variables()][shape.neurons()];
        }
        neurons.copyTo(before);
      }
      float[] charged = neurons.variable(CHARGED);
      scratch.charge.charge(events, charged);
      if (checked) {
        requireFinite(charged);
        requireFinite(neurons.variable(membrane));
      }
      dynamics.excess(neurons, scratch.values);
      fire(scratch.values, scratch.fired);
      dynamics.reset(neurons);
      recurrence.charge(neurons, charged);
      boolean isSilent = events.size() == 0 && neurons.firedCount() == 0;
      silent = isSilent && silent < STEPS_OF_A_LOOK ? silent + 1 : 0;
      isAtRest = looks && isSilent && isAsBefore();
    }

    private boolean isAsBefore() {
      for (int k = 0; k < before.length; k++) {
        if (!Arrays.equals(before[k], neurons.variable(k))) {
          return false;
        }
      }
      return true;
    }

    private void fire(float[] excess, SpikeEvents fired) {
      neurons.clearFired();
      for (int neuron = 0; neuron < excess.length; neuron++) {
        if (excess[neuron] > 0) {
          neurons.fire(neuron);
          int position = neuron / shape.channels();
          fired.add(position, neuron - position * shape.channels(), 1);
        }
      }
    }

    private void requireFinite(float[] values) {
      for (int neuron = 0; neuron < values.length; neuron++) {
        if (!Float.isFinite(values[neuron])) {
          FiniteMembrane.require("membrane potentials", values[neuron], shape, neuron, 0, 0);
        }
      }
    }

    @Override
    public boolean isAtRest() {
      return isAtRest;
    }

    @Override
    public void skip(long steps) {
      // At rest nothing moves.
    }

    @Override
    public void set(LivePart other) {
      Live that = (Live) other;
      neurons.set(that.neurons);
      silent = that.silent;
      isAtRest = that.isAtRest;
    }

    @Override
    public PartState save() {
      float[][] saved = new float[first.variables()][shape.neurons()];
      neurons.copyTo(saved);
      return PartState.of(NeuronState.ofSingles(new float[][][] {saved}));
    }

    @Override
    public void restore(PartState state) {
      neurons.start(state.neurons().singles(0));
      silent = 0;
      isAtRest = false;
    }
  }
}
