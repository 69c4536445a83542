package org.dl4jsnn.examples.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.cochlea.CochleaBins;
import org.dl4jsnn.event.stream.StreamFigures;
import org.dl4jsnn.examples.spoken.HeardWords;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.runtime.EarlyExit;
import org.dl4jsnn.spike.FeatureShape;

/** A network that listens to the words of a sound file, as fast as they were spoken. */
final class LiveSound {

  private static final CochleaBins BINS = HeardWords.BINS;
  private static final long MICROS_PER_MILLI = 1000;

  private final SteppedNetwork network;
  private final double speed;
  private final EarlyExit exit;
  private final Consumer<LiveNetwork.LiveAnswer> shown;
  private volatile long events;
  private volatile long answered;

  /** A network at rest, which hears no more of a word once it is sure; every answer is shown. */
  LiveSound(
      SteppedNetwork network,
      double speed,
      EarlyExit exit,
      Consumer<LiveNetwork.LiveAnswer> shown) {
    this.network = network;
    this.speed = speed;
    this.exit = exit;
    this.shown = shown;
  }

  /** What has been heard so far. */
  StreamFigures figures() {
    return new StreamFigures(events, answered, 0, Optional.empty());
  }

  /** Listens to all words of a file and prints the answer to each. */
  void listen(Path file, Output output) throws InterruptedException {
    FeatureShape heard = FeatureShape.vector(BINS.channels());
    network
        .inputShape()
        .filter(input -> !input.equals(heard))
        .ifPresent(
            input -> {
              throw new UserError(
                  "--model must take the words of --sound, %s, got one that takes %s"
                      .formatted(heard, input));
            });
    LivePage.Subject subject = LivePage.Subject.sound(file.toString());
    List<float[][]> words =
        UserError.explained("Cannot read --sound " + file + ": ", () -> HeardWords.of(file));
    if (words.isEmpty()) {
      throw new UserError("--sound must have at least one word, got silence: " + file);
    }
    for (int word = 0; word < words.size(); word++) {
      LiveNetwork.LiveAnswer answer = listen(word, words.get(word));
      output.print(
          "Word %d: %s (output %.2f, %d of %d steps heard)",
          word + 1,
          subject.name(answer.answer()),
          answer.output(),
          answer.slices().size(),
          words.get(word).length);
    }
  }

  private LiveNetwork.LiveAnswer listen(int word, float[][] frames) throws InterruptedException {
    network.reset();
    long before = events;
    EventTable spikes = new EventTable("word", new SensorSize(BINS.steps(), BINS.channels()));
    List<Integer> slices = new ArrayList<>();
    List<double[]> outputs = new ArrayList<>();
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    LiveNetwork.LiveAnswer answer = null;
    boolean isSure = false;
    long pause = Math.round(BINS.microseconds() / MICROS_PER_MILLI / speed);
    for (int step = 0; step < frames.length; step++) {
      Thread.sleep(pause);
      for (int channel = 0; channel < frames[step].length; channel++) {
        for (int spike = 0; spike < frames[step][channel]; spike++) {
          // A picture of the word as it comes: time to the right, high tones above.
          spikes.add(step, BINS.channels() - 1 - channel, step * BINS.microseconds(), true);
        }
      }
      if (!isSure) {
        slices.add(step + 1);
        double[] output = step(frames[step]);
        outputs.add(output);
        isSure = exit.isSure(outputs.size(), output);
        answered++;
        network
            .rates()
            .forEach(
                (layer, rate) -> rates.computeIfAbsent(layer, n -> new ArrayList<>()).add(rate));
      }
      Map<String, List<Double>> copy = new LinkedHashMap<>();
      rates.forEach((layer, values) -> copy.put(layer, List.copyOf(values)));
      answer =
          new LiveNetwork.LiveAnswer(
              word, copy(spikes), List.copyOf(slices), List.copyOf(outputs), copy);
      events = before + spikes.size();
      shown.accept(answer);
    }
    return answer;
  }

  private double[] step(float[] frame) {
    try {
      return network.step(frame);
    } catch (IllegalArgumentException e) {
      throw UserError.of(
          e, "--model must take words of %s channels: %s", BINS.channels(), e.getMessage());
    }
  }

  /** The page is drawn by another thread. */
  private static EventTable copy(EventTable spikes) {
    EventTable copy = new EventTable("word", spikes.sensor());
    for (int i = 0; i < spikes.size(); i++) {
      copy.add(spikes.x(i), spikes.y(i), spikes.t(i), spikes.on(i));
    }
    return copy;
  }
}
