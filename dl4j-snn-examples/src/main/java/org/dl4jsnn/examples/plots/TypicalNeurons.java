package org.dl4jsnn.examples.plots;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.dl4jsnn.monitor.SpikeRecording;

/**
 * Up to four neurons that show a layer's response to its first sample: of the firing neurons the
 * most, median and least active, and of the silent ones the one with the most input. Of a read-out,
 * which never fires, the first ten.
 */
final class TypicalNeurons {

  private static final int MOST_OUTPUTS = 10;

  private TypicalNeurons() {}

  /** Indices in array order, starting with the neuron that fires most. */
  static List<Integer> of(SpikeRecording seen, String layer) {
    if (!seen.hasSpikes(layer)) {
      return IntStream.of(seen.membranesOf(layer)).limit(MOST_OUTPUTS).boxed().toList();
    }
    float[] spikes = seen.accumulatedOutput(layer).slice(0).dup('c').data().asFloat();
    float[] input = seen.accumulatedInput(layer).slice(0).dup('c').data().asFloat();
    Comparator<Integer> bySpikes = Comparator.comparingDouble(n -> -spikes[n]);
    List<Integer> order =
        IntStream.range(0, spikes.length)
            .boxed()
            .sorted(bySpikes.thenComparingDouble(n -> -input[n]))
            .toList();
    int firing = (int) IntStream.range(0, spikes.length).filter(n -> spikes[n] > 0).count();
    return IntStream.of(0, (firing - 1) / 2, firing - 1, firing)
        .filter(place -> place >= 0 && place < spikes.length)
        .distinct()
        .mapToObj(order::get)
        .toList();
  }
}
