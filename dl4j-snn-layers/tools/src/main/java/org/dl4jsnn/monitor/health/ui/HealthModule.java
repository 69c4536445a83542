package org.dl4jsnn.monitor.health.ui;

import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageEvent;
import org.deeplearning4j.ui.api.HttpMethod;
import org.deeplearning4j.ui.api.Route;
import org.deeplearning4j.ui.api.UIModule;
import org.deeplearning4j.ui.i18n.I18NResource;

/**
 * A page of Deeplearning4j's UI: /spiking shows the training that reported last, /spiking/SESSION
 * the session of a {@link SpikingRouter}; {@code ?layer=NAME} selects the layer whose spikes are
 * shown. Created by the UI at its start.
 */
public final class HealthModule implements UIModule {

  private static final int NOT_FOUND = 404;

  private final WatchedSessions sessions = new WatchedSessions();

  /** Creates a module without storages. */
  public HealthModule() {}

  @Override
  public List<String> getCallbackTypeIDs() {
    return List.of(HealthUpdate.TYPE);
  }

  @Override
  public List<Route> getRoutes() {
    return List.of(
        new Route(
            SpikingPage.ADDRESS,
            HttpMethod.GET,
            (none, request) -> answer(request, sessions.newest())),
        new Route(
            SpikingPage.ADDRESS + "/:session",
            HttpMethod.GET,
            (names, request) -> answer(request, names.get(0))));
  }

  @Override
  public void reportStorageEvents(Collection<StatsStorageEvent> events) {
    // Storages are read when a page is requested.
  }

  @Override
  public void onAttach(StatsStorage storage) {
    sessions.attach(storage);
  }

  @Override
  public void onDetach(StatsStorage storage) {
    sessions.detach(storage);
  }

  @Override
  public List<I18NResource> getInternationalizationResources() {
    return List.of();
  }

  private void answer(RoutingContext request, String name) {
    Optional<WatchedSessions.Session> session = sessions.find(name);
    if (session.isEmpty()) {
      request.response().setStatusCode(NOT_FOUND);
    }
    answer(request, session);
  }

  private void answer(RoutingContext request, Optional<WatchedSessions.Session> session) {
    SpikingPage page =
        new SpikingPage(session, sessions.names(), request.request().getParam("layer"));
    request.response().putHeader("content-type", "text/html; charset=utf-8").end(page.html());
  }
}
