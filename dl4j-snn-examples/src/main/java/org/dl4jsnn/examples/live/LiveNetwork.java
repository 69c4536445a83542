package org.dl4jsnn.examples.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.event.frame.UnevenRest;
import org.dl4jsnn.event.stream.EventSlice;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.monitor.StreamedOutput;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network that gets each slice as one time step, and starts again from rest after T of them. */
final class LiveNetwork {

  private static final int WARM_UP = 30;

  private final MultiLayerNetwork network;
  private final int steps;
  private final FrameOptions frames;
  private StreamedOutput stream;
  private long window = -1;
  private List<double[]> outputs;
  private Map<String, List<Double>> rates;

  /**
   * A network at its beginning.
   *
   * @param steps slices of a window
   * @param pixels k: one value of a frame counts k x k pixels
   */
  LiveNetwork(MultiLayerNetwork network, int steps, int pixels) {
    this.network = network;
    this.steps = steps;
    frames = FrameOptions.of(Slicing.intoEqualParts(1)).summing(pixels, UnevenRest.LEAVE_OUT);
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

  /**
   * Runs over empty slices, so that Java has compiled the code before the first event comes.
   *
   * @throws UserError if the network does not take what the sensor sees
   */
  void warmUp(SensorSize sensor) {
    EventTable none = new EventTable("nothing", sensor);
    for (int i = 0; i < WARM_UP; i++) {
      try {
        answer(new EventSlice(i, new TimeWindow(0, 1), none, 0));
      } catch (DL4JException | IllegalArgumentException e) {
        throw new UserError(
            "The network does not take frames of a sensor of "
                + sensor
                + ": "
                + e.getMessage()
                + ". Possible cause: it was trained with another --sensor or --window",
            e);
      }
    }
    window = -1;
  }

  /** Feeds the next slice. */
  LiveAnswer answer(EventSlice slice) {
    // By the slice's number, so that windows stay where they are when slices are dropped.
    if (slice.number() / steps != window) {
      window = slice.number() / steps;
      network.rnnClearPreviousState();
      stream = new StreamedOutput(network);
      outputs = new ArrayList<>();
      rates = new LinkedHashMap<>();
    }
    OutputOverTime answers =
        stream.feed(array(EventFrames.of(slice.events(), slice.window(), frames)));
    outputs.add(answers.after(1).getRow(0).toDoubleVector());
    for (RecordedTrains.Recorded each : stream.trains()) {
      rates.computeIfAbsent(each.layer(), layer -> new ArrayList<>()).add(rate(each.train()));
    }
    Map<String, List<Double>> copy = new LinkedHashMap<>();
    rates.forEach((layer, values) -> copy.put(layer, List.copyOf(values)));
    return new LiveAnswer(window, slice.events(), List.copyOf(outputs), copy);
  }

  private static double rate(SpikeTrain train) {
    double spikes = 0;
    float[] totals = train.totals();
    for (float total : totals) {
      spikes += total;
    }
    return spikes / totals.length / train.steps();
  }
}
