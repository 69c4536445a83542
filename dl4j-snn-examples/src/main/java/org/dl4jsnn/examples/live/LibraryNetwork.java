package org.dl4jsnn.examples.live;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.monitor.StreamedOutput;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network of Deeplearning4j, stepped as {@code rnnTimeStep} does. */
final class LibraryNetwork implements SteppedNetwork {

  private final MultiLayerNetwork network;
  private StreamedOutput stream;

  LibraryNetwork(MultiLayerNetwork network) {
    this.network = network;
    this.stream = new StreamedOutput(network);
  }

  /** Frames as a minibatch of one sample, [1, channels, T, height, width]. */
  static INDArray array(EventFrames frames) {
    return Nd4j.createFromArray(frames.values())
        .reshape(
            1,
            frames.shape().channels(),
            frames.shape().steps(),
            frames.shape().height(),
            frames.shape().width());
  }

  @Override
  public void reset() {
    network.rnnClearPreviousState();
    stream = new StreamedOutput(network);
  }

  @Override
  public double[] step(EventFrames frame) {
    try {
      return stream.feed(array(frame)).after(1).getRow(0).toDoubleVector();
    } catch (DL4JException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public Map<String, Double> rates() {
    Map<String, Double> rates = new LinkedHashMap<>();
    for (RecordedTrains.Recorded each : stream.trains()) {
      rates.put(each.layer(), SteppedNetwork.rate(each.train()));
    }
    return rates;
  }
}
