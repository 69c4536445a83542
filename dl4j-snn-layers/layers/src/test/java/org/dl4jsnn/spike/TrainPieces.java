package org.dl4jsnn.spike;

import java.util.Arrays;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;

/** Cuts trains into pieces of consecutive steps. */
public final class TrainPieces {

  private TrainPieces() {}

  /** The steps from the first up to, but not including, the end; a train of the same form. */
  public static SpikeTrain of(SpikeTrain train, int first, int end) {
    if (train.isConstant()) {
      return constant(train, end - first);
    }
    return train instanceof BinarySpikeTrain binary
        ? binary(binary, first, end)
        : events(train, first, end);
  }

  private static SpikeTrain constant(SpikeTrain train, int steps) {
    FeatureShape shape = train.shape();
    float[] current = new float[train.minibatch() * shape.neurons()];
    SpikeEvents events = new SpikeEvents(shape);
    for (int sample = 0; sample < train.minibatch(); sample++) {
      train.read(sample, 0, events);
      for (int e = 0; e < events.size(); e++) {
        int index = sample * shape.neurons() + shape.arrayIndex(events.neuron(e));
        current[index] = events.amplitude(e);
      }
    }
    return new ConstantSpikeTrain(shape, steps, current);
  }

  private static SpikeTrain binary(BinarySpikeTrain train, int first, int end) {
    int perStep = BitLayout.of(train.shape()).perStep();
    int[][] words = new int[train.minibatch()][];
    for (int sample = 0; sample < words.length; sample++) {
      words[sample] = Arrays.copyOfRange(train.words(sample), first * perStep, end * perStep);
    }
    return new BinarySpikeTrain(train.shape(), end - first, words);
  }

  private static SpikeTrain events(SpikeTrain train, int first, int end) {
    EventSpikeTrain.Sample[] samples = new EventSpikeTrain.Sample[train.minibatch()];
    SpikeEvents events = new SpikeEvents(train.shape());
    for (int sample = 0; sample < samples.length; sample++) {
      int most = (end - first) * train.shape().neurons();
      int[] firstOfStep = new int[end - first + 1];
      int[] neurons = new int[most];
      float[] amplitudes = new float[most];
      int size = 0;
      for (int step = first; step < end; step++) {
        train.read(sample, step, events);
        for (int e = 0; e < events.size(); e++) {
          neurons[size] = events.neuron(e);
          amplitudes[size++] = events.amplitude(e);
        }
        firstOfStep[step - first + 1] = size;
      }
      samples[sample] =
          new EventSpikeTrain.Sample(
              firstOfStep,
              Arrays.copyOf(neurons, size),
              train.unitSpikes() ? null : Arrays.copyOf(amplitudes, size));
    }
    return new EventSpikeTrain(
        train.shape(), end - first, samples, train.unitSpikes(), totals(train, first, end));
  }

  private static float[] totals(SpikeTrain train, int first, int end) {
    FeatureShape shape = train.shape();
    float[] totals = new float[train.minibatch() * shape.neurons()];
    SpikeEvents events = new SpikeEvents(shape);
    for (int sample = 0; sample < train.minibatch(); sample++) {
      for (int step = first; step < end; step++) {
        train.read(sample, step, events);
        for (int e = 0; e < events.size(); e++) {
          int index = sample * shape.neurons() + shape.arrayIndex(events.neuron(e));
          totals[index] += events.amplitude(e);
        }
      }
    }
    return totals;
  }
}
