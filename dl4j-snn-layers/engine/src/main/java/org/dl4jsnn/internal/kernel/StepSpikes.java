package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.internal.spike.SummedSpikeTrain;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The spikes of one step, in the order of position and channel. Every spike has a code: its channel
 * plus a number for its position, which the reading layer chooses. Reused from step to step.
 */
final class StepSpikes {

  /** More entries than may be written past the last spike. */
  private static final int ROOM = 8;

  /**
   * With more spikes than this per word that has any, on average, spikes are written by eight:
   * fewer words need a second turn, whose branch would be mispredicted.
   */
  private static final int MANY = 3;

  private static final int SIGN = Integer.SIZE - 1;

  private final Codes of;
  private final BitLayout layout;
  private final int[] firstOfWord;

  /** The words of the rows that are read. */
  private final int firstWordRead;

  private final int endWordRead;

  /** The words of a step that are not zero, and their bits. */
  private final int[] filledWords;

  private final int[] filledBits;
  private final int channels;

  /** For every position the index of its first spike, if {@link #positionsIndexed}. */
  private final int[] first;

  private boolean positionsIndexed;

  /** For trains that are neither bits nor lists. */
  private final SpikeEvents events;

  /** The neurons of the spikes; unused for trains of bits. */
  private final int[] neurons;

  /** Whether sums are read as spikes of amplitude 1. */
  private boolean repeats;

  /** Scratch memory for sums of trains; made late, since few layers read any. */
  private int[] anyOfStep;

  private final int neuronsPerRow;
  private final int width;

  /** For every row, the index of its first spike; followed by the number of spikes. */
  final int[] firstOfRow;

  /** The codes of the spikes; entries after them are undefined. Larger ones take its place. */
  int[] codes;

  /** The amplitudes; not set if all are 1. */
  final float[] amplitudes;

  /** Reads whole steps. */
  StepSpikes(Codes of) {
    this(of, 0, of.shape.height());
  }

  /** Reads the spikes of some rows of the input; of trains that are not bits, those of all rows. */
  StepSpikes(Codes of, int firstRow, int endRow) {
    FeatureShape shape = of.shape;
    this.of = of;
    this.layout = BitLayout.of(shape);
    this.channels = shape.channels();
    this.events = new SpikeEvents(shape);
    this.codes = new int[shape.neurons() + ROOM];
    this.amplitudes = new float[shape.neurons()];
    this.first = new int[shape.positions() + 1];
    this.firstOfRow = new int[shape.height() + 1];
    this.width = shape.width();
    this.neuronsPerRow = shape.width() * channels;
    this.neurons = new int[shape.neurons()];
    int words = of.placeOfWord.length;
    this.firstWordRead = firstRow * shape.width() * layout.planes();
    this.endWordRead = endRow * shape.width() * layout.planes();
    this.filledWords = new int[words];
    this.filledBits = new int[words];
    this.firstOfWord = layout.planes() == 1 ? first : new int[words + 1];
  }

  /** The codes of a layer's input. Immutable; shared by all readers. */
  static final class Codes {

    private final FeatureShape shape;

    /** The places of a step's words, in order of position and channel. */
    private final int[] placeOfWord;

    private final int[] codeOfWord;
    private final int[] codeOfNeuron;

    Codes(FeatureShape shape, int[] codeOfPosition) {
      this.shape = shape;
      int channels = shape.channels();
      this.codeOfNeuron = new int[shape.neurons()];
      for (int position = 0, neuron = 0; position < codeOfPosition.length; position++) {
        for (int channel = 0; channel < channels; channel++) {
          codeOfNeuron[neuron++] = codeOfPosition[position] + channel;
        }
      }
      BitLayout layout = BitLayout.of(shape);
      int[] places = layout.places(shape);
      int words = shape.positions() * layout.planes();
      this.placeOfWord = new int[words];
      this.codeOfWord = new int[words];
      for (int word = 0; word < words; word++) {
        int position = word / layout.planes();
        int plane = word % layout.planes();
        placeOfWord[word] = plane * layout.planeSize() + places[position];
        codeOfWord[word] = codeOfPosition[position] + plane * BitLayout.WORD;
      }
    }
  }

  /**
   * Takes a train.
   *
   * @param inAnyOrder whether a neuron's amplitude may come as so many spikes of 1
   * @return whether events have amplitudes
   */
  boolean begin(SpikeTrain train, boolean inAnyOrder) {
    repeats = inAnyOrder && train instanceof SummedSpikeTrain;
    return !train.unitSpikes() && !repeats;
  }

  /** Reads a step; returns the number of its spikes. */
  int read(SpikeTrain train, int sample, int step) {
    if (train instanceof BinarySpikeTrain binary) {
      return read(binary.words(sample), step);
    }
    if (train instanceof EventSpikeTrain list) {
      return read(list.sample(sample), step);
    }
    if (train instanceof SummedSpikeTrain sum) {
      return repeats ? readRepeated(sum, sample, step) : read(sum, sample, step);
    }
    train.read(sample, step, events);
    return read(events);
  }

  /** Any other train; slower, as events are copied once more. */
  private int read(SpikeEvents step) {
    for (int e = 0; e < step.size(); e++) {
      neurons[e] = step.neuron(e);
      codes[e] = of.codeOfNeuron[neurons[e]];
      amplitudes[e] = step.amplitude(e);
    }
    index(step.size(), neuronsPerRow, firstOfRow);
    positionsIndexed = false;
    return step.size();
  }

  /** Reads graded events from one value per neuron, in order; those without an event are 0. */
  void read(float... values) {
    int size = 0;
    int neuron = 0;
    for (int position = 0; neuron < values.length; position++) {
      first[position] = size;
      for (int end = neuron + channels; neuron < end; neuron++) {
        codes[size] = of.codeOfNeuron[neuron];
        amplitudes[size] = values[neuron];
        int magnitude = Float.floatToRawIntBits(values[neuron]) & Integer.MAX_VALUE;
        size += -magnitude >>> SIGN; // without a branch that would be mispredicted
      }
    }
    first[first.length - 1] = size;
    indexRows();
  }

  private int read(EventSpikeTrain.Sample sample, int step) {
    int from = sample.firstOfStep()[step];
    int size = sample.firstOfStep()[step + 1] - from;
    int[] entries = sample.neurons();
    float[] graded = sample.amplitudes();
    for (int e = 0; e < size; e++) {
      int entry = entries[from + e];
      int sign = graded == null ? entry >> SIGN : 0;
      neurons[e] = entry ^ sign;
      codes[e] = of.codeOfNeuron[neurons[e]];
      amplitudes[e] = graded == null ? sign | 1 : graded[from + e];
    }
    index(size, neuronsPerRow, firstOfRow);
    positionsIndexed = false;
    return size;
  }

  /** Records where the spikes of each group of neurons begin. */
  private void index(int size, int neuronsOfOne, int[] starts) {
    int next = 0;
    int end = 0;
    for (int e = 0; e < size; e++) {
      for (; end <= neurons[e]; end += neuronsOfOne) {
        starts[next++] = e;
      }
    }
    Arrays.fill(starts, next, starts.length, size);
  }

  /** For every position, the index of its first spike; followed by the number of spikes. */
  int[] firstOfPosition() {
    if (!positionsIndexed) {
      index(firstOfRow[firstOfRow.length - 1], channels, first);
      positionsIndexed = true;
    }
    return first;
  }

  /** Reads the places of spikes as those of ordinary ones, then their amplitudes. */
  private int read(SummedSpikeTrain train, int sample, int step) {
    if (anyOfStep == null) {
      anyOfStep = layout.words(1);
    }
    int[][] digits = train.events(sample, step, anyOfStep);
    int size = read(anyOfStep, 0);
    int firstWord = layout.plane(step, 0);
    for (int word = firstWordRead; word < endWordRead; word++) {
      int end = word + 1 < endWordRead ? firstOfWord[word + 1] : size;
      int place = firstWord + of.placeOfWord[word];
      for (int e = firstOfWord[word]; e < end; e++) {
        int bit = codes[e] - of.codeOfWord[word];
        amplitudes[e] = SummedSpikeTrain.amplitude(digits, place, bit);
      }
    }
    return size;
  }

  /**
   * Reads a sum as so many spikes of amplitude 1: those of 32 channels in any order.
   *
   * @return the number of these spikes
   */
  private int readRepeated(SummedSpikeTrain train, int sample, int step) {
    int[][] digits = train.words(sample);
    int firstPlace = layout.plane(step, 0);
    int size = 0;
    int filled = 0;
    for (int word = firstWordRead; word < endWordRead; word++) {
      int place = firstPlace + of.placeOfWord[word];
      int any = 0;
      firstOfWord[word] = size;
      for (int digit = 0; digit < digits.length; digit++) {
        int bits = digits[digit][place];
        any |= bits;
        size += Integer.bitCount(bits) << digit;
      }
      filledWords[filled] = word;
      filled += (any | -any) >>> SIGN;
    }
    if (codes.length < size + ROOM) {
      codes = new int[2 * size + ROOM];
    }
    for (int i = 0; i < filled; i++) {
      int word = filledWords[i];
      int place = firstPlace + of.placeOfWord[word];
      int at = firstOfWord[word];
      for (int digit = 0; digit < digits.length; digit++) {
        int bits = digits[digit][place];
        for (int left = bits == 0 ? 0 : 1 << digit; left > 0; left--) {
          writeFours(bits, of.codeOfWord[word], at);
          at += Integer.bitCount(bits);
        }
      }
    }
    indexWords(size);
    return size;
  }

  private int read(int[] words, int step) {
    int size = unpack(words, layout.plane(step, 0));
    indexWords(size);
    return size;
  }

  /** From the first spike of every word to those of every position and row. */
  private void indexWords(int size) {
    Arrays.fill(firstOfWord, 0, firstWordRead, 0);
    Arrays.fill(firstOfWord, endWordRead, firstOfWord.length, size);
    if (layout.planes() > 1) {
      for (int position = 0; position < first.length; position++) {
        first[position] = firstOfWord[position * layout.planes()];
      }
    }
    indexRows();
  }

  /** From the first spike of every position to that of every row. */
  private void indexRows() {
    for (int row = 0; row < firstOfRow.length; row++) {
      firstOfRow[row] = first[row * width];
    }
    positionsIndexed = true;
  }

  /**
   * First counts the spikes of all words without a branch, then visits the words that have any.
   * Spikes are written by four or by eight, and the next word overwrites surplus entries: a loop
   * over each word's spikes would be mispredicted at every word.
   */
  private int unpack(int[] words, int firstWord) {
    final int[] placeOfWord = of.placeOfWord;
    final int[] codeOfWord = of.codeOfWord;
    int size = 0;
    int filled = 0;
    for (int word = firstWordRead; word < endWordRead; word++) {
      int bits = words[firstWord + placeOfWord[word]];
      firstOfWord[word] = size;
      filledWords[filled] = word;
      filledBits[filled] = bits;
      filled += (bits | -bits) >>> SIGN;
      size += Integer.bitCount(bits);
    }
    if (size > MANY * filled) {
      for (int i = 0; i < filled; i++) {
        int word = filledWords[i];
        writeEights(filledBits[i], codeOfWord[word], firstOfWord[word]);
      }
    } else {
      for (int i = 0; i < filled; i++) {
        int word = filledWords[i];
        writeFours(filledBits[i], codeOfWord[word], firstOfWord[word]);
      }
    }
    return size;
  }

  private void writeFours(int bits, int code, int first) {
    int left = bits;
    int at = first;
    do {
      left = writeFour(left, code, at);
      at += 4;
    } while (left != 0);
  }

  private void writeEights(int bits, int code, int first) {
    int left = bits;
    int at = first;
    do {
      left = writeFour(writeFour(left, code, at), code, at + 4);
      at += 8;
    } while (left != 0);
  }

  /** Writes the codes of the four lowest bits and returns the others. */
  private int writeFour(int bits, int code, int at) {
    final int[] to = codes;
    int left = bits;
    to[at] = code + Integer.numberOfTrailingZeros(left);
    left &= left - 1;
    to[at + 1] = code + Integer.numberOfTrailingZeros(left);
    left &= left - 1;
    to[at + 2] = code + Integer.numberOfTrailingZeros(left);
    left &= left - 1;
    to[at + 3] = code + Integer.numberOfTrailingZeros(left);
    return left & left - 1;
  }
}
