package org.dl4jsnn.internal.live;

import java.util.List;
import org.dl4jsnn.spike.SpikeEvents;

/** A part without state: what a step passes on depends on nothing but its events. */
public interface StatelessLayer extends LiveLayer {

  /** Runs a step. */
  void run(PartScratch scratch, List<SpikeEvents> inputs);

  /** Whether steps without events pass nothing on. */
  default boolean isSilentWithoutEvents() {
    return true;
  }

  @Override
  default LivePart atRest() {
    return new LivePart() {
      @Override
      public void step(PartScratch scratch, List<SpikeEvents> inputs, boolean checked) {
        run(scratch, inputs);
      }

      @Override
      public boolean isAtRest() {
        return isSilentWithoutEvents();
      }

      @Override
      public void skip(long steps) {
        // No state.
      }

      @Override
      public void set(LivePart other) {
        // No state.
      }

      @Override
      public PartState save() {
        return PartState.AT_REST;
      }

      @Override
      public void restore(PartState state) {
        // No state.
      }
    };
  }
}
