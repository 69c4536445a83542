package org.dl4jsnn.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.Precision;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.compact.AccumulationPart;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.DelayPart;
import org.dl4jsnn.internal.compact.IntegratorPart;
import org.dl4jsnn.internal.compact.MergePart;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.host.GatedMaximum;
import org.dl4jsnn.internal.host.HostLayer;
import org.dl4jsnn.internal.host.LeakyIntegrators;
import org.dl4jsnn.internal.host.MergedSpikeTrains;
import org.dl4jsnn.internal.host.ReshapedTrain;
import org.dl4jsnn.internal.host.RunningFlow;
import org.dl4jsnn.internal.host.SpikeDelays;
import org.dl4jsnn.internal.host.SpikeLogic;
import org.dl4jsnn.internal.host.StepwiseMaximum;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.spike.RepeatedSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/** A model with its weights laid out for kernels. Immutable; thread-safe. */
final class Network {

  private final CompactModel model;
  private final ReadOut readOut;

  /** The neurons of every part; null for a part without neurons. */
  private final List<HostLayer> layers = new ArrayList<>();

  /** The integrators of every part; null for a part without integrators. */
  private final List<LeakyIntegrators> integrators = new ArrayList<>();

  /** The delays of parts that have run; made late, since a file may claim any number of them. */
  private final Map<Integer, SpikeDelays> delays = new ConcurrentHashMap<>();

  private final KernelProvider kernels;

  /** Made by the first stream. */
  private volatile LiveNetwork live;

  Network(CompactModel model, KernelProvider kernels) {
    this.model = model;
    this.kernels = kernels;
    this.readOut = new ReadOut(model);
    for (CompactPart part : model.parts()) {
      FeatureShape input = model.shapes().get(part.inputs().get(0));
      layers.add(part instanceof NeuronPart neurons ? layer(neurons, input, kernels) : null);
      integrators.add(part instanceof IntegratorPart leaky ? integrators(leaky, input) : null);
    }
  }

  private static HostLayer layer(NeuronPart part, FeatureShape input, KernelProvider kernels) {
    return new HostLayer(
        part.synapse(input),
        part.recurrentCharge(),
        part.output(List.of(input)),
        part.neuron(),
        kernels);
  }

  private static LeakyIntegrators integrators(IntegratorPart part, FeatureShape input) {
    double[] bias =
        part.bias().length == 0 ? new double[part.outputs()] : Precision.doubles(part.bias());
    return new LeakyIntegrators(
        input, Precision.doubles(part.weights()), bias, part.decays(), part.reads());
  }

  CompactModel model() {
    return model;
  }

  /** The network as streams run it. */
  LiveNetwork live() {
    LiveNetwork known = live;
    if (known == null) {
      synchronized (this) {
        if (live == null) {
          live = new LiveNetwork(this, kernels);
        }
        known = live;
      }
    }
    return known;
  }

  ReadOut readOut() {
    return readOut;
  }

  HostLayer layer(int part) {
    return layers.get(part);
  }

  LeakyIntegrators integrators(int part) {
    return integrators.get(part);
  }

  /** The delays of a part. */
  SpikeDelays delays(int part, FeatureShape input) {
    return delays.computeIfAbsent(
        part, index -> ((DelayPart) model.parts().get(index)).delays(input));
  }

  /** The output of gated maximum pooling, and its state afterwards. */
  GatedMaximum.Pooled gated(PoolingPart pooling, SpikeTrain train, RunningFlow start) {
    FeatureShape output = pooling.output(List.of(train.shape()));
    return GatedMaximum.of(train, pooling.windows(train.shape()), output, start);
  }

  /** Refuses a layer that waits for the end of a window, in a model that has only a part of it. */
  void refuseWaiting(String use) {
    for (CompactPart part : model.parts()) {
      Require.not(
          part instanceof AccumulationPart,
          "%s must have no layer that waits for the end of a window, got '%s'",
          use,
          part.name());
    }
  }

  /** The output of a part without state. */
  SpikeTrain passOn(CompactPart part, List<SpikeTrain> trains) {
    List<SpikeTrain> inputs = part.inputs().stream().map(trains::get).toList();
    if (part instanceof PoolingPart pooling) {
      SpikeTrain train = inputs.get(0);
      PoolingWindows windows = pooling.windows(train.shape());
      FeatureShape output = part.output(List.of(train.shape()));
      return pooling.kind() == PoolingPart.Kind.MAXIMUM
          ? ReshapedTrain.of(StepwiseMaximum.of(train, windows), output)
          : MergedSpikeTrains.windowSums(
              train, windows, output, pooling.kind() == PoolingPart.Kind.MEAN);
    }
    if (part instanceof AccumulationPart) {
      return RepeatedSpikeTrain.ofWindow(inputs.get(0));
    }
    return switch (((MergePart) part).kind()) {
      case ADD -> MergedSpikeTrains.sum(inputs);
      case AND -> SpikeLogic.AND.of(inputs);
      case AND_NOT -> SpikeLogic.AND_NOT.of(inputs);
      case CONCATENATE ->
          MergedSpikeTrains.concatenation(
              part.output(inputs.stream().map(SpikeTrain::shape).toList()), inputs);
    };
  }

  /** The trains of a pass by layer name. */
  Map<String, SpikeTrain> named(IntFunction<SpikeTrain> trains) {
    Map<String, SpikeTrain> named = new LinkedHashMap<>();
    for (int part = 0; part < model.parts().size(); part++) {
      SpikeTrain train = trains.apply(part + 1);
      if (train != null) {
        named.put(model.parts().get(part).name(), train);
      }
    }
    return named;
  }
}
