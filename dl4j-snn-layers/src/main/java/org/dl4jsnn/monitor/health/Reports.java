package org.dl4jsnn.monitor.health;

import java.util.List;
import java.util.TreeMap;

/** The reports of a training, one an epoch. */
final class Reports {

  private final TreeMap<Integer, EpochHealth> epochs = new TreeMap<>();

  Reports(List<EpochHealth> earlier) {
    earlier.forEach(epoch -> epochs.put(epoch.epoch(), epoch));
  }

  /** Adds one; those of this epoch and of later ones were of a training that went on otherwise. */
  List<EpochHealth> with(EpochHealth epoch) {
    epochs.tailMap(epoch.epoch()).clear();
    epochs.put(epoch.epoch(), epoch);
    return List.copyOf(epochs.values());
  }
}
