package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.FeatureShape;

/** The membrane potentials of one sample while its layer gathers, and what resets subtracted. */
final class GatheredMembranes {

  /** Channels whose inputs are written together while shared data are still in the cache. */
  private static final int CHANNELS_AT_ONCE = 4;

  private final GatherWeights layer;
  private final FeatureShape output;

  /** Places without a neuron are padding. */
  private final float[] potentials;

  private final int size;

  /**
   * Whether a cache line begins with the first value. Those of a fully connected layer are too few
   * for that to matter, and for many samples at a time: an aligned array takes at least half a
   * region of the heap.
   */
  private final boolean isAligned;

  /** The potentials of a group before the first step; zero in the padding, which never fires. */
  private final float[] initial;

  /** Computed when a state is first read or written. */
  private int[] places;

  /** The total subtracted by resets; allocated on demand. */
  private float[] taken;

  /** The place of each position's first channel. */
  private final int[] placeOfPosition;

  /** The current sample. */
  private SampleRun run;

  private boolean startsAboveThreshold;

  /**
   * Membranes.
   *
   * @param groups positions, or groups of positions that are simulated as one
   */
  GatheredMembranes(GatherWeights layer, int groups, int[] placeOfPosition) {
    this.layer = layer;
    this.output = layer.geometry.output();
    this.initial = initial(layer);
    this.size = Math.multiplyExact(groups, initial.length);
    this.isAligned = groups > 1;
    this.potentials = create();
    this.placeOfPosition = placeOfPosition;
  }

  private static float[] initial(GatherWeights layer) {
    float[] values = new float[layer.blocks.paddedChannels()];
    int perColumn = layer.columnsAtOnce == 1 ? values.length : layer.geometry.paddedChannels();
    for (ChannelBlocks.Block block : layer.blocks.blocks()) {
      for (int k = 0; k < block.channels(); k++) {
        int channel = (block.firstChannel() + k) % perColumn;
        boolean padding = channel >= layer.geometry.output().channels();
        values[block.firstChannel() + k] = padding ? 0 : layer.rule.initialMembrane();
      }
    }
    return values;
  }

  float[] potentials() {
    return potentials;
  }

  /** Takes a sample; where resets add up what they subtract, or null if that is not needed. */
  float[] begin(SampleRun sample) {
    run = sample;
    for (int at = 0; at < size; at += initial.length) {
      System.arraycopy(initial, 0, potentials, AlignedFloats.OFFSET + at, initial.length);
    }
    startsAboveThreshold = false;
    if (run.start() != null) {
      int[] place = places();
      for (int neuron = 0; neuron < place.length; neuron++) {
        float potential = run.start()[0][neuron];
        potentials[place[neuron]] = potential;
        startsAboveThreshold |= potential > layer.rule.threshold();
      }
    }
    return run.inputs() == null ? null : nothingTaken();
  }

  /** Whether a neuron of the sample fires at its first step without any input. */
  boolean startsAboveThreshold() {
    return startsAboveThreshold;
  }

  /** Hands over the sample's final state. */
  void end() {
    if (run.inputs() != null) {
      sumInputs();
    }
    if (run.end() != null) {
      int[] place = places();
      for (int neuron = 0; neuron < place.length; neuron++) {
        run.end()[0][neuron] = potentials[place[neuron]];
      }
    }
  }

  private float[] create() {
    return isAligned ? AlignedFloats.create(size) : new float[AlignedFloats.OFFSET + size];
  }

  private float[] nothingTaken() {
    if (taken == null) {
      taken = create();
    } else {
      Arrays.fill(taken, AlignedFloats.OFFSET, AlignedFloats.OFFSET + size, 0);
    }
    return taken;
  }

  /** Sums what the membranes gained since the start and what resets subtracted. */
  private void sumInputs() {
    add(potentials, taken, AlignedFloats.OFFSET, AlignedFloats.OFFSET + size);
    int channels = output.channels();
    float[] inputs = run.inputs();
    int first = 0;
    for (; first + CHANNELS_AT_ONCE <= channels; first += CHANNELS_AT_ONCE) {
      gatherFour(taken, first, inputs, placeOfPosition);
    }
    for (; first < channels; first++) {
      gather(taken, first, inputs, placeOfPosition);
    }
    if (run.start() != null) {
      for (int neuron = 0; neuron < output.neurons(); neuron++) {
        inputs[output.arrayIndex(neuron)] -= run.start()[0][neuron];
      }
    } else if (layer.rule.initialMembrane() != 0) {
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] -= layer.rule.initialMembrane();
      }
    }
  }

  private static void add(float[] values, float[] sums, int from, int end) {
    for (int i = from; i < end; i++) {
      sums[i] += values[i];
    }
  }

  /** Copies four adjacent channels to separate rows. */
  private static void gatherFour(float[] sums, int first, float[] rows, int[] places) {
    int positions = places.length;
    int row = first * positions;
    for (int position = 0; position < positions; position++) {
      int from = places[position] + first;
      int to = row + position;
      rows[to] = sums[from];
      rows[to + positions] = sums[from + 1];
      rows[to + 2 * positions] = sums[from + 2];
      rows[to + 3 * positions] = sums[from + 3];
    }
  }

  private static void gather(float[] sums, int channel, float[] rows, int[] places) {
    for (int position = 0; position < places.length; position++) {
      rows[channel * places.length + position] = sums[places[position] + channel];
    }
  }

  /** For every neuron, in order of position and channel, the place of its membrane. */
  private int[] places() {
    if (places == null) {
      places = new int[output.neurons()];
      for (int neuron = 0; neuron < places.length; neuron++) {
        places[neuron] = placeOfPosition[neuron / output.channels()] + neuron % output.channels();
      }
    }
    return places;
  }
}
