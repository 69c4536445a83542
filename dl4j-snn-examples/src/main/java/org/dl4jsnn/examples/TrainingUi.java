package org.dl4jsnn.examples;

import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.api.UIServer;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;

/** Deeplearning4j's training pages for a network. */
final class TrainingUi {

  private final UIServer server;

  /** Starts the server and watches a network. */
  TrainingUi(MultiLayerNetwork network, int port) {
    // The only way to choose the port.
    System.setProperty("org.deeplearning4j.ui.port", String.valueOf(port));
    server = UIServer.getInstance();
    StatsStorage storage = new InMemoryStatsStorage();
    server.attach(storage);
    network.addListeners(new StatsListener(storage));
  }

  String address() {
    return server.getAddress();
  }

  /** Keeps the pages up until the program is interrupted. */
  static void waitForInterrupt() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
