package org.dl4jsnn.balance;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.synapse.Synapse;

/** The controls of a network's weighted spiking layers; frozen layers have none. */
final class RateControls {

  /** Keyed by the layers' places. */
  private final SortedMap<Integer, RateControl> controls = new TreeMap<>();

  RateControls(List<NetworkPart> parts, Function<SpikingLayer, RateControl> newControl) {
    for (NetworkPart part : parts) {
      // Average pooling has neurons but no weights.
      if (!part.isFrozen()
          && part.layer() instanceof SpikingLayer layer
          && layer.paramTable().containsKey(Synapse.WEIGHT)) {
        part.inputs().forEach(below -> requireSpikes(part, parts, below));
        controls.put(part.place(), newControl.apply(layer));
      }
    }
    if (controls.isEmpty()) {
      throw new IllegalArgumentException(
          "network must hold at least one weighted spiking layer to balance, got none. Possible"
              + " cause: all are frozen, or the layers are stock ones");
    }
  }

  /** A layer that gets no spikes reports it, but does not know which vertex lost them. */
  private static void requireSpikes(NetworkPart part, List<NetworkPart> parts, int below) {
    if (below >= 0 && parts.get(below).layer() == null && !parts.get(below).combinesSpikes()) {
      throw new IllegalArgumentException(
          ("layer %s must get spikes to be balanced, got those of vertex %s, which passes"
                  + " rates on. Use SpikingAdd or SpikingConcatenate")
              .formatted(part, parts.get(below)));
    }
  }

  /** The control of a part, if it has one. */
  Optional<RateControl> of(NetworkPart part) {
    return Optional.ofNullable(controls.get(part.place()));
  }

  /** The place of the last layer with a control. */
  int last() {
    return controls.lastKey();
  }

  /** Restores all layers. */
  void turnBack() {
    controls.values().forEach(control -> control.turn(1));
  }
}
