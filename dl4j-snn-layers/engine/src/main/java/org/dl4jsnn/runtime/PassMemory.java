package org.dl4jsnn.runtime;

import java.util.List;
import java.util.Locale;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.compact.AccumulationPart;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.DelayPart;
import org.dl4jsnn.internal.compact.IntegratorPart;
import org.dl4jsnn.internal.compact.MergePart;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.compact.ReadOutPart;
import org.dl4jsnn.internal.compact.SynapseKind;
import org.dl4jsnn.internal.host.DelayLine;
import org.dl4jsnn.internal.live.PartState;
import org.dl4jsnn.internal.memory.Heap;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.internal.spike.DenseSpikeTrain;
import org.dl4jsnn.internal.spike.SummedSpikeTrain;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The memory of one pass. A small file may claim large layers, long windows and long delays; what
 * does not fit the heap is refused before it is allocated. Estimates are in bytes, rather too large
 * than too small, and in double precision, which does not overflow.
 */
final class PassMemory {

  private static final double MB = 1 << 20;

  /** The rest is for the model, and for gaps between arrays too large to be moved. */
  private static final double SHARE_OF_HEAP = 0.5;

  /** Arrays of numbers for a neuron while it is simulated, or pooled. */
  private static final int BYTES_A_NEURON = 112;

  /** Draws of {@code PoissonTrains}, listed for a block of steps. */
  private static final int BYTES_OF_DRAWS = 160;

  /** An event in a list that grows. */
  private static final int BYTES_AN_EVENT = 24;

  /** Steps that kernels list together. */
  private static final int STEPS_OF_KERNELS = 32;

  /** Under a constant current a layer is simulated so many words at a time, all steps of them. */
  private static final int WORDS_OF_CURRENTS = 512;

  /** The header of a row of numbers, and the reference to it. */
  private static final int BYTES_OF_ROW = 24;

  /** The objects of a train. */
  private static final int BYTES_OF_PIECE = 256;

  /** Kernels are laid out for whole windows and for pieces of streams. */
  private static final int LAYOUTS = 2;

  /** Weights of kernels are padded to full vectors. */
  private static final int LANES = 16;

  /** Slightly less than the largest array. */
  private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

  /** A list doubles as it grows. */
  private static final int MOST_EVENTS = 1 << 30;

  private final double most;
  private double held;

  /**
   * The memory of a pass.
   *
   * @param heap the size of the heap in bytes
   */
  PassMemory(long heap) {
    this(SHARE_OF_HEAP * heap, 0);
  }

  private PassMemory(double most, double held) {
    this.most = most;
    this.held = held;
  }

  static PassMemory ofHeap() {
    return new PassMemory(Heap.most());
  }

  /**
   * Checks what streams share, and a state of one of them.
   *
   * @throws IllegalArgumentException if it does not fit
   */
  void requireStreams(CompactModel model) {
    double bytes = 0;
    for (int index = 0; index < model.parts().size(); index++) {
      CompactPart part = model.parts().get(index);
      FeatureShape input = model.shapes().get(part.inputs().get(0));
      FeatureShape output = model.shapes().get(index + 1);
      bytes += (double) BYTES_A_NEURON * output.neurons() + 24.0 * input.neurons();
      if (part instanceof NeuronPart neurons) {
        bytes +=
            4 * weights(neurons, input)
                + 24.0 * neurons.neuron().variables().size() * output.neurons();
      }
    }
    require(bytes, 1, model.shapes().get(model.shapes().size() - 1));
  }

  /** Weights of kernels, with zeros between those of the file. */
  private static double weights(NeuronPart part, FeatureShape input) {
    if (part.weights().values().length == 0 || part.kind() == SynapseKind.DEPTHWISE) {
      return part.weights().values().length;
    }
    double rows = input.neurons();
    if (part.window() != null) {
      rows =
          (double) part.window().rows().extent()
              * part.window().columns().extent()
              * input.channels();
    }
    return rows * part.outputs();
  }

  /** Checks what is kept of steps that ran one by one. */
  void requireSteps(double bytes, int steps) {
    require(2 * bytes, steps, FeatureShape.vector(1));
  }

  /** Checks an encoding's own memory. */
  void requireEncoding(CompactEncoding encoding, float[] features) {
    int neurons = encoding.population() == null ? 1 : encoding.population().neurons();
    double responses = (double) features.length * neurons;
    double bytes = 2.0 * BYTES_AN_EVENT * responses + 8.0 * encoding.steps();
    if (encoding.kind() == CompactEncoding.Kind.POISSON) {
      double rates = 0;
      for (float feature : features) {
        rates += neurons * Math.min(1, encoding.gain() * (neurons > 1 ? 1 : Math.abs(feature)));
      }
      bytes += BYTES_OF_DRAWS * responses + listed(rates * encoding.steps(), encoding.steps());
    }
    require(bytes, encoding.steps(), encoding.shape());
  }

  /**
   * Checks a part's own memory.
   *
   * @param model the model
   * @param index the part
   * @param inputs the trains of all places before it
   * @param before its state
   * @param keepsEnd whether its state is kept
   */
  void require(
      CompactModel model, int index, List<SpikeTrain> inputs, PartState before, boolean keepsEnd) {
    CompactPart part = model.parts().get(index);
    FeatureShape output = model.shapes().get(index + 1);
    SpikeTrain input = inputs.get(part.inputs().get(0));
    double steps = inputs.get(0).steps();
    double bytes = (double) BYTES_A_NEURON * output.neurons();
    for (int place : part.inputs()) {
      bytes += 64.0 * model.shapes().get(place).neurons();
    }
    if (part instanceof NeuronPart neurons) {
      bytes += ofNeurons(neurons, input, output);
    } else if (part instanceof IntegratorPart integrators) {
      boolean isCourse = integrators.reads() == MembraneReadOut.COURSE;
      bytes += isCourse ? 16 * steps * output.neurons() : 0;
    } else if (part instanceof ReadOutPart) {
      bytes += isOfCourse(model, part) ? 8 * steps * output.neurons() : 0;
    } else if (part instanceof DelayPart) {
      bytes += ofDelays(input, before.line(), keepsEnd);
    } else {
      bytes += ofMerged(part, inputs, output);
    }
    require(bytes, (int) steps, output);
  }

  private static boolean isOfCourse(CompactModel model, CompactPart readOut) {
    int place = readOut.inputs().get(0);
    return place > 0
        && model.parts().get(place - 1) instanceof IntegratorPart integrators
        && integrators.reads() == MembraneReadOut.COURSE;
  }

  private static double ofNeurons(NeuronPart part, SpikeTrain input, FeatureShape output) {
    FeatureShape from = input.shape();
    double bytes =
        part.fires()
            ? packed(output, input.steps())
            : ofPieces(input) + 3 * dense(output, input.steps());
    if (input instanceof DenseSpikeTrain) {
      bytes += dense(output, input.steps());
    }
    bytes += 24.0 * part.neuron().variables().size() * output.neurons();
    if (input.isConstant()) {
      int words = BitLayout.of(output).perStep();
      bytes += (4.0 * Math.min(WORDS_OF_CURRENTS, words) + BYTES_OF_ROW) * input.steps();
    }
    double rows = from.neurons();
    double padded = from.width();
    Window2D window = part.window();
    if (window != null) {
      rows = (double) window.rows().extent() * window.columns().extent() * from.channels();
      padded += 2.0 * window.columns().extent() + 2.0 * window.columns().padding();
    }
    bytes += 8 * padded * from.channels();
    bytes += 4.0 * STEPS_OF_KERNELS * (from.height() + 1.0) * output.width();
    double weights = part.weights().values().length;
    // Weights are in the file; zeros between and beside them are not.
    boolean isOfOneChannel = part.kind() == SynapseKind.DEPTHWISE;
    double columns = isOfOneChannel ? part.outputs() / from.channels() : part.outputs();
    double zeros = weights == 0 ? rows : rows * (columns + LANES) - weights;
    return bytes + 4 * LAYOUTS * zeros;
  }

  /** A copy of every step as a train of its own. */
  private static double ofPieces(SpikeTrain input) {
    double totals = input instanceof BinarySpikeTrain ? 0 : 4.0 * input.shape().neurons();
    return copied(input) + (BYTES_OF_PIECE + totals) * input.steps();
  }

  /** The steps of line and window in one piece, and what is taken of them. */
  private static double ofDelays(SpikeTrain input, DelayLine line, boolean keepsEnd) {
    double joined = copied(input) + (line.isEmpty() ? 0 : copied(line.spikes()));
    double delayed = line.isEmpty() ? joined : joined + copied(input);
    return keepsEnd ? Math.max(delayed, copied(input) + 2 * joined) : delayed;
  }

  private static double copied(SpikeTrain train) {
    return train instanceof BinarySpikeTrain
        ? packed(train.shape(), train.steps())
        : listed(events(train), train.steps());
  }

  /** The output of pooling, of merging or of a count. */
  private static double ofMerged(CompactPart part, List<SpikeTrain> inputs, FeatureShape output) {
    int steps = inputs.get(0).steps();
    double most = (double) output.neurons() * steps;
    double events = 0;
    double bytes = 0;
    for (int place : part.inputs()) {
      events += events(inputs.get(place));
    }
    if (part instanceof PoolingPart pooling) {
      SpikeTrain input = inputs.get(pooling.input());
      Window2D window = pooling.windows(input.shape()).window();
      double taps = (double) window.rows().kernel() * window.columns().kernel();
      bytes += 4 * taps;
      events *= 1 + taps / window.rows().stride() / window.columns().stride();
      boolean isPacked =
          pooling.kind() == PoolingPart.Kind.GATED && input.unitSpikes()
              || pooling.kind() == PoolingPart.Kind.MAXIMUM && input instanceof BinarySpikeTrain;
      if (isPacked) {
        return bytes + packed(output, steps);
      }
    }
    if (part instanceof AccumulationPart) {
      return packed(output, steps) + dense(output, 2);
    }
    if (part instanceof MergePart merge) {
      List<SpikeTrain> branches = merge.inputs().stream().map(inputs::get).toList();
      int digits = SummedSpikeTrain.digitsOf(branches);
      if (!merge.kind().isLinear()) {
        return packed(output, steps) + branches.stream().mapToDouble(PassMemory::copied).sum();
      }
      if (merge.kind() == MergePart.Kind.ADD && digits > 0) {
        return (digits + 1) * packed(output, steps);
      }
      if (merge.kind() == MergePart.Kind.ADD
          && branches.stream().anyMatch(train -> train instanceof DenseSpikeTrain)) {
        return 2 * dense(output, steps);
      }
    }
    return bytes + listed(Math.min(most, events), steps);
  }

  /** Amplitudes of all neurons. */
  private static double dense(FeatureShape shape, int steps) {
    double values = (double) shape.neurons() * steps;
    return values > MOST_VALUES ? Double.POSITIVE_INFINITY : 4 * values;
  }

  private static double events(SpikeTrain train) {
    return train.density() * train.steps() * train.shape().neurons();
  }

  /** Bits and their counts. */
  private static double packed(FeatureShape shape, int steps) {
    int digits = 2 + Integer.SIZE - Integer.numberOfLeadingZeros(steps);
    double words = (double) BitLayout.of(shape).perStep() * steps;
    return words > MOST_VALUES
        ? Double.POSITIVE_INFINITY
        : 4 * words + 4.0 * BitLayout.of(shape).perStep() * digits;
  }

  private static double listed(double events, int steps) {
    return events > MOST_EVENTS ? Double.POSITIVE_INFINITY : BYTES_AN_EVENT * events + 4.0 * steps;
  }

  /** Takes what a part leaves into account: its spikes, its reading and its state. */
  void hold(CompactPart part, SpikeTrain train, float[] reading, PartState after) {
    double variables = part instanceof NeuronPart neurons ? neurons.neuron().variables().size() : 1;
    held += train == null ? 0 : kept(train) + 8 * variables * train.shape().neurons();
    held += reading == null ? 0 : 8.0 * reading.length;
    held += after.line().isEmpty() ? 0 : kept(after.line().spikes());
  }

  private static double kept(SpikeTrain train) {
    double bytes = 4.0 * train.shape().neurons();
    if (train.isConstant()) {
      return 2 * bytes;
    }
    if (train instanceof DenseSpikeTrain) {
      return bytes + dense(train.shape(), train.steps());
    }
    if (train instanceof SummedSpikeTrain sum) {
      return bytes + sum.digits() * packed(train.shape(), train.steps());
    }
    return bytes
        + (train instanceof BinarySpikeTrain
            ? packed(train.shape(), train.steps())
            : 8 * events(train) + 4.0 * train.steps());
  }

  private void require(double bytes, int steps, FeatureShape shape) {
    if (held + bytes > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "neurons and steps must be few enough for memory, got %s neurons and %,d steps: they"
                  + " may take %,.0f MB beside the %,.0f MB of the layers before them, together at"
                  + " most half of the heap's %,.0f MB. Possible cause: a window too long or a model too large for"
                  + " this heap (-Xmx), or a file that claims more than it holds",
              shape,
              steps,
              bytes / MB,
              held / MB,
              most / SHARE_OF_HEAP / MB));
    }
  }

  /** Checks the states of all parts, which bytes may claim to hold. */
  void requireStates(CompactModel model) {
    double bytes = 0;
    for (int index = 0; index < model.parts().size(); index++) {
      CompactPart part = model.parts().get(index);
      int numbers = part instanceof NeuronPart of ? 1 + of.neuron().variables().size() : 4;
      bytes += 8.0 * numbers * model.shapes().get(index + 1).neurons();
      if (part instanceof PoolingPart) {
        bytes += 8.0 * model.shapes().get(part.inputs().get(0)).neurons();
      }
    }
    if (bytes > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "neurons must be few enough for memory, got a state of %,.0f MB, at most half of the"
                  + " heap's %,.0f MB",
              bytes / MB,
              most / SHARE_OF_HEAP / MB));
    }
  }

  /**
   * Checks the length of a state beside the state itself.
   *
   * @param state the state
   * @param length the length of its bytes; the largest whole number if there are more
   * @return the length
   * @throws IllegalStateException if it is too long
   */
  int requireBytes(SavedStream state, int length) {
    for (int part = 0; state.parts() != null && part < state.parts().size(); part++) {
      DelayLine line = state.part(part).line();
      held += line.isEmpty() ? 0 : kept(line.spikes());
    }
    if (held + length > most || length == Integer.MAX_VALUE) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "bytes of a stream must be few enough for memory, got %,.0f MB beside %,.0f MB of"
                  + " delayed spikes, together at most half of the heap's %,.0f MB. Possible cause: a long delay of"
                  + " many neurons",
              length / MB,
              held / MB,
              most / SHARE_OF_HEAP / MB));
    }
    return length;
  }
}
