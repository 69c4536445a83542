package org.dl4jsnn.examples.ui;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.dl4jsnn.examples.support.ThisMachine;

/**
 * Additions to Deeplearning4j's pages: the link to /spiking, and when a training started and how
 * long it has run. The script that all pages load gets a few more lines. Requests must name {@link
 * ThisMachine}.
 */
record PageAdditions(InetAddress host, Supplier<List<StatsStorage>> storages) {
  private static final String SCRIPT = "js/train/train.js";
  private static final int BEFORE_OTHERS = -1;
  private static final int FIRST = -2;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  /** Adds them to a server's routes. */
  void addTo(Router router) {
    router.route().order(FIRST).handler(this::refuseOthers);
    router.get("/assets/" + SCRIPT).order(BEFORE_OTHERS).handler(PageAdditions::script);
    router.get("/train/:session/times").order(BEFORE_OTHERS).handler(this::times);
  }

  private void refuseOthers(RoutingContext request) {
    if (ThisMachine.mayBeAsked(host, request.request().host())) {
      request.next();
    } else {
      request.response().setStatusCode(FORBIDDEN).end();
    }
  }

  private static void script(RoutingContext request) {
    String stock =
        text(VertxUIServer.class.getClassLoader(), VertxUIServer.ASSETS_ROOT_DIRECTORY + SCRIPT);
    String more = text(PageAdditions.class.getClassLoader(), "org/dl4jsnn/examples/ui/pages.js");
    request
        .response()
        .putHeader("content-type", "application/javascript; charset=utf-8")
        .end(stock + more);
  }

  private static String text(ClassLoader loader, String name) {
    try (InputStream in = loader.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The class path must have " + name + ", and has not");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void times(RoutingContext request) {
    String session = request.pathParam("session");
    List<Persistable> updates = new ArrayList<>();
    for (StatsStorage storage : storages.get()) {
      // The storage pastes a session's name into SQL, so it may only be one that it has itself.
      if (storage.listSessionIDs().contains(session)) {
        updates.addAll(
            storage.getAllUpdatesAfter(session, StatsListener.TYPE_ID, StatsSession.WORKER, 0));
      }
    }
    TrainingTimes.of(updates)
        .ifPresentOrElse(
            times ->
                request
                    .response()
                    .putHeader("content-type", "application/json")
                    .end(times.json(ZoneId.systemDefault())),
            () -> request.response().setStatusCode(NOT_FOUND).end());
  }

  /**
   * The start and runtime of a training, for cells that Deeplearning4j's overview leaves empty.
   *
   * @param start the start of its first minibatch
   * @param runtime the time from then to its last point in the charts, without pauses between
   *     resumed runs
   */
  record TrainingTimes(Instant start, Duration runtime) {

    /** The overview's format for the time of the last update. */
    private static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /** The times of a session; empty if it has no points yet. */
    static Optional<TrainingTimes> of(Collection<? extends Persistable> updates) {
      List<StatsReport> reports =
          updates.stream()
              .filter(StatsReport.class::isInstance)
              .map(StatsReport.class::cast)
              .sorted(Comparator.comparingLong(StatsReport::getTimeStamp))
              .toList();
      if (reports.isEmpty()) {
        return Optional.empty();
      }
      long total = 0;
      long before = 0;
      long time = reports.get(0).getTimeStamp();
      for (StatsReport report : reports) {
        long run = report.getTotalRuntimeMs();
        // Every run of a training counts from 0. A resumed one may begin with a later point.
        boolean isNewRun = run < before || report.getTimeStamp() - run > time;
        total += isNewRun ? before : 0;
        before = run;
        time = report.getTimeStamp();
      }
      StatsReport first = reports.get(0);
      return Optional.of(
          new TrainingTimes(
              Instant.ofEpochMilli(first.getTimeStamp() - first.getTotalRuntimeMs()),
              Duration.ofMillis(total + before)));
    }

    /** As a JSON object: {@code start} in a time zone, and {@code runtime} as h:mm:ss. */
    String json(ZoneId zone) {
      return String.format(
          Locale.ROOT,
          "{\"start\":\"%s\",\"runtime\":\"%d:%02d:%02d\"}",
          FORMAT.format(start.atZone(zone)),
          runtime.toHours(),
          runtime.toMinutesPart(),
          runtime.toSecondsPart());
    }
  }
}
