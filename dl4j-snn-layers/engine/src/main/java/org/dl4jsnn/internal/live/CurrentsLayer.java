package org.dl4jsnn.internal.live;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.internal.FiniteFlow;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;

/** Synapses that pass on their currents as graded spikes, without neurons. */
public record CurrentsLayer(FeatureShape shape, Charges charges, boolean hasBias)
    implements StatelessLayer {

  @Override
  public PartScratch newScratch() {
    return PartScratch.ofValues(shape, charges.get());
  }

  @Override
  public void run(PartScratch scratch, List<SpikeEvents> inputs) {
    if (inputs.get(0).size() > 0 || hasBias) {
      Arrays.fill(scratch.values, 0);
      scratch.charge.charge(inputs.get(0), scratch.values);
      FiniteFlow.require(scratch.values, shape.neurons(), "currents that are too large");
      scratch.fired.set(scratch.values);
    }
  }

  @Override
  public boolean isSilentWithoutEvents() {
    return !hasBias;
  }
}
