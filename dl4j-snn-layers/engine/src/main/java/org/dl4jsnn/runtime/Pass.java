package org.dl4jsnn.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.DelayPart;
import org.dl4jsnn.internal.compact.IntegratorPart;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.compact.ReadOutPart;
import org.dl4jsnn.internal.encode.DeltaState;
import org.dl4jsnn.internal.host.GatedMaximum;
import org.dl4jsnn.internal.host.LeakyIntegrators;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.host.SpikeDelays;
import org.dl4jsnn.spike.SpikeTrain;

/** One pass of a sample through a network, part by part. Used once, by one thread. */
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
  }

  /** Runs the features through all parts. */
  Answer run(float[] features) {
    CompactModel model = network.model();
    memory.requireEncoding(model.encoding(), features);
    FirstSpikes.Encoded encoded = FirstSpikes.of(model.encoding(), features, start);
    signals = encoded.signals();
    put(encoded.train(), null);
    memory.hold(null, encoded.train(), null, PartState.AT_REST);
    for (int part = 0; part < model.parts().size(); part++) {
      try {
        run(part, model.parts().get(part));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "layer '" + model.parts().get(part).name() + "': " + e.getMessage(), e);
      }
    }
    return answer();
  }

  private void put(SpikeTrain train, float[] reading) {
    trains.add(train);
    readings.add(reading);
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
      put(null, singles(reading.values()));
    } else if (part instanceof PoolingPart pooling && pooling.kind() == PoolingPart.Kind.GATED) {
      GatedMaximum.Pooled pooled = network.gated(pooling, input, before.flow());
      after = PartState.of(pooled.end());
      put(pooled.spikes(), null);
    } else if (part instanceof DelayPart delays) {
      SpikeDelays steps = delays.delays(input.shape());
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

  private static float[] singles(double[] values) {
    float[] singles = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      singles[i] = (float) values[i];
    }
    return singles;
  }

  private Answer answer() {
    ReadOut readOut = network.readOut();
    int columns = readOut.columns(steps());
    outputs =
        readOut.readsMembranes()
            ? readOut.outputs(readings.get(readOut.place()), columns)
            : readOut.outputs(place -> ReadOutRates.of(trains.get(place)));
    return new Answer(outputs, ReadOut.decision(outputs, columns), steps(), network.named(trains));
  }

  private int steps() {
    return trains.get(0).steps();
  }

  /** The state after the pass. */
  SavedStream end() {
    return new SavedStream(
        Math.addExact(start.steps(), steps()),
        signals,
        Collections.unmodifiableList(ends),
        counts(),
        network.readOut().readsMembranes() ? outputs : null);
  }

  /** Spikes since the stream began. */
  private Map<Integer, double[]> counts() {
    Map<Integer, double[]> counts = new HashMap<>();
    for (int place : network.readOut().sources()) {
      float[] more = trains.get(place).totals();
      double[] before = start.counts().get(place);
      double[] all = new double[more.length];
      for (int i = 0; i < all.length; i++) {
        all[i] = (before == null ? 0 : before[i]) + more[i];
      }
      counts.put(place, all);
    }
    return counts;
  }
}
