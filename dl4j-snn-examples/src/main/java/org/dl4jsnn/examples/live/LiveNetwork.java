package org.dl4jsnn.examples.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.event.frame.UnevenRest;
import org.dl4jsnn.event.stream.EventSlice;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.runtime.EarlyExit;
import org.dl4jsnn.spike.FeatureShape;

/** A network that gets each slice as one time step, and starts again from rest after T of them. */
final class LiveNetwork {

  private final SteppedNetwork network;
  private final int steps;
  private final FrameOptions frames;
  private long window = -1;
  private List<Integer> slices;
  private List<double[]> outputs;
  private Map<String, List<Double>> rates;

  /** When an answer is sure; the rest of its window is not looked at. */
  private final EarlyExit exit;

  private boolean isSure;

  /** Slices that the network has seen since it started anew. */
  private long seen;

  /** A network at its beginning; one value of its frames counts pixels × pixels. */
  LiveNetwork(SteppedNetwork network, int steps, int pixels, EarlyExit exit) {
    this.network = network;
    this.exit = exit;
    this.steps = steps;
    frames = FrameOptions.of(Slicing.intoEqualParts(1)).summing(pixels, UnevenRest.LEAVE_OUT);
  }

  /** Tries an empty slice, which the network may refuse. */
  void requireSensor(SensorSize sensor) {
    EventTable none = new EventTable("nothing", sensor);
    double[] first;
    try {
      requireFrames(sensor);
      network.reset();
      first = network.step(EventFrames.of(none, new TimeWindow(0, 1), frames));
    } catch (IllegalArgumentException e) {
      throw UserError.of(
          e,
          "The network does not take frames of a sensor of %s: %s. Possible cause: it was trained"
              + " with another --sensor or --window",
          sensor,
          e.getMessage());
    }
    UserError.explained("--sure-by: ", () -> exit.isSure(1, first));
    startAnew();
  }

  /** Begins a window with the next slice, from rest. */
  void startAnew() {
    window = -1;
    seen = 0;
  }

  /** The number of slices that it has seen; others came when an answer was sure. */
  long seen() {
    return seen;
  }

  /** Before frames are made: those of a sensor that a stream claims may take gigabytes. */
  private void requireFrames(SensorSize sensor) {
    FrameShape shape = frames.shape(sensor);
    FeatureShape given = FeatureShape.image(shape.channels(), shape.height(), shape.width());
    network
        .inputShape()
        .filter(input -> !input.equals(given))
        .ifPresent(
            input -> {
              throw new IllegalArgumentException("a frame must be " + input + ", got " + given);
            });
  }

  /** Feeds the next slice. */
  LiveAnswer answer(EventSlice slice) {
    // By the slice's number, so that windows stay where they are when slices are dropped.
    if (slice.number() / steps != window) {
      window = slice.number() / steps;
      network.reset();
      slices = new ArrayList<>();
      outputs = new ArrayList<>();
      rates = new LinkedHashMap<>();
      isSure = false;
    }
    if (!isSure) {
      seen++;
      slices.add((int) (slice.number() % steps) + 1);
      double[] output = network.step(EventFrames.of(slice.events(), slice.window(), frames));
      outputs.add(output);
      isSure = exit.isSure(outputs.size(), output);
      network
          .rates()
          .forEach(
              (layer, rate) -> rates.computeIfAbsent(layer, name -> new ArrayList<>()).add(rate));
    }
    Map<String, List<Double>> copy = new LinkedHashMap<>();
    rates.forEach((layer, values) -> copy.put(layer, List.copyOf(values)));
    return new LiveAnswer(window, slice.events(), List.copyOf(slices), List.copyOf(outputs), copy);
  }

  /**
   * What a network says about a window of slices so far.
   *
   * @param window number of the window, from 0
   * @param events of the latest slice
   * @param slices numbers of the slices of the window that were seen, from 1
   * @param outputs of every class, after each of them
   * @param rates of every layer, in spikes per neuron and step, in each of them
   */
  record LiveAnswer(
      long window,
      EventTable events,
      List<Integer> slices,
      List<double[]> outputs,
      Map<String, List<Double>> rates) {

    /** The class with the largest output now; of a single output, 1 if it is above 0.5. */
    int answer() {
      double[] now = outputs.get(outputs.size() - 1);
      if (now.length == 1) {
        return now[0] > 0.5 ? 1 : 0;
      }
      int largest = 0;
      for (int i = 1; i < now.length; i++) {
        largest = now[i] > now[largest] ? i : largest;
      }
      return largest;
    }

    /** Its output. */
    double output() {
      double[] now = outputs.get(outputs.size() - 1);
      return now[now.length == 1 ? 0 : answer()];
    }
  }
}
