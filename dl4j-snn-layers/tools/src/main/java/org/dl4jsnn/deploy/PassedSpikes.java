package org.dl4jsnn.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.conf.SpikeAccumulation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.device.SpikeRange;
import org.dl4jsnn.internal.walk.NetworkPart;

/** What every part of a network can pass on in a step, for membranes of limited bits. */
final class PassedSpikes {

  private final MembraneLimit limit;

  /** By place. */
  private final List<MembraneLimit.Input> passed = new ArrayList<>();

  PassedSpikes(MembraneLimit limit, List<NetworkPart> parts) {
    this.limit = limit;
    parts.forEach(part -> passed.add(passedBy(part)));
  }

  /** What a layer reads. */
  MembraneLimit.Input readBy(NetworkPart part) {
    return at(part.inputs().get(0));
  }

  private MembraneLimit.Input at(int place) {
    return place < 0 ? MembraneLimit.Input.SPIKES : passed.get(place);
  }

  private MembraneLimit.Input passedBy(NetworkPart part) {
    if (part.configuration() instanceof SpikeEncoding encoding) {
      return encoding
          .sampleShape()
          .flatMap(shape -> encoding.getEncoder().compact(shape, 0))
          .filter(code -> code.kind() == CompactEncoding.Kind.DIRECT)
          .map(code -> limit.input(code.gain()))
          .orElse(MembraneLimit.Input.SPIKES);
    }
    if (part.hasNeurons() || part.inputs().isEmpty()) {
      return MembraneLimit.Input.SPIKES;
    }
    MembraneLimit.Input first = readBy(part);
    if (part.configuration() instanceof SpikingPooling2D pooling
        && pooling.getPoolingType() == PoolingType.SUM) {
      int size =
          Math.multiplyExact(
              pooling.getWindow().rows().kernel(), pooling.getWindow().columns().kernel());
      return first.withRange(first.range().least() * size, first.range().most() * size);
    }
    if (part.configuration() instanceof SpikeAccumulation) {
      return first.withRange(
          Math.multiplyExact(first.range().least(), limit.steps()),
          Math.multiplyExact(first.range().most(), limit.steps()));
    }
    if (part.vertex() instanceof SpikingAdd) {
      return first.withRange(
          ranges(part).mapToInt(SpikeRange::least).sum(),
          ranges(part).mapToInt(SpikeRange::most).sum());
    }
    if (part.vertex() instanceof SpikingConcatenate) {
      return first.withRange(
          ranges(part).mapToInt(SpikeRange::least).min().orElseThrow(),
          ranges(part).mapToInt(SpikeRange::most).max().orElseThrow());
    }
    return first;
  }

  private Stream<SpikeRange> ranges(NetworkPart part) {
    return part.inputs().stream().map(place -> at(place).range());
  }
}
