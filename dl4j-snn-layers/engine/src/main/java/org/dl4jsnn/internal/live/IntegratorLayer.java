package org.dl4jsnn.internal.live;

import java.util.List;
import org.dl4jsnn.internal.host.IntegratorState;
import org.dl4jsnn.internal.host.LeakyIntegrators;
import org.dl4jsnn.spike.SpikeEvents;

/** Leaky integrators without firing. */
public record IntegratorLayer(LeakyIntegrators integrators) implements LiveLayer {

  @Override
  public LivePart atRest() {
    return new Live();
  }

  @Override
  public PartScratch newScratch() {
    return PartScratch.withoutSpikes();
  }

  /** The integrators of a stream. */
  public final class Live implements LivePart {

    private LeakyIntegrators.Membrane membrane = integrators.membrane(IntegratorState.atRest());

    @Override
    public void step(PartScratch scratch, List<SpikeEvents> inputs, boolean checked) {
      membrane.step(inputs.get(0));
    }

    /** What is read after the steps so far; of a course, its last value. */
    public double[] reading() {
      return membrane.reading();
    }

    @Override
    public boolean isAtRest() {
      return membrane.isAtRest();
    }

    @Override
    public void skip(long steps) {
      membrane.skip(steps);
    }

    @Override
    public void set(LivePart other) {
      membrane.set(((Live) other).membrane);
    }

    @Override
    public PartState save() {
      return PartState.of(membrane.state());
    }

    @Override
    public void restore(PartState state) {
      membrane = integrators.membrane(state.integrators());
    }
  }
}
