package org.dl4jsnn.examples.guide;

import java.nio.file.Path;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.monitor.health.HealthSink;
import org.dl4jsnn.monitor.health.SpikeHealthListener;
import org.dl4jsnn.monitor.health.ui.SpikingRouter;
import org.dl4jsnn.monitor.live.LiveSpikesListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Listeners that watch a training, as shown in docs/watch.md. */
final class Watching {

  private Watching() {}

  static void live(MultiLayerNetwork network, SpikingRouter reports, INDArray digit) {
    // begin live
    network.addListeners(
        new LiveSpikesListener.Builder(reports::show) // in the session of its reports
            .interval(20) // minibatches from one look to the next
            .sample(digit) // by default the first one of the first minibatch
            .ofClass(7)
            .build());
    // end live
  }

  static SpikingRouter health(
      MultiLayerNetwork network,
      StatsStorage statsStorage,
      Path folder,
      DataSetIterator train,
      int epochs) {
    // begin health
    SpikingRouter reports = new SpikingRouter(statsStorage); // the page /spiking of the UI
    network.setListeners(
        new SpikeHealthListener.Builder()
            .reportTo(HealthSink.log()) // a table in the log; the default
            .reportTo(HealthSink.csv(folder.resolve("health.csv"))) // a row per layer and epoch
            .reportTo(HealthSink.html(folder.resolve("health.html"))) // charts, in one file
            .reportTo(reports)
            .build());
    network.fit(train, epochs);
    // end health
    return reports;
  }
}
