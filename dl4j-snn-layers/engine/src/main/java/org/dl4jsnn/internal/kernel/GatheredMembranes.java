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

  /** The total subtracted by resets; allocated on demand. */
  private float[] taken;

  /** The place of each position's first channel. */
  private final int[] placeOfPosition;

  /** The neurons whose potentials are handed over, in order of position and channel. */
  private final int firstPosition;

  private final int endPosition;
  private final int firstChannel;
  private final int endChannel;

  /** The current sample. */
  private SampleRun run;

  private boolean startsAboveThreshold;

  /**
   * Membranes.
   *
   * @param groups positions, or groups of positions that are simulated as one
   * @param share whose neurons are simulated
   */
  GatheredMembranes(GatherWeights layer, int groups, int[] placeOfPosition, Share share) {
    this.layer = layer;
    this.output = layer.geometry.output();
    this.initial = layer.initial;
    this.size = Math.multiplyExact(groups, initial.length);
    this.isAligned = groups > 1;
    this.potentials = create();
    this.placeOfPosition = placeOfPosition;
    boolean byChannels = output.positions() == 1;
    this.firstPosition = byChannels ? 0 : share.from(output.height()) * output.width();
    this.endPosition = byChannels ? 1 : share.to(output.height()) * output.width();
    this.firstChannel = byChannels ? layer.firstChannel(share) : 0;
    this.endChannel = byChannels ? layer.endChannel(share) : output.channels();
  }

  float[] potentials() {
    return potentials;
  }

  /** Takes a sample whose currents are gathered and then held. */
  void beginHeld(SampleRun sample) {
    run = sample;
    Arrays.fill(potentials, AlignedFloats.OFFSET, AlignedFloats.OFFSET + size, 0);
  }

  /** Takes a sample; where resets add up what they subtract, or null if that is not needed. */
  float[] begin(SampleRun sample) {
    run = sample;
    for (int at = 0; at < size; at += initial.length) {
      System.arraycopy(initial, 0, potentials, AlignedFloats.OFFSET + at, initial.length);
    }
    startsAboveThreshold = false;
    if (run.start() != null) {
      for (int position = firstPosition; position < endPosition; position++) {
        int from = position * output.channels() + firstChannel;
        int place = placeOfPosition[position] + firstChannel;
        System.arraycopy(run.start()[0], from, potentials, place, endChannel - firstChannel);
        for (int end = from + endChannel - firstChannel; from < end; from++) {
          startsAboveThreshold |= run.start()[0][from] > layer.rule.threshold();
        }
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
      for (int position = firstPosition; position < endPosition; position++) {
        System.arraycopy(
            potentials,
            placeOfPosition[position] + firstChannel,
            run.end()[0],
            position * output.channels() + firstChannel,
            endChannel - firstChannel);
      }
    }
  }

  /** Copies the potentials of some channels of a position, as they are now. */
  void copy(int position, int first, int channels, float[] to, int at) {
    System.arraycopy(potentials, placeOfPosition[position] + first, to, at, channels);
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
    float[] inputs = run.inputs();
    int first = firstChannel;
    for (; first + CHANNELS_AT_ONCE <= endChannel; first += CHANNELS_AT_ONCE) {
      gatherFour(taken, first, inputs);
    }
    for (; first < endChannel; first++) {
      gather(taken, first, inputs);
    }
    subtractStart(inputs);
  }

  private void subtractStart(float[] inputs) {
    float atRest = layer.rule.initialMembrane();
    if (run.start() == null && atRest == 0) {
      return;
    }
    for (int channel = firstChannel; channel < endChannel; channel++) {
      int row = channel * output.positions();
      for (int position = firstPosition; position < endPosition; position++) {
        int neuron = position * output.channels() + channel;
        inputs[row + position] -= run.start() == null ? atRest : run.start()[0][neuron];
      }
    }
  }

  private static void add(float[] values, float[] sums, int from, int end) {
    for (int i = from; i < end; i++) {
      sums[i] += values[i];
    }
  }

  /** Copies four adjacent channels to separate rows. */
  private void gatherFour(float[] sums, int first, float[] rows) {
    final int[] places = placeOfPosition;
    int positions = places.length;
    int row = first * positions;
    for (int position = firstPosition; position < endPosition; position++) {
      int from = places[position] + first;
      int to = row + position;
      rows[to] = sums[from];
      rows[to + positions] = sums[from + 1];
      rows[to + 2 * positions] = sums[from + 2];
      rows[to + 3 * positions] = sums[from + 3];
    }
  }

  private void gather(float[] sums, int channel, float[] rows) {
    int row = channel * placeOfPosition.length;
    for (int position = firstPosition; position < endPosition; position++) {
      rows[row + position] = sums[placeOfPosition[position] + channel];
    }
  }
}
