package org.dl4jsnn.internal.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.IntegratorPart;
import org.dl4jsnn.internal.compact.MergePart;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.compact.SynapseKind;

/** What the places of a network can pass on in a step, whatever its input, by place. */
final class StepRanges {

  private final CompactModel model;
  private final List<Passed> places = new ArrayList<>();

  /**
   * Ranges of the input alone.
   *
   * @param fraction bits behind the point of features; 0 of spikes
   */
  StepRanges(CompactModel model, SpikeRange input, int fraction) {
    this.model = model;
    places.add(new Passed(input, fraction, null));
  }

  /**
   * What a place passes on in a step.
   *
   * @param fraction bits behind the point
   * @param currents the range of every channel, without these bits; null of spikes
   */
  record Passed(SpikeRange range, int fraction, SumRange[] currents) {

    static final Passed SPIKES = new Passed(SpikeRange.BIT, 0, null);

    static Passed currents(String name, SumRange[] ofChannels, int fraction) {
      SumRange all = SumRange.NOTHING;
      for (SumRange channel : ofChannels) {
        all = all.or(channel);
      }
      all = all.times(1 << fraction);
      Require.not(
          all.bytes() > Integer.BYTES,
          "layer '%s': currents must fit into 32 bits, got values up to %.3g",
          name,
          Math.max(-all.least(), all.most()));
      return new Passed(
          new SpikeRange((int) Math.floor(all.least()), (int) Math.ceil(all.most())),
          fraction,
          ofChannels);
    }
  }

  /** Adds the place of the next part. */
  void add(CompactPart part) {
    places.add(part instanceof IntegratorPart ? Passed.SPIKES : passed(part));
  }

  Passed get(int place) {
    return places.get(place);
  }

  private Passed passed(CompactPart part) {
    List<Passed> read = part.inputs().stream().map(this::get).toList();
    if (part instanceof NeuronPart neurons) {
      return neurons.neuron().passesCurrents()
          ? Passed.currents(part.name(), charges(neurons), read.get(0).fraction())
          : Passed.SPIKES;
    }
    Require.not(
        model.encoding().kind() == CompactEncoding.Kind.DIRECT && part.inputs().contains(0),
        "layer '%s': constant currents must charge neurons, got other layers that read them",
        part.name());
    if (read.stream().noneMatch(from -> from.currents() != null)) {
      List<SpikeRange> ranges = read.stream().map(Passed::range).toList();
      return new Passed(SpikeRange.of(part, windowSize(part), ranges), 0, null);
    }
    Require.not(
        !(part instanceof MergePart merge && merge.kind() == MergePart.Kind.ADD)
            || read.stream().anyMatch(from -> from.currents() == null),
        "layer '%s': currents must be added to currents or charge neurons, got others that read"
            + " them",
        part.name());
    SumRange[] sums = read.get(0).currents().clone();
    read.stream()
        .skip(1)
        .forEach(from -> Arrays.setAll(sums, c -> sums[c].and(from.currents()[c])));
    int most = read.stream().mapToInt(Passed::fraction).max().orElseThrow();
    return Passed.currents(part.name(), sums, most);
  }

  /** Neurons that a pooling joins. */
  int windowSize(CompactPart part) {
    return part instanceof PoolingPart pooling
        ? pooling.windows(model.shapes().get(pooling.input())).positions()
        : 1;
  }

  /** What a step can add to the neurons of every channel. */
  SumRange[] charges(NeuronPart part) {
    int[] weights = DeviceWeights.wholeWeights(part.name(), part.weights().values());
    int channels = part.outputs();
    SumRange[] charges = new SumRange[channels];
    Arrays.fill(charges, SumRange.NOTHING);
    Passed read = get(part.input());
    boolean isDense = part.kind() == SynapseKind.DENSE;
    boolean areOnes = Arrays.stream(weights).allMatch(weight -> weight == 1);
    Require.not(
        read.currents() != null && (part.kind() != SynapseKind.DEPTHWISE || !areOnes),
        "layer '%s': currents must be added to currents or charge neurons one by one, got weights",
        part.name());
    for (int i = 0; i < weights.length; i++) {
      int channel = isDense ? i % channels : i / (weights.length / channels);
      charges[channel] =
          read.currents() == null
              ? charges[channel].plus(weights[i], read.range())
              : charges[channel].and(read.currents()[channel]);
    }
    if (read.currents() == null) {
      Arrays.setAll(charges, c -> charges[c].times(Math.scalb(1.0, -read.fraction())));
    }
    for (int c = 0; c < part.bias().length; c++) {
      charges[c] = charges[c].plus(part.bias()[c], SpikeRange.BIT);
    }
    float[] recurrent = part.recurrentWeights().values();
    for (int i = 0; i < recurrent.length; i++) {
      charges[i % channels] = charges[i % channels].plus(recurrent[i], SpikeRange.BIT);
    }
    return charges;
  }
}
