package org.dl4jsnn.runtime;

import java.util.List;
import org.dl4jsnn.internal.host.HostLayer;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.live.LivePart;
import org.dl4jsnn.internal.live.PartScratch;
import org.dl4jsnn.internal.live.PartState;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** Neurons under a constant current, which is summed by itself before it charges them. */
final class ConstantPart implements LivePart {

  private final HostLayer layer;
  private final SpikeTrain anyStep;
  private PartState state = PartState.AT_REST;

  ConstantPart(HostLayer layer, SpikeTrain anyStep) {
    this.layer = layer;
    this.anyStep = anyStep;
  }

  @Override
  public void step(PartScratch scratch, List<SpikeEvents> inputs, boolean checked) {
    SimulationResult result = layer.simulate(state.neurons(), anyStep, Retention.END);
    state = PartState.of(result.end());
    result.spikes().read(0, 0, scratch.fired());
  }

  @Override
  public boolean isAtRest() {
    return false;
  }

  @Override
  public void skip(long steps) {
    throw new IllegalStateException("neurons under a constant current are never at rest");
  }

  @Override
  public void set(LivePart other) {
    state = other.save();
  }

  @Override
  public PartState save() {
    return state;
  }

  @Override
  public void restore(PartState saved) {
    state = saved;
  }
}
