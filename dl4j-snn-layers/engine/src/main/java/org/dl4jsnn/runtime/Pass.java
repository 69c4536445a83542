package org.dl4jsnn.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.dl4jsnn.internal.Precision;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.DelayPart;
import org.dl4jsnn.internal.compact.IntegratorPart;
import org.dl4jsnn.internal.compact.MergePart;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.compact.ReadOutPart;
import org.dl4jsnn.internal.compact.RecurrenceKind;
import org.dl4jsnn.internal.encode.DeltaState;
import org.dl4jsnn.internal.host.GatedMaximum;
import org.dl4jsnn.internal.host.LeakyIntegrators;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.host.SpikeDelays;
import org.dl4jsnn.internal.live.PartState;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * One pass of a sample through a network, part by part. Used once, by one thread; {@link EarlyPass}
 * makes several for the steps of one window.
 */
final class Pass {

  private final Network network;
  private final SavedStream start;
  private final boolean keepsEnd;
  private final PassMemory memory;

  /** Spikes by part; null for a part without spikes. */
  private final List<SpikeTrain> trains = new ArrayList<>();

  /** Read-outs of the integrators by part; null for a part without integrators. */
  private final List<float[]> readings = new ArrayList<>();

  /** The state after each part. */
  private final List<PartState> ends = new ArrayList<>();

  private DeltaState signals;
  private float[] outputs;

  /**
   * Creates a pass.
   *
   * @param network the network
   * @param start the state before it
   * @param keepsEnd whether to keep the state after it
   */
  Pass(Network network, SavedStream start, boolean keepsEnd) {
    this(network, start, keepsEnd, PassMemory.ofHeap());
  }

  /** Creates a pass within some memory. */
  Pass(Network network, SavedStream start, boolean keepsEnd, PassMemory memory) {
    this.network = network;
    this.start = start;
    this.keepsEnd = keepsEnd;
    this.memory = memory;
    this.signals = start.signals();
  }

  /** Runs the features through all parts. */
  Answer run(float[] features) {
    encode(features);
    for (int part = 0; part < network.model().parts().size(); part++) {
      runNext();
    }
    return answer();
  }

  /** Turns the features into spikes. */
  void encode(float[] features) {
    CompactEncoding encoding = network.model().encoding();
    memory.requireEncoding(encoding, features);
    FirstSpikes.Encoded encoded =
        FirstSpikes.of(encoding, features, start.signals(), start.steps());
    signals = encoded.signals();
    put(encoded.train());
  }

  /** Puts in the spikes that the features were turned into. */
  void put(SpikeTrain first) {
    put(first, null);
    memory.hold(null, first, null, PartState.AT_REST);
  }

  /**
   * Runs at most the parts that see a constant current; others have no spikes afterwards.
   *
   * @param withNeurons whether to run neurons that fire, too
   */
  void runConstant(boolean withNeurons) {
    for (CompactPart part : network.model().parts()) {
      boolean isConstant =
          part.inputs().stream()
              .map(trains::get)
              .allMatch(input -> input != null && input.isConstant());
      boolean isRun =
          part instanceof NeuronPart neurons
              ? neurons.recurrence() == RecurrenceKind.NONE && (withNeurons || !neurons.fires())
              : part instanceof MergePart
                  || part instanceof PoolingPart pooling
                      && pooling.kind() != PoolingPart.Kind.GATED;
      if (isConstant && isRun) {
        runNext();
      } else {
        put(null, null);
        ends.add(PartState.AT_REST);
      }
    }
  }

  private void put(SpikeTrain train, float[] reading) {
    trains.add(train);
    readings.add(reading);
  }

  private void runNext() {
    int index = ends.size();
    CompactPart part = network.model().parts().get(index);
    try {
      run(index, part);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("layer '" + part.name() + "': " + e.getMessage(), e);
    }
  }

  private void run(int index, CompactPart part) {
    SpikeTrain input = trains.get(part.inputs().get(0));
    PartState before = start.part(index);
    PartState after = PartState.AT_REST;
    memory.require(network.model(), index, trains, before, keepsEnd);
    if (part instanceof NeuronPart) {
      SimulationResult result =
          network
              .layer(index)
              .simulate(before.neurons(), input, keepsEnd ? Retention.END : Retention.NOTHING);
      after = PartState.of(result.end());
      put(result.spikes(), null);
    } else if (part instanceof IntegratorPart) {
      LeakyIntegrators.Reading reading =
          network.integrators(index).read(before.integrators(), input, new int[] {input.steps()});
      after = PartState.of(reading.end());
      put(null, Precision.singles(reading.values()));
    } else if (part instanceof PoolingPart pooling && pooling.kind() == PoolingPart.Kind.GATED) {
      GatedMaximum.Pooled pooled = network.gated(pooling, input, before.flow());
      after = PartState.of(pooled.end());
      put(pooled.spikes(), null);
    } else if (part instanceof DelayPart) {
      SpikeDelays steps = network.delays(index, input.shape());
      put(steps.delayed(before.line(), input), null);
      after = keepsEnd ? PartState.of(steps.after(before.line(), input)) : after;
    } else if (part instanceof ReadOutPart) {
      put(null, null);
    } else {
      put(network.passOn(part, trains), null);
    }
    ends.add(after);
    memory.hold(part, trains.get(index + 1), readings.get(index + 1), after);
  }

  private Answer answer() {
    ReadOut readOut = network.readOut();
    int columns = readOut.columns(steps());
    outputs =
        readOut.readsMembranes()
            ? ofMembranes()
            : readOut.outputs(place -> ReadOutRates.of(trains.get(place)));
    return new Answer(
        outputs, ReadOut.decision(outputs, columns), steps(), () -> network.named(trains::get));
  }

  private float[] ofMembranes() {
    ReadOut readOut = network.readOut();
    return readOut.outputs(readings.get(readOut.place()), readOut.columns(steps()));
  }

  int steps() {
    return trains.get(0).steps();
  }

  /** Spikes by place; null for one without. */
  List<SpikeTrain> trains() {
    return trains;
  }

  /** The state after each part. */
  List<PartState> ends() {
    return ends;
  }

  DeltaState signals() {
    return signals;
  }

  /** The state after the pass. */
  SavedStream end() {
    return new SavedStream(
        Math.addExact(start.steps(), steps()),
        signals,
        Collections.unmodifiableList(ends),
        start.countsWith(network.readOut().sources(), trains::get),
        network.readOut().readsMembranes() ? outputs : null);
  }
}
