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

  /**
   * Creates the order, at the start of epoch 0.
   *
   * @param things what the samples are called in messages, such as "words"
   * @param size the number of samples
   * @param seed the iterator's seed
   * @param shuffled whether each epoch has an order of its own
   */
  EpochOrder(String things, int size, long seed, boolean shuffled) {
    this.things = things;
    this.size = size;
    this.seed = seed;
    this.shuffled = shuffled;
    begin(0, 0);
  }

  /**
   * Moves to a position in an epoch.
   *
   * @param number the epoch, from 0
   * @param done the number of samples at its start to skip
   * @throws IllegalArgumentException if the epoch is negative or has fewer samples
   */
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

  /**
   * The epoch that the next samples belong to.
   *
   * @return from 0
   */
  int epoch() {
    return epoch;
  }

  /**
   * Whether samples are left in the epoch.
   *
   * @return whether {@link #take} gives some
   */
  boolean hasNext() {
    return next < size;
  }

  /**
   * The next samples.
   *
   * @param count the largest number of them
   * @return their indices; fewer at the end of the epoch
   * @throws IllegalArgumentException if the count is below 1
   * @throws NoSuchElementException if no samples are left
   */
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
