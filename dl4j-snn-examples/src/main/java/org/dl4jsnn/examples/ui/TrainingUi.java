package org.dl4jsnn.examples.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.deeplearning4j.ui.model.stats.impl.DefaultStatsUpdateConfiguration;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.examples.support.AnyNetwork;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.monitor.health.ui.SpikingRouter;
import org.dl4jsnn.monitor.live.LiveSpikesListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Monitors trainings according to the options: on Deeplearning4j's pages, in a statistics file,
 * both, or not at all. Every trained network is a separate session.
 */
public final class TrainingUi implements AutoCloseable {

  /**
   * The rank of features with a time axis, [minibatch, n, T] or [minibatch, channels, T, height,
   * width].
   */
  private static final int STEPS_AXIS = 2;

  private final UiOptions options;
  private final Output output;
  private final StatsStorage storage;
  private final UiServer server;

  /** The content of the page of spiking layers; null without the UI. */
  private final StatsStorage pages;

  private String session = "";

  private TrainingUi(UiOptions options, StatsStorage storage, UiServer server, Output output) {
    this.options = options;
    this.storage = storage;
    this.server = server;
    this.output = output;
    pages = server == null ? null : new InMemoryStatsStorage();
    if (pages != null) {
      server.attach(pages);
    }
  }

  /** Opens what the options request. */
  public static TrainingUi open(UiOptions options, Output output) {
    // First, since it may fail, and then the server must not be up.
    StatsStorage storage = null;
    if (options.stats != null) {
      storage = StatsFile.open(options.stats);
    } else if (options.ui) {
      storage = new InMemoryStatsStorage();
    }
    try {
      UiServer server = options.ui ? options.address.start() : null;
      if (server != null) {
        options.address.announce(server, output);
      }
      return new TrainingUi(options, storage, server, output);
    } catch (UserError e) {
      close(storage);
      throw e;
    }
  }

  /** Watches a new training. A name that is taken gets a number. */
  public void watch(Model network, String name) {
    if (storage != null) {
      listen(network, free(SessionNames.of(name)), -1);
    }
  }

  /** Watches a resumed training: continues its latest session by name, or starts a new one. */
  public void watchOn(Model network, String name, String otherwise) {
    if (storage == null) {
      return;
    }
    Optional<Persistable> latest = latest(SessionNames.of(name));
    if (latest.isEmpty()) {
      watch(network, otherwise);
      return;
    }
    int last = ((StatsReport) latest.get()).getIterationCount();
    output.print(
        "Its charts continue after minibatch %d, in session %s",
        last + 1, latest.get().getSessionID());
    listen(network, latest.get().getSessionID(), last);
  }

  private String free(String name) {
    String free = name;
    for (int number = 2; storage.sessionExists(free); number++) {
      free = SessionNames.numbered(name, number);
    }
    return free;
  }

  private Optional<Persistable> latest(String name) {
    return storage.listSessionIDs().stream()
        .filter(session -> SessionNames.isOf(name, session))
        .map(
            session -> storage.getLatestUpdate(session, StatsListener.TYPE_ID, StatsSession.WORKER))
        .filter(StatsReport.class::isInstance)
        .max(Comparator.comparingLong(Persistable::getTimeStamp));
  }

  private void listen(Model network, String name, int last) {
    session = name;
    StatsSession kept = new StatsSession(storage, last, this::showNewest, output);
    network.addListeners(
        new StatsListener(
            kept,
            null,
            new DefaultStatsUpdateConfiguration.Builder().reportingFrequency(options.every).build(),
            name,
            StatsSession.WORKER) {
          private static final long serialVersionUID = 1L;

          @Override
          public void onForwardPass(Model model, List<INDArray> activations) {
            read(activations.get(0));
            super.onForwardPass(model, activations);
          }

          @Override
          public void onForwardPass(Model model, Map<String, INDArray> activations) {
            // For a sequence, Deeplearning4j calls this from the other one.
            if (model instanceof ComputationGraph graph) {
              read(graph.getInput(0));
            }
            super.onForwardPass(model, activations);
          }

          private void read(INDArray features) {
            kept.setScoreOf(AnyNetwork.common(network).isMiniBatch() ? 1 : features.size(0));
            if (features.rank() > STEPS_AXIS) {
              kept.setFrames(features.size(STEPS_AXIS));
            }
          }
        });
    if (pages != null && options.liveEvery > 0 && isSpiking(network)) {
      network.addListeners(
          new LiveSpikesListener.Builder(new SpikingRouter(pages, name)::show)
              .interval(options.liveEvery)
              .build());
    }
  }

  private static boolean isSpiking(Model network) {
    return NetworkWalk.of((NeuralNetwork) network).parts().stream()
        .anyMatch(part -> part.configuration() instanceof BaseSpikingLayer);
  }

  /** The pages show the session that is newest when they get the storage, and stay with it. */
  private void showNewest() {
    if (server != null) {
      server.detach(storage);
      server.attach(storage);
    }
  }

  /** The source of reports for the page of spiking layers; empty without the UI. */
  public Optional<StatsStorageRouter> pages() {
    return Optional.ofNullable(pages);
  }

  /** The session of the current training; empty before the first. */
  public String session() {
    return session;
  }

  /** Keeps the pages up, if any, until the program is stopped. */
  public void stay() {
    if (server != null) {
      if (!server.isAttached(storage)) {
        server.attach(storage);
      }
      output.print("The UI stays at %s/train until Ctrl-C", server.getAddress());
      server.awaitStop();
    }
  }

  @Override
  public void close() {
    try {
      if (server != null) {
        server.stop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(storage);
    }
  }

  private static void close(StatsStorage storage) {
    try {
      if (storage != null) {
        storage.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of the UI's sessions, which become part of addresses and of SQL. */
  static final class SessionNames {

    private static final Pattern REFUSED = Pattern.compile("[^A-Za-z0-9._-]+");

    /** Occurs in no name, so a number after it is not part of the name. */
    private static final String NUMBER = "~";

    private SessionNames() {}

    /** A valid session name. */
    static String of(String text) {
      return REFUSED.matcher(text).replaceAll("-");
    }

    /** The name of a later session of the same name. */
    static String numbered(String name, int number) {
      return name + NUMBER + number;
    }

    /** Whether a session has the name, numbered or not. */
    static boolean isOf(String name, String session) {
      return session.matches(Pattern.quote(name) + "(" + NUMBER + "\\d+)?");
    }
  }
}
