package org.dl4jsnn.examples.guide;

import java.nio.file.Path;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.monitor.health.HealthCsv;
import org.dl4jsnn.monitor.health.HealthHtml;
import org.dl4jsnn.monitor.health.HealthLog;
import org.dl4jsnn.monitor.health.SpikeHealthListener;
import org.dl4jsnn.monitor.health.ui.HealthRouter;
import org.dl4jsnn.monitor.health.ui.LiveRouter;
import org.dl4jsnn.monitor.live.LiveSpikesListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Listeners that watch a training, as shown in docs/watch.md. */
final class Watching {

  private Watching() {}

  static void live(MultiLayerNetwork network, HealthRouter reports, INDArray digit) {
    // begin live
    network.addListeners(
        new LiveSpikesListener.Builder(new LiveRouter(reports)) // in the session of its reports
            .interval(20) // minibatches from one look to the next
            .sample(digit) // by default the first one of the first minibatch
            .ofClass(7)
            .build());
    // end live
  }

  static HealthRouter health(
      MultiLayerNetwork network,
      StatsStorage statsStorage,
      Path folder,
      DataSetIterator train,
      int epochs) {
    // begin health
    HealthRouter reports = new HealthRouter(statsStorage); // the page /spiking of the UI
    network.setListeners(
        new SpikeHealthListener.Builder()
            .reportTo(new HealthLog()) // a table in the log; the default
            .reportTo(new HealthCsv(folder.resolve("health.csv"))) // a row per layer and epoch
            .reportTo(new HealthHtml(folder.resolve("health.html"))) // charts, in one file
            .reportTo(reports)
            .build());
    network.fit(train, epochs);
    // end health
    return reports;
  }
}
