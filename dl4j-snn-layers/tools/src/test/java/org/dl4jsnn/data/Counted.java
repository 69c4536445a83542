package org.dl4jsnn.data;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Minibatches that hold their epoch and place. It is slow on purpose, and notes whether two threads
 * used it at the same time.
 */
@SuppressWarnings("serial")
final class Counted implements DataSetIterator {

  private final transient Random random = new Random(1);
  private final transient AtomicInteger inside = new AtomicInteger();
  private final int minibatches;
  private int epoch;
  private int place;
  private transient DataSetPreProcessor preProcessor;

  /** The place of a minibatch that cannot be made; -1 for none. */
  volatile int broken = -1;

  volatile boolean resettable = true;
  volatile boolean shared;
  volatile int longest;
  volatile int made;

  Counted(int minibatches) {
    this.minibatches = minibatches;
  }

  /** What is left of an epoch. */
  static List<String> rest(DataSetIterator iterator) {
    List<String> found = new ArrayList<>();
    while (iterator.hasNext()) {
      found.add(name(iterator.next()));
    }
    return found;
  }

  static String name(DataSet minibatch) {
    return minibatch.getFeatures().getInt(0) + "." + minibatch.getFeatures().getInt(1);
  }

  /** All of an epoch, in order. */
  static List<String> epoch(int epoch, int minibatches) {
    List<String> all = new ArrayList<>();
    for (int place = 0; place < minibatches; place++) {
      all.add(epoch + "." + place);
    }
    return all;
  }

  private void enter() {
    shared |= inside.getAndIncrement() > 0;
  }

  private void leave() {
    inside.decrementAndGet();
  }

  @Override
  public boolean hasNext() {
    return place < minibatches;
  }

  @Override
  public DataSet next() {
    enter();
    try {
      if (longest > 0) {
        Thread.sleep(0, random.nextInt(longest) + 1);
      }
      if (place == broken) {
        throw new IllegalArgumentException("place " + place + " is broken");
      }
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      made++;
      DataSet minibatch =
          new DataSet(Nd4j.createFromArray(new int[][] {{epoch, place++}}), Nd4j.zeros(1, 1));
      if (preProcessor != null) {
        preProcessor.preProcess(minibatch);
      }
      return minibatch;
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody may interrupt the reader", e);
    } finally {
      leave();
    }
  }

  @Override
  public void reset() {
    enter();
    epoch++;
    place = 0;
    leave();
  }

  @Override
  public DataSet next(int count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean resetSupported() {
    return resettable;
  }

  @Override
  public boolean asyncSupported() {
    return true;
  }

  @Override
  public int batch() {
    return 1;
  }

  @Override
  public int inputColumns() {
    return 2;
  }

  @Override
  public int totalOutcomes() {
    return 1;
  }

  @Override
  public List<String> getLabels() {
    return List.of("label");
  }

  @Override
  public void setPreProcessor(DataSetPreProcessor preProcessor) {
    this.preProcessor = preProcessor;
  }

  @Override
  public DataSetPreProcessor getPreProcessor() {
    return preProcessor;
  }
}
