package org.dl4jsnn.internal.host;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.ConstantSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** Cuts trains and puts pieces together. */
public final class TrainPieces {

  private TrainPieces() {}

  /** Some steps of all samples of a train. */
  public static SpikeTrain of(SpikeTrain train, int first, int steps) {
    if (first == 0 && steps == train.steps()) {
      return train;
    }
    return of(train, IntStream.range(0, train.minibatch()).toArray(), first, steps);
  }

  /** Some steps of some samples of a train; a constant train stays one. */
  public static SpikeTrain of(SpikeTrain train, int[] samples, int first, int steps) {
    FeatureShape shape = train.shape();
    if (train instanceof BinarySpikeTrain binary) {
      int perStep = BitLayout.of(shape).perStep();
      int[][] words = new int[samples.length][];
      for (int i = 0; i < words.length; i++) {
        words[i] =
            Arrays.copyOfRange(
                binary.words(samples[i]), first * perStep, (first + steps) * perStep);
      }
      return new BinarySpikeTrain(shape, steps, words);
    }
    return train.isConstant()
        ? constant(train, samples, steps)
        : read(
            shape,
            samples.length,
            steps,
            (sample, step, events) -> train.read(samples[sample], first + step, events));
  }

  private static SpikeTrain constant(SpikeTrain train, int[] samples, int steps) {
    FeatureShape shape = train.shape();
    float[] current = new float[samples.length * shape.neurons()];
    SpikeEvents events = new SpikeEvents(shape);
    for (int i = 0; i < samples.length; i++) {
      train.read(samples[i], 0, events);
      for (int e = 0; e < events.size(); e++) {
        current[i * shape.neurons() + shape.arrayIndex(events.neuron(e))] = events.amplitude(e);
      }
    }
    return new ConstantSpikeTrain(shape, steps, current);
  }

  /** The train of pieces of the same samples, one after another. */
  public static SpikeTrain joined(List<SpikeTrain> pieces) {
    SpikeTrain first = pieces.get(0);
    if (pieces.size() == 1) {
      return first;
    }
    FeatureShape shape = first.shape();
    int steps = pieces.stream().mapToInt(SpikeTrain::steps).sum();
    if (!pieces.stream().allMatch(piece -> piece instanceof BinarySpikeTrain)) {
      return read(
          shape,
          first.minibatch(),
          steps,
          (sample, step, events) -> {
            int at = step;
            int piece = 0;
            while (at >= pieces.get(piece).steps()) {
              at -= pieces.get(piece++).steps();
            }
            pieces.get(piece).read(sample, at, events);
          });
    }
    int[][] words = new int[first.minibatch()][];
    for (int sample = 0; sample < words.length; sample++) {
      words[sample] = BitLayout.of(shape).words(steps);
      int next = 0;
      for (SpikeTrain piece : pieces) {
        int[] from = ((BinarySpikeTrain) piece).words(sample);
        System.arraycopy(from, 0, words[sample], next, from.length);
        next += from.length;
      }
    }
    return new BinarySpikeTrain(shape, steps, words);
  }

  /** Reads the events of a step of a sample. */
  @FunctionalInterface
  private interface Reader {

    /** As {@link SpikeTrain#read}. */
    void read(int sample, int step, SpikeEvents events);
  }

  private static SpikeTrain read(FeatureShape shape, int minibatch, int steps, Reader reader) {
    return MergedSpikeTrains.of(
        shape,
        minibatch,
        steps,
        () -> {
          SpikeEvents events = new SpikeEvents(shape);
          return (sample, step, amplitudes) -> {
            reader.read(sample, step, events);
            for (int e = 0; e < events.size(); e++) {
              amplitudes[events.neuron(e)] = events.amplitude(e);
            }
          };
        });
  }
}
