package org.dl4jsnn.internal.spike;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Sums of ordinary spikes, as where branches of a residual network meet: amplitudes are whole
 * numbers, written in binary. The bits of a digit are packed as the spikes of a {@link
 * BinarySpikeTrain}, so 32 neurons are added at a time.
 */
public final class SummedSpikeTrain extends PackedTrain {

  /** Digits of the largest sums that single precision holds exactly. */
  private static final int MOST_DIGITS = 24;

  /** The words of every digit, from the lowest one, of every sample. */
  private final int[][][] digits;

  /** The amplitudes of a window's single step, as numbers of spikes; null if they are not known. */
  private final SpikeCounts counts;

  /** Computed at the first call. */
  private volatile float[] totals;

  private SummedSpikeTrain(FeatureShape shape, int steps, int[][][] digits, SpikeCounts counts) {
    super(shape, steps);
    this.digits = digits;
    this.counts = counts;
  }

  /** How many digits sums of some trains may need; 0 if {@link #of} does not add them. */
  public static int digitsOf(List<SpikeTrain> trains) {
    if (!trains.stream().allMatch(SummedSpikeTrain::isPacked)) {
      return 0;
    }
    long most = trains.stream().mapToLong(train -> (1L << digitsOf(train)) - 1).sum();
    int digits = Long.SIZE - Long.numberOfLeadingZeros(most);
    return digits > MOST_DIGITS ? 0 : digits;
  }

  /** Whether a train is one of ordinary spikes, or of their sums. */
  static boolean isPacked(SpikeTrain train) {
    return train instanceof BinarySpikeTrain || train instanceof SummedSpikeTrain;
  }

  /** Adds trains with the same shape, samples and steps, whose {@link #digitsOf} is not 0. */
  public static SpikeTrain of(List<SpikeTrain> trains) {
    SpikeTrain first = trains.get(0);
    int count = digitsOf(trains);
    int[][][] sums = new int[count][first.minibatch()][];
    ParallelSamples.run(
        first.minibatch(),
        () ->
            sample -> {
              int[] carried = new int[words(first, 0, sample).length];
              int[][] sum = new int[count][carried.length];
              for (SpikeTrain train : trains) {
                for (int digit = 0; digit < digitsOf(train); digit++) {
                  add(words(train, digit, sample), 0, sum, digit, carried);
                }
              }
              for (int digit = 0; digit < count; digit++) {
                sums[digit][sample] = sum[digit];
              }
            });
    List<int[][]> used = new ArrayList<>(List.of(sums));
    while (used.size() > 1 && isZero(used.get(used.size() - 1))) {
      used.remove(used.size() - 1);
    }
    return new SummedSpikeTrain(first.shape(), first.steps(), used.toArray(new int[0][][]), null);
  }

  /** The amplitudes as numbers of spikes; null if they are not known as such. */
  public SpikeCounts counts() {
    return counts;
  }

  /** Whether {@link #ofWindow} counts the spikes of a train. */
  static boolean isCountable(SpikeTrain train) {
    return isPacked(train) && digitsOfWindow(train) <= MOST_DIGITS;
  }

  private static int digitsOfWindow(SpikeTrain train) {
    long most = ((1L << digitsOf(train)) - 1) * train.steps();
    return Long.SIZE - Long.numberOfLeadingZeros(most);
  }

  /** A single step with the sums of all steps of a train that {@link #isCountable}. */
  static SummedSpikeTrain ofWindow(SpikeTrain train) {
    int count = digitsOfWindow(train);
    int perStep = BitLayout.of(train.shape()).perStep();
    int[][][] sums = new int[count][train.minibatch()][];
    ParallelSamples.run(
        train.minibatch(),
        () ->
            sample -> {
              int[] carried = new int[perStep];
              int[][] sum = new int[count][perStep];
              for (int step = 0; step < train.steps(); step++) {
                for (int digit = 0; digit < digitsOf(train); digit++) {
                  add(words(train, digit, sample), step * perStep, sum, digit, carried);
                }
              }
              for (int digit = 0; digit < count; digit++) {
                sums[digit][sample] = sum[digit];
              }
            });
    SpikeCounts counts = train instanceof BinarySpikeTrain binary ? binary.counts() : null;
    return new SummedSpikeTrain(train.shape(), 1, sums, counts);
  }

  /** The digits of its amplitudes. */
  public int digits() {
    return digits.length;
  }

  private static int digitsOf(SpikeTrain train) {
    return train instanceof SummedSpikeTrain sum ? sum.digits.length : 1;
  }

  private static int[] words(SpikeTrain train, int digit, int sample) {
    return train instanceof SummedSpikeTrain sum
        ? sum.digits[digit][sample]
        : ((BinarySpikeTrain) train).words(sample);
  }

  /** Adds bits at a digit and carries on to the higher ones. */
  private static void add(int[] bits, int first, int[][] sum, int digit, int[] carried) {
    System.arraycopy(bits, first, carried, 0, carried.length);
    for (int d = digit; d < sum.length; d++) {
      int[] at = sum[d];
      int any = 0;
      for (int i = 0; i < at.length; i++) {
        int carry = at[i] & carried[i];
        at[i] ^= carried[i];
        carried[i] = carry;
        any |= carry;
      }
      if (any == 0) {
        return;
      }
    }
  }

  private static boolean isZero(int[][] words) {
    return Arrays.stream(words).allMatch(SummedSpikeTrain::isZero);
  }

  private static boolean isZero(int... words) {
    int any = 0;
    for (int word : words) {
      any |= word;
    }
    return any == 0;
  }

  /**
   * Writes the bits of the neurons that have an event at a step.
   *
   * @param any as many words as a step has
   * @return the words of every digit, in which the step begins at {@link BitLayout#plane}
   */
  public int[][] events(int sample, int step, int[] any) {
    int[][] words = words(sample);
    int first = BitLayout.of(shape).plane(step, 0);
    Arrays.fill(any, 0);
    for (int digit = 0; digit < words.length; digit++) {
      for (int i = 0; i < any.length; i++) {
        any[i] |= words[digit][first + i];
      }
    }
    return words;
  }

  /** The amplitude of a bit of a word. */
  public static int amplitude(int[][] words, int word, int bit) {
    int amplitude = 0;
    for (int digit = words.length - 1; digit >= 0; digit--) {
      amplitude = 2 * amplitude + (words[digit][word] >>> bit & 1);
    }
    return amplitude;
  }

  /** The words of every digit, from the lowest one; not to be written to. */
  public int[][] words(int sample) {
    int[][] words = new int[digits.length][];
    for (int digit = 0; digit < words.length; digit++) {
      words[digit] = digits[digit][sample];
    }
    return words;
  }

  @Override
  public int minibatch() {
    return digits[0].length;
  }

  @Override
  public boolean unitSpikes() {
    return false;
  }

  @Override
  long events() {
    int[] any = new int[BitLayout.of(shape).perStep()];
    long events = 0;
    for (int sample = 0; sample < minibatch(); sample++) {
      for (int step = 0; step < steps; step++) {
        events(sample, step, any);
        for (int word : any) {
          events += Integer.bitCount(word);
        }
      }
    }
    return events;
  }

  @Override
  public float amplitudeBound() {
    return (1 << digits.length) - 1;
  }

  @Override
  public void read(int sample, int step, SpikeEvents events) {
    events.clear();
    BitLayout layout = BitLayout.of(shape);
    int[] any = new int[layout.perStep()];
    int[][] words = events(sample, step, any);
    int firstOfStep = layout.plane(step, 0);
    int[] places = layout.places(shape);
    for (int position = 0; position < places.length; position++) {
      for (int plane = 0; plane < layout.planes(); plane++) {
        int word = plane * layout.planeSize() + places[position];
        for (int left = any[word]; left != 0; left &= left - 1) {
          int bit = Integer.numberOfTrailingZeros(left);
          events.add(
              position, plane * BitLayout.WORD + bit, amplitude(words, firstOfStep + word, bit));
        }
      }
    }
  }

  @Override
  public float[] totals() {
    float[] known = totals;
    if (known == null) {
      known = new float[Math.multiplyExact(minibatch(), shape.neurons())];
      for (int digit = 0; digit < digits.length; digit++) {
        float[] ofDigit = new BinarySpikeTrain(shape, steps, digits[digit]).totals();
        for (int i = 0; i < known.length; i++) {
          known[i] += ofDigit[i] * (1 << digit);
        }
      }
      totals = known;
    }
    return known;
  }
}
