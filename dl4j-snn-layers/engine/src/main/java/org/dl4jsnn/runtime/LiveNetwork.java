package org.dl4jsnn.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.DelayPart;
import org.dl4jsnn.internal.compact.IntegratorPart;
import org.dl4jsnn.internal.compact.MergePart;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.compact.RecurrenceKind;
import org.dl4jsnn.internal.compact.SynapseKind;
import org.dl4jsnn.internal.host.SpikeLogic;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.live.CurrentsLayer;
import org.dl4jsnn.internal.live.DelayLayer;
import org.dl4jsnn.internal.live.GatedLayer;
import org.dl4jsnn.internal.live.IntegratorLayer;
import org.dl4jsnn.internal.live.LazyNeurons;
import org.dl4jsnn.internal.live.LiveLayer;
import org.dl4jsnn.internal.live.MergeLayer;
import org.dl4jsnn.internal.live.PartScratch;
import org.dl4jsnn.internal.live.PoolingLayer;
import org.dl4jsnn.internal.live.Reach;
import org.dl4jsnn.internal.live.StepSums;
import org.dl4jsnn.internal.live.SteppedLayer;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;

/**
 * A network as streams run it: its layers, shared by all streams, and memory that they borrow for a
 * step. Thread-safe.
 */
final class LiveNetwork {

  /** Amplitudes are tested by powers of two up to here. */
  private static final float LARGEST_AMPLITUDE = 0x1p60f;

  /** Flow below this is finite in single precision. */
  private static final double SAFE_FLOW = 0x1p100;

  private final Network network;
  private final CompactModel model;

  /** The layer of every part; null for a read-out. */
  private final List<LiveLayer> layers = new ArrayList<>();

  private final double safeAmplitude;
  private final Deque<Workspace> idle = new ArrayDeque<>();
  private final int mostIdle = ParallelSamples.threads();

  LiveNetwork(Network network, KernelProvider kernels) {
    this.network = network;
    this.model = network.model();
    PassMemory.ofHeap().requireStreams(model);
    List<Charges> charges = new ArrayList<>();
    for (int index = 0; index < model.parts().size(); index++) {
      CompactPart part = model.parts().get(index);
      FeatureShape input = model.shapes().get(part.inputs().get(0));
      Charges ofPart =
          part instanceof NeuronPart neurons
              ? withoutZeros(neurons).synapse(input).charges(kernels.rowAdder())
              : null;
      charges.add(ofPart);
      layers.add(layer(index, part, input, ofPart, kernels));
    }
    this.safeAmplitude = safeAmplitude(charges);
  }

  /** A bias of zeros would reach all neurons at every step. */
  private static NeuronPart withoutZeros(NeuronPart part) {
    return hasBias(part) ? part : part.withoutBias();
  }

  private static boolean hasBias(NeuronPart part) {
    for (float value : part.bias()) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }

  private LiveLayer layer(
      int index, CompactPart part, FeatureShape input, Charges charges, KernelProvider kernels) {
    FeatureShape output = model.shapes().get(index + 1);
    if (part instanceof NeuronPart neurons) {
      return neurons(neurons, input, output, charges, kernels);
    }
    if (part instanceof IntegratorPart) {
      return new IntegratorLayer(network.integrators(index));
    }
    if (part instanceof PoolingPart pooling) {
      PoolingGeometry geometry = new PoolingGeometry(pooling.windows(input));
      return pooling.kind() == PoolingPart.Kind.GATED
          ? new GatedLayer(geometry, output)
          : new PoolingLayer(geometry, output, pooling.kind());
    }
    if (part instanceof DelayPart) {
      return new DelayLayer(network.delays(index, input));
    }
    return part instanceof MergePart merge ? merged(merge, output) : null;
  }

  private static LiveLayer neurons(
      NeuronPart part,
      FeatureShape input,
      FeatureShape output,
      Charges charges,
      KernelProvider kernels) {
    if (!part.fires()) {
      return new CurrentsLayer(output, charges, hasBias(part));
    }
    if (part.neuron() instanceof SpikingNeuron spiking
        && part.recurrence() == RecurrenceKind.NONE) {
      Reach reach =
          part.kind() == SynapseKind.DENSE
              ? Reach.everywhere(input, output)
              : Reach.of(part.window(), input, output);
      KernelNeuron rule = KernelNeuron.of(spiking);
      return new LazyNeurons(output, reach, hasBias(part), charges, rule, kernels.neuronLoop(rule));
    }
    return new SteppedLayer(output, part.neuron(), charges, part.recurrentCharge());
  }

  private LiveLayer merged(MergePart part, FeatureShape output) {
    List<Integer> firstChannels = new ArrayList<>();
    int channels = 0;
    for (int place : part.inputs()) {
      firstChannels.add(channels);
      channels +=
          part.kind() == MergePart.Kind.CONCATENATE ? model.shapes().get(place).channels() : 0;
    }
    return new MergeLayer(
        output,
        firstChannels,
        switch (part.kind()) {
          case AND -> SpikeLogic.AND;
          case AND_NOT -> SpikeLogic.AND_NOT;
          default -> null;
        });
  }

  /** The largest amplitude of features with which no step can fail; 0 if any may. */
  private double safeAmplitude(List<Charges> charges) {
    double safe = 0;
    for (float amplitude = 1; amplitude <= LARGEST_AMPLITUDE; amplitude *= 2) {
      if (!isSafe(amplitude, charges)) {
        break;
      }
      safe = amplitude;
    }
    return safe;
  }

  private boolean isSafe(double amplitude, List<Charges> charges) {
    List<Double> bounds = new ArrayList<>(List.of(amplitude));
    for (int index = 0; index < model.parts().size(); index++) {
      CompactPart part = model.parts().get(index);
      double bound = 0;
      for (int place : part.inputs()) {
        bound = part instanceof MergePart ? bound + bounds.get(place) : bounds.get(place);
      }
      if (part instanceof NeuronPart neurons) {
        double current = charges.get(index).currentBound(bound);
        if (neurons.fires() && !staysFinite(neurons, current)) {
          return false;
        }
        bound = neurons.fires() ? 1 : current;
      } else if (part instanceof PoolingPart pooling) {
        bound *= pooling.windows(model.shapes().get(pooling.input())).positions();
      } else if (part instanceof MergePart merge && !merge.kind().isLinear()) {
        return false; // which refuses other amplitudes than 1
      }
      if (!(bound < SAFE_FLOW)) {
        return false;
      }
      bounds.add(bound);
    }
    return true;
  }

  private static boolean staysFinite(NeuronPart part, double currentBound) {
    return part.neuron() instanceof SpikingNeuron spiking
        && KernelNeuron.of(spiking)
            .staysFinite(currentBound + part.recurrentCharge().currentBound(), 0);
  }

  /** Whether no step with such an amplitude can fail, from a state that such steps led to. */
  boolean isSafe(float amplitude) {
    return amplitude <= safeAmplitude;
  }

  CompactModel model() {
    return model;
  }

  ReadOut readOut() {
    return network.readOut();
  }

  List<LiveLayer> layers() {
    return layers;
  }

  /** Memory for one step. */
  final class Workspace {

    /** The events of the features. */
    final SpikeEvents first = new SpikeEvents(model.shapes().get(0));

    private final StepSums sums = StepSums.of(model.shapes().get(0), 1);

    final List<PartScratch> scratches = new ArrayList<>();

    /** The events of the inputs of every part. */
    final List<List<SpikeEvents>> inputs = new ArrayList<>();

    /** The state before the step, where it may fail; made on demand. */
    LiveState before;

    private Workspace() {
      for (int index = 0; index < layers.size(); index++) {
        List<SpikeEvents> ofPart = new ArrayList<>();
        for (int place : model.parts().get(index).inputs()) {
          ofPart.add(events(place));
        }
        inputs.add(ofPart);
        scratches.add(layers.get(index) == null ? null : layers.get(index).newScratch());
      }
    }

    /** Takes the features of a frame that are not 0, given the largest magnitude; returns it. */
    float take(float[] features, float largest) {
      for (int i = 0; largest > 0 && i < features.length; i++) {
        if (features[i] != 0) {
          sums.add(model.shapes().get(0).neuronIndex(i), features[i]);
        }
      }
      sums.drain(first);
      return largest;
    }

    /** The rates of a place in the step, in array order. */
    float[] rates(int place) {
      FeatureShape shape = model.shapes().get(place);
      float[] rates = new float[shape.neurons()];
      SpikeEvents events = events(place);
      for (int e = 0; e < events.size(); e++) {
        rates[events.channel(e) * shape.positions() + events.position(e)] = events.amplitude(e);
      }
      return rates;
    }

    /** The events of a place in the step; null for one without. */
    SpikeEvents events(int place) {
      if (place == 0) {
        return first;
      }
      PartScratch scratch = scratches.get(place - 1);
      return scratch == null ? null : scratch.fired();
    }
  }

  /** Lends memory for one step, with an empty list of events. */
  Workspace borrow() {
    Workspace lent;
    synchronized (idle) {
      lent = idle.pollFirst();
    }
    Workspace workspace = lent == null ? new Workspace() : lent;
    workspace.first.clear();
    return workspace;
  }

  /** Takes it back, unless a step failed in it. */
  void giveBack(Workspace workspace) {
    synchronized (idle) {
      if (idle.size() < mostIdle) {
        idle.addFirst(workspace);
      }
    }
  }
}
