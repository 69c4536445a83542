package org.dl4jsnn.monitor.health.ui;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageEvent;
import org.deeplearning4j.ui.api.HttpMethod;
import org.deeplearning4j.ui.api.Route;
import org.deeplearning4j.ui.api.UIModule;
import org.deeplearning4j.ui.i18n.I18NResource;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.health.HealthPage;

/**
 * A page of Deeplearning4j's UI: /spiking shows the training reported last, /spiking/SESSION that
 * of a {@link HealthRouter}'s session. Made by the UI when it starts.
 */
public final class HealthModule implements UIModule {

  private static final int REFRESH_SECONDS = 10;
  private static final String ADDRESS = "/spiking";

  private final List<StatsStorage> storages = new CopyOnWriteArrayList<>();

  /** A module that nothing is attached to yet. */
  public HealthModule() {}

  @Override
  public List<String> getCallbackTypeIDs() {
    return List.of(HealthUpdate.TYPE);
  }

  @Override
  public List<Route> getRoutes() {
    return List.of(
        new Route(ADDRESS, HttpMethod.GET, (none, request) -> answer(request, any -> true)),
        new Route(
            ADDRESS + "/:session",
            HttpMethod.GET,
            (names, request) -> answer(request, names.get(0)::equals)));
  }

  @Override
  public void reportStorageEvents(Collection<StatsStorageEvent> events) {
    // Storages are read when a page is asked for.
  }

  @Override
  public void onAttach(StatsStorage storage) {
    storages.add(storage);
  }

  @Override
  public void onDetach(StatsStorage storage) {
    storages.remove(storage);
  }

  @Override
  public List<I18NResource> getInternationalizationResources() {
    return List.of();
  }

  private void answer(RoutingContext request, Predicate<String> session) {
    request
        .response()
        .putHeader("content-type", "text/html; charset=utf-8")
        .end(HealthPage.refreshing(newest(session), REFRESH_SECONDS));
  }

  /** The reports of the session, among some, that was reported to last. */
  private List<EpochHealth> newest(Predicate<String> session) {
    List<HealthUpdate> newest = List.of();
    for (StatsStorage storage : storages) {
      for (String name : storage.listSessionIDs()) {
        List<HealthUpdate> updates = session.test(name) ? updates(storage, name) : List.of();
        if (!updates.isEmpty() && (newest.isEmpty() || time(updates) >= time(newest))) {
          newest = updates;
        }
      }
    }
    return newest.stream().map(HealthUpdate::epoch).toList();
  }

  private static List<HealthUpdate> updates(StatsStorage storage, String session) {
    List<HealthUpdate> updates = new ArrayList<>();
    if (storage.listTypeIDsForSession(session).contains(HealthUpdate.TYPE)) {
      for (Persistable update : storage.getAllUpdatesAfter(session, HealthUpdate.TYPE, 0)) {
        updates.add((HealthUpdate) update);
      }
      updates.sort(Comparator.comparingLong(HealthUpdate::getTimeStamp));
    }
    return updates;
  }

  private static long time(List<HealthUpdate> updates) {
    return updates.get(updates.size() - 1).getTimeStamp();
  }
}
