package org.dl4jsnn.kernel;

import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The spikes of one step, in the order of position and channel. Every spike has a code: the sum of
 * a number of its position, which the layer that looks at them chooses, and its channel. Reused
 * from step to step.
 */
final class StepSpikes {

  private static final int SIGN = Integer.SIZE - 1;

  private final int[] codeOfPosition;
  private final BitLayout layout;

  /** For the words of a step, in order of position and channel: where they are. */
  private final int[] placeOfWord;

  private final int[] codeOfWord;
  private final int[] firstOfWord;
  private final SpikeEvents events;

  /** For every position the index of its first spike, and the number of spikes at the end. */
  final int[] first;

  /** The codes of the spikes, with room for one more. */
  final int[] codes;

  /** The amplitudes; not set where all are 1. */
  final float[] amplitudes;

  StepSpikes(FeatureShape shape, int[] codeOfPosition) {
    this.codeOfPosition = codeOfPosition;
    this.layout = BitLayout.of(shape);
    this.events = new SpikeEvents(shape);
    this.codes = new int[shape.neurons() + 1];
    this.amplitudes = new float[shape.neurons()];
    this.first = new int[shape.positions() + 1];
    int[] places = layout.places(shape);
    int words = shape.positions() * layout.planes();
    this.placeOfWord = new int[words];
    this.codeOfWord = new int[words];
    this.firstOfWord = layout.planes() == 1 ? first : new int[words + 1];
    for (int word = 0; word < words; word++) {
      int position = word / layout.planes();
      int plane = word % layout.planes();
      placeOfWord[word] = plane * layout.planeSize() + places[position];
      codeOfWord[word] = codeOfPosition[position] + plane * BitLayout.WORD;
    }
  }

  /** Reads a step; returns the number of its spikes. */
  int read(SpikeTrain train, int sample, int step) {
    if (train instanceof BinarySpikeTrain binary) {
      return read(binary.words(sample), step);
    }
    train.read(sample, step, events);
    int position = 0;
    for (int e = 0; e < events.size(); e++) {
      for (; position <= events.position(e); position++) {
        first[position] = e;
      }
      codes[e] = codeOfPosition[events.position(e)] + events.channel(e);
      amplitudes[e] = events.amplitude(e);
    }
    for (; position < first.length; position++) {
      first[position] = events.size();
    }
    return events.size();
  }

  private int read(int[] words, int step) {
    int size = unpack(words, layout.plane(step, 0));
    firstOfWord[placeOfWord.length] = size;
    if (layout.planes() > 1) {
      for (int position = 0; position < first.length; position++) {
        first[position] = firstOfWord[position * layout.planes()];
      }
    }
    return size;
  }

  private int unpack(int[] words, int firstWord) {
    final int[] to = codes;
    int size = 0;
    for (int word = 0; word < placeOfWord.length; word++) {
      // The first two spikes are written always and kept if they are there: at usual rates few
      // words have more, and a loop over each word's spikes would be mispredicted at every word.
      int one = words[firstWord + placeOfWord[word]];
      int two = one & one - 1;
      int code = codeOfWord[word];
      firstOfWord[word] = size;
      to[size] = code + Integer.numberOfTrailingZeros(one);
      size += (one | -one) >>> SIGN;
      to[size] = code + Integer.numberOfTrailingZeros(two);
      size += (two | -two) >>> SIGN;
      for (int left = two & two - 1; left != 0; left &= left - 1) {
        to[size++] = code + Integer.numberOfTrailingZeros(left);
      }
    }
    return size;
  }
}
