package org.dl4jsnn.monitor.health;

import java.util.List;
import java.util.TreeMap;

/** The reports of a training, one per epoch. */
final class Reports {

  private final TreeMap<Integer, EpochHealth> epochs = new TreeMap<>();

  Reports(List<EpochHealth> earlier) {
    earlier.forEach(epoch -> epochs.put(epoch.epoch(), epoch));
  }

  /** Adds a report; removes those of this and later epochs, which an abandoned training left. */
  List<EpochHealth> with(EpochHealth epoch) {
    epochs.tailMap(epoch.epoch()).clear();
    epochs.put(epoch.epoch(), epoch);
    return List.copyOf(epochs.values());
  }
}
