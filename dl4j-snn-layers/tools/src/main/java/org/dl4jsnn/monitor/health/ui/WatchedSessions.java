package org.dl4jsnn.monitor.health.ui;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.live.LiveSpikes;

/** The trainings in attached storages that report their spiking layers. Thread-safe. */
final class WatchedSessions {

  /** The reports of a training, in order, and its latest response to its sample. */
  record Session(String name, List<EpochHealth> epochs, Optional<LiveSpikes> live) {}

  private final List<StatsStorage> storages = new CopyOnWriteArrayList<>();

  void attach(StatsStorage storage) {
    storages.add(storage);
  }

  void detach(StatsStorage storage) {
    storages.remove(storage);
  }

  /** Their names, in alphabetical order. */
  Collection<String> names() {
    Collection<String> names = new TreeSet<>();
    for (StatsStorage storage : storages) {
      for (String session : storage.listSessionIDs()) {
        if (lastTime(storage, session).isPresent()) {
          names.add(session);
        }
      }
    }
    return names;
  }

  /** The training that reported last. */
  Optional<Session> newest() {
    return names().stream()
        // A storage may be detached at any time.
        .max(Comparator.comparingLong(name -> lastTime(name).orElse(Long.MIN_VALUE)))
        .map(this::session);
  }

  /** The training with a given name. */
  Optional<Session> find(String name) {
    return names().contains(name) ? Optional.of(session(name)) : Optional.empty();
  }

  private OptionalLong lastTime(String session) {
    return storages.stream().flatMapToLong(storage -> lastTime(storage, session).stream()).max();
  }

  private static OptionalLong lastTime(StatsStorage storage, String session) {
    return newest(storage, session).stream().mapToLong(Persistable::getTimeStamp).max();
  }

  /** The newest update of a session in a storage. */
  private static List<Persistable> newest(StatsStorage storage, String session) {
    List<Persistable> newest = new ArrayList<>();
    List<String> types = storage.listTypeIDsForSession(session);
    if (types.contains(HealthUpdate.TYPE)) {
      newest.addAll(storage.getLatestUpdateAllWorkers(session, HealthUpdate.TYPE));
    }
    if (types.contains(LiveUpdate.TYPE)) {
      newest.addAll(storage.getAllStaticInfos(session, LiveUpdate.TYPE));
    }
    return newest;
  }

  private Session session(String name) {
    List<HealthUpdate> reports = new ArrayList<>();
    List<LiveUpdate> seen = new ArrayList<>();
    for (StatsStorage storage : storages) {
      for (Persistable update : storage.getAllUpdatesAfter(name, HealthUpdate.TYPE, 0)) {
        reports.add((HealthUpdate) update);
      }
      newest(storage, name).stream()
          .filter(LiveUpdate.class::isInstance)
          .forEach(update -> seen.add((LiveUpdate) update));
    }
    return new Session(
        name,
        epochs(reports),
        seen.stream()
            .max(Comparator.comparingLong(LiveUpdate::getTimeStamp))
            .map(LiveUpdate::seen));
  }

  /** One report per epoch: a later one of an epoch replaces it and those after it. */
  private static List<EpochHealth> epochs(List<HealthUpdate> reports) {
    NavigableMap<Integer, EpochHealth> epochs = new TreeMap<>();
    reports.stream()
        .sorted(Comparator.comparingLong(HealthUpdate::getTimeStamp))
        .map(HealthUpdate::epoch)
        .forEach(
            epoch -> {
              epochs.tailMap(epoch.epoch(), true).clear();
              epochs.put(epoch.epoch(), epoch);
            });
    return List.copyOf(epochs.values());
  }
}
