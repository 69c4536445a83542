package org.dl4jsnn.convert;

import java.util.List;
import java.util.stream.Collectors;
import org.dl4jsnn.spike.FeatureShape;

/** Joins branches of spikes. */
record JoinedBranches(SpikingParts parts, Lowering.EqualScales equalScales) {

  /** A concatenation, or a sum of non-negative values. */
  Signal of(Stage stage, List<Signal> inputs) {
    return stage instanceof Stage.Sum && canBeAdded(inputs)
        ? added(stage, inputs)
        : concatenated(stage, inputs);
  }

  /**
   * Rates can be added if a rate of 1 means the same in all branches. It stands for the largest
   * value of all of them, so a branch with a lower cap than another would lose it.
   */
  private static boolean canBeAdded(List<Signal> inputs) {
    FeatureShape train = inputs.get(0).train();
    return inputs.stream().map(signal -> Stage.capOf(signal.owner())).distinct().count() == 1
        && inputs.stream()
            .allMatch(
                signal ->
                    signal.owner() != null
                        && signal.isPlain()
                        && !signal.isShifted()
                        && signal.train().equals(train))
        && inputs.stream().map(Signal::vertex).distinct().count() == inputs.size();
  }

  private Signal added(Stage stage, List<Signal> inputs) {
    Signal first = inputs.get(0);
    for (Signal other : inputs) {
      equalScales.tie(first.owner(), other.owner());
    }
    String vertex =
        parts.added(stage.name(), inputs.stream().map(Signal::vertex).collect(Collectors.toList()));
    return new Signal(vertex, first.train(), first.channels(), first.owner());
  }

  /** One train; a channel of a sum is read from its channels in all branches. */
  private Signal concatenated(Stage stage, List<Signal> inputs) {
    String vertex =
        parts.concatenated(
            stage.name(), inputs.stream().map(Signal::vertex).collect(Collectors.toList()));
    FeatureShape train = SpikingParts.concatenated(inputs);
    boolean isSum = stage instanceof Stage.Sum;
    int channels = isSum ? inputs.get(0).channels().length : 0;
    for (Signal input : inputs) {
      channels += isSum ? 0 : input.channels().length;
    }
    Signal.Reading[] readings = new Signal.Reading[channels];
    int next = 0;
    int place = 0;
    for (Signal input : inputs) {
      for (int channel = 0; channel < input.channels().length; channel++) {
        Signal.Reading reading = input.channel(channel).moved(place);
        int at = isSum ? channel : next++;
        readings[at] = readings[at] == null ? reading : readings[at].plus(reading);
      }
      place += input.train().channels();
    }
    return new Signal(vertex, train, readings, null);
  }
}
