package org.dl4jsnn.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.CompactWriter;
import org.dl4jsnn.internal.compact.DelayPart;
import org.dl4jsnn.internal.compact.IntegratorPart;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.compact.SealedBody;
import org.dl4jsnn.internal.encode.DeltaState;
import org.dl4jsnn.internal.host.DelayLine;
import org.dl4jsnn.internal.host.IntegratorState;
import org.dl4jsnn.internal.host.RunningFlow;
import org.dl4jsnn.internal.host.SpikeDelays;
import org.dl4jsnn.internal.live.PartState;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.FeatureShape;

/** Reads the state of a stream, as {@link StreamWriter} writes it, for a model. */
final class StreamReader {

  /** Double precision counts steps and spikes exactly up to here. */
  private static final long MOST_STEPS = 1L << 53;

  private static final SealedReader SEAL =
      new SealedReader(
          "state of a stream",
          StreamWriter.MAGIC,
          StreamWriter.VERSION,
          "bytes that SpikingStream.toBytes did not make");

  private final Network network;
  private final ModelBytes bytes;

  private StreamReader(Network network, ModelBytes bytes) {
    this.network = network;
    this.bytes = bytes;
  }

  static SavedStream state(Network network, byte[] all) throws ModelFormatException {
    byte[] header = Arrays.copyOf(all, Math.min(all.length, SealedBody.HEADER));
    int length = SEAL.length(header, Integer.MAX_VALUE);
    int left = all.length - header.length;
    if (left > length) {
      throw ModelBytes.failure(
          header.length + (long) length,
          "the state must end after its last number, got " + (left - length) + " more bytes");
    }
    byte[] body = Arrays.copyOfRange(all, header.length, all.length);
    ModelBytes bytes = SEAL.checked(header, body);
    SavedStream state = new StreamReader(network, bytes).state();
    bytes.requireEnd();
    return state;
  }

  private SavedStream state() throws ModelFormatException {
    CompactModel model = network.model();
    requireLayers(model);
    long steps = steps("steps", 0);
    if (steps == 0) {
      return SavedStream.AT_REST;
    }
    try {
      PassMemory.ofHeap().requireStates(model);
    } catch (IllegalArgumentException e) {
      throw ModelReader.refused(bytes.offset(), "the state", e);
    }
    DeltaState signals = signals(model.encoding());
    List<PartState> parts = new ArrayList<>();
    for (int i = 0; i < model.parts().size(); i++) {
      long at = bytes.offset();
      try {
        parts.add(part(i));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw ModelReader.refused(at, "state of '" + model.parts().get(i).name() + "'", e);
      }
    }
    Map<Integer, double[]> counts = new HashMap<>();
    for (int place : network.readOut().sources()) {
      counts.put(place, counts(place));
    }
    float[] readings = network.readOut().readsMembranes() ? readings(steps) : null;
    return new SavedStream(steps, signals, Collections.unmodifiableList(parts), counts, readings);
  }

  private long steps(String name, long least) throws ModelFormatException {
    long at = bytes.offset();
    long steps = bytes.whole(name);
    if (steps < least || steps > MOST_STEPS) {
      throw ModelBytes.failure(
          at, name + " must be from " + least + " to " + MOST_STEPS + ", got " + steps);
    }
    return steps;
  }

  private void requireLayers(CompactModel model) throws ModelFormatException {
    long at = bytes.offset();
    int count = bytes.number("the number of layers", 0, Integer.MAX_VALUE);
    boolean same = count == model.parts().size();
    for (int i = 0; same && i < count; i++) {
      at = bytes.offset();
      String name = bytes.text("name", CompactWriter.MOST_BYTES_OF_NAME);
      String expected = model.parts().get(i).name();
      if (!name.equals(expected)) {
        throw new ModelFormatException(
            at,
            "layer " + (i + 1) + " must be '" + expected + "', got '" + name + "'",
            StreamNumbers.OTHER_MODEL);
      }
    }
    if (!same) {
      throw new ModelFormatException(
          at,
          "the number of layers must be " + model.parts().size() + ", got " + count,
          StreamNumbers.OTHER_MODEL);
    }
  }

  private DeltaState signals(CompactEncoding encoding) throws ModelFormatException {
    if (encoding.kind() != CompactEncoding.Kind.DELTA) {
      return DeltaState.beforeFirstStep();
    }
    int signals = encoding.coded().neurons();
    return DeltaState.of(new double[][] {numbers("signals", 2L * signals)});
  }

  private PartState part(int index) throws ModelFormatException {
    CompactPart part = network.model().parts().get(index);
    FeatureShape input = network.model().shapes().get(part.inputs().get(0));
    if (part instanceof NeuronPart neurons && neurons.fires()) {
      return PartState.of(neurons(neurons, network.model().shapes().get(index + 1).neurons()));
    }
    if (part instanceof IntegratorPart integrators) {
      return PartState.of(integrators(integrators));
    }
    if (part instanceof PoolingPart pooling && pooling.kind() == PoolingPart.Kind.GATED) {
      double[][] sums = {numbers("flow", input.neurons())};
      return PartState.of(RunningFlow.of(input, sums));
    }
    if (part instanceof DelayPart delays) {
      int longest = SpikeDelays.longest(delays.steps().stream().mapToInt(d -> d).toArray());
      return longest == 0 ? PartState.AT_REST : PartState.of(line(input, longest));
    }
    return PartState.AT_REST;
  }

  /** A line of the steps that the stream had, or of all; first versions hold all. */
  private DelayLine line(FeatureShape shape, int longest) throws ModelFormatException {
    int neurons = shape.neurons();
    StreamNumbers.Spikes spikes =
        StreamNumbers.readSpikes(
            bytes,
            "delayed spikes",
            count -> count > 0 && count % neurons == 0 && count / neurons <= longest,
            neurons + " for each of 1 to " + longest + " steps by the model's layers");
    int held = spikes.count() / neurons;
    return spikes.ones() == null
        ? DelayLine.of(shape, longest, held, spikes.amplitudes())
        : DelayLine.of(shape, longest, held, spikes.ones());
  }

  /** Neurons fire whole spikes; amplitudes of other places may be anything. */
  private double[] counts(int place) throws ModelFormatException {
    CompactModel model = network.model();
    long at = bytes.offset();
    double[] counts = numbers("spikes so far", model.shapes().get(place).neurons());
    if (place > 0 && model.parts().get(place - 1) instanceof NeuronPart part && part.fires()) {
      for (double count : counts) {
        if (count < 0 || count != Math.rint(count)) {
          throw ModelBytes.failure(
              at, "spikes so far must be whole numbers of at least 0, got " + count);
        }
      }
    }
    return counts;
  }

  private NeuronState neurons(NeuronPart part, int neurons) throws ModelFormatException {
    double[][] variables = new double[part.neuron().variables().size()][];
    for (int k = 0; k < variables.length; k++) {
      variables[k] = numbers(part.neuron().variables().get(k).name(), neurons);
    }
    NeuronState state = NeuronState.of(new double[][][] {variables});
    state.requireOf(part.neuron(), 1, neurons);
    return state;
  }

  private IntegratorState integrators(IntegratorPart part) throws ModelFormatException {
    boolean isSynaptic = part.decays().synaptic() != null;
    double[][] currents = isSynaptic ? new double[][] {numbers("currents", part.outputs())} : null;
    double[][] membranes = {numbers("membranes", part.outputs())};
    double[][] summaries = {numbers("summaries", part.outputs())};
    long[] steps = {steps("steps of integrators", 1)};
    return new IntegratorState(currents, membranes, summaries, steps);
  }

  /** One value per output, or of a course one for every step of the last piece. */
  private float[] readings(long steps) throws ModelFormatException {
    int outputs = network.model().shapes().get(network.model().parts().size()).neurons();
    boolean isCourse = network.readOut().columns(2) == 2;
    long at = bytes.offset();
    double[] numbers =
        isCourse
            ? StreamNumbers.read(
                bytes,
                "readings",
                count -> count > 0 && count % outputs == 0 && count / outputs <= steps,
                outputs + " for each of 1 to " + steps + " steps")
            : numbers("readings", outputs);
    float[] readings = new float[numbers.length];
    for (int i = 0; i < readings.length; i++) {
      readings[i] = (float) numbers[i];
      if (!Float.isFinite(readings[i])) {
        throw ModelBytes.failure(
            at, "readings must be finite in single precision, got " + numbers[i]);
      }
    }
    return readings;
  }

  private double[] numbers(String name, long expected) throws ModelFormatException {
    return StreamNumbers.read(bytes, name, expected);
  }
}
