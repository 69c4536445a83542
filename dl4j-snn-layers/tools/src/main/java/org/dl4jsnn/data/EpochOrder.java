package org.dl4jsnn.data;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.SeededOrder;
import org.dl4jsnn.noise.NoiseKey;

/**
 * The order of an iterator's samples in an epoch, and how many of them are done. The order depends
 * only on the seed and the epoch, so a training can go on in the middle of one.
 */
final class EpochOrder {

  private final String things;
  private final int size;
  private final long seed;
  private final boolean shuffled;
  private int epoch;
  private List<Integer> order;
  private int next;

  /** At the start of epoch 0. Messages call the samples {@code things}, such as "words". */
  EpochOrder(String things, int size, long seed, boolean shuffled) {
    this.things = things;
    this.size = size;
    this.seed = seed;
    this.shuffled = shuffled;
    begin(0, 0);
  }

  /** Moves to an epoch, from 0, after the samples done at its start. */
  void begin(int number, int done) {
    Require.atLeast("epoch", number, 0);
    if (done < 0 || done > size) {
      throw new IllegalArgumentException(
          "done must be from 0 to " + size + ", the epoch's " + things + ", got " + done);
    }
    epoch = number;
    next = done;
    // A different key from augmentation, which draws from the seed itself.
    long draws = NoiseKey.training(~seed, epoch).stream(0);
    order =
        shuffled
            ? SeededOrder.of(size, i -> NoiseKey.draw(draws, i))
            : IntStream.range(0, size).boxed().toList();
  }

  /** {@return the epoch that the next samples belong to, from 0} */
  int epoch() {
    return epoch;
  }

  /** {@return whether {@link #take} gives samples: whether some are left in the epoch} */
  boolean hasNext() {
    return next < size;
  }

  /** The indices of the next samples, fewer than the count at the end of the epoch. */
  List<Integer> take(int count) {
    Require.atLeast("count", count, 1);
    if (!hasNext()) {
      throw new NoSuchElementException(
          "the epoch must have " + things + " left, got none after " + size);
    }
    int from = next;
    next = (int) Math.min(size, (long) next + count);
    return order.subList(from, next);
  }
}
