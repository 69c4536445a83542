package org.dl4jsnn.data;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.parallel.IdleThreads;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes the next minibatches of another iterator in a thread of its own while the network learns
 * from this one. They are the same ones, in the same order.
 *
 * <pre>{@code
 * try (PrefetchingIterator ahead = new PrefetchingIterator(minibatches, 2)) {
 *   network.fit(ahead, epochs);
 * }
 * }</pre>
 *
 * <p>The thread begins with the first {@link #hasNext()} or {@link #next()} of an epoch, makes as
 * many minibatches as it may, and waits. {@link #reset()} is allowed at any moment; it waits for
 * the minibatch that is being made. Where a minibatch cannot be made, {@link #next()} throws what
 * the other iterator threw, after the minibatches in front of it, and goes on throwing it until a
 * reset. An iterator that is forgotten instead of closed leaves no thread behind.
 *
 * <p>It stands in for Deeplearning4j's {@code AsyncDataSetIterator}, whose reader waits forever for
 * a minibatch that cannot be made, and which a reset while it reads can break for good.
 *
 * <p>Its methods may be called by several threads. The other iterator must be left alone meanwhile.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // DataSetIterator is serialisable; a thread is not
public final class PrefetchingIterator implements DataSetIterator, AutoCloseable {

  private static final String THREAD = "next minibatches";

  private final DataSetIterator source;
  private final int minibatches;
  private final ExecutorService reader;

  /** What the reader was asked for and has not been handed on, in order. */
  private final Deque<Future<DataSet>> coming = new ArrayDeque<>();

  private boolean closed;

  /** Of the reader alone: there is nothing more to make in this epoch. */
  private boolean over;

  /**
   * An iterator in front of another one.
   *
   * @param source the other iterator, at the place to begin at
   * @param minibatches how many to make ahead, at least 1
   * @throws IllegalArgumentException if it is below 1, or there is no other iterator
   */
  public PrefetchingIterator(DataSetIterator source, int minibatches) {
    this(source, minibatches, IdleThreads.one(THREAD));
  }

  PrefetchingIterator(DataSetIterator source, int minibatches, Duration idle) {
    this(source, minibatches, IdleThreads.one(THREAD, idle));
  }

  private PrefetchingIterator(DataSetIterator source, int minibatches, ExecutorService reader) {
    this.source = Require.given("source", source);
    this.minibatches = Require.atLeast("minibatches", minibatches, 1);
    this.reader = reader;
  }

  /**
   * Whether there is another minibatch; waits for it.
   *
   * @return also true where it cannot be made, which {@link #next()} then tells
   * @throws IllegalStateException if the iterator is closed, or the thread is interrupted
   */
  @Override
  public synchronized boolean hasNext() {
    try {
      return first() != null;
    } catch (ExecutionException e) {
      return true;
    }
  }

  /**
   * The next minibatch; waits for it.
   *
   * @return the minibatch
   * @throws NoSuchElementException if the epoch has none left
   * @throws IllegalStateException if the iterator is closed, or the thread is interrupted
   * @throws RuntimeException what the other iterator threw, if the minibatch cannot be made
   */
  @Override
  public synchronized DataSet next() {
    DataSet minibatch;
    try {
      minibatch = first();
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    }
    if (minibatch == null) {
      throw new NoSuchElementException("the epoch must have minibatches left, got none");
    }
    coming.remove();
    askAhead();
    return minibatch;
  }

  /**
   * Minibatches of the other iterator's size only: they are made before anyone asks.
   *
   * @param count must be {@link #batch()}
   * @return the next minibatch
   * @throws UnsupportedOperationException if it is another number
   */
  @Override
  public DataSet next(int count) {
    if (count != batch()) {
      throw new UnsupportedOperationException(
          "count must be that of the minibatches made ahead, " + batch() + ", got " + count);
    }
    return next();
  }

  /** The first minibatch that was not handed on; null behind the last one. */
  private DataSet first() throws ExecutionException {
    requireOpen();
    askAhead();
    try {
      return coming.element().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a minibatch", e);
    }
  }

  private void askAhead() {
    while (coming.size() < minibatches) {
      coming.add(reader.submit(this::make));
    }
  }

  /** In the reader. */
  private DataSet make() {
    if (over) {
      return null;
    }
    // Until it is made: behind a minibatch that cannot be made there is none.
    over = true;
    DataSet minibatch = source.hasNext() ? source.next() : null;
    // A device must be done with it before another thread has it.
    Nd4j.getExecutioner().commit();
    over = minibatch == null;
    return minibatch;
  }

  /**
   * Drops what was made ahead, and resets the other iterator; this ends a failure as well.
   *
   * @throws UnsupportedOperationException if the other iterator cannot be reset; nothing is dropped
   * @throws IllegalStateException if the iterator is closed
   */
  @Override
  public synchronized void reset() {
    requireOpen();
    if (!source.resetSupported()) {
      throw new UnsupportedOperationException(
          "reset must be supported by the iterator that is read ahead, got " + source);
    }
    drop();
    inReader(
        () -> {
          over = false;
          source.reset();
        });
  }

  private void drop() {
    // Without an interrupt, which a file or a cache would take for a failure of its own.
    coming.forEach(asked -> asked.cancel(false));
    coming.clear();
  }

  /** Runs something behind all that the reader has begun, and waits for it. */
  private void inReader(Runnable work) {
    Future<?> done = reader.submit(work);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          done.get();
          return;
        } catch (InterruptedException e) {
          // The other iterator must not be touched before the reader is done with it.
          interrupted = true;
        } catch (ExecutionException e) {
          throw unchecked(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException exception
        ? exception
        : new IllegalStateException("a minibatch cannot be made: " + failure, failure);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the iterator must be open, got a closed one");
    }
  }

  /**
   * Ends the thread, after the minibatch that it is making. The other iterator is left where it is,
   * up to so many minibatches further than what was handed on.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    drop();
    inReader(() -> over = true);
    closed = true;
    reader.shutdown();
  }

  @Override
  public boolean resetSupported() {
    return source.resetSupported();
  }

  /**
   * Whether {@code fit} shall put another asynchronous iterator in front of this one.
   *
   * @return false
   */
  @Override
  public boolean asyncSupported() {
    return false;
  }

  @Override
  public int batch() {
    return source.batch();
  }

  @Override
  public int inputColumns() {
    return source.inputColumns();
  }

  @Override
  public int totalOutcomes() {
    return source.totalOutcomes();
  }

  @Override
  public List<String> getLabels() {
    return source.getLabels();
  }

  /**
   * Sets the preprocessor of the other iterator.
   *
   * @param preProcessor changes each minibatch, in the thread that makes it
   * @throws IllegalStateException if minibatches were made without it already
   */
  @Override
  public synchronized void setPreProcessor(DataSetPreProcessor preProcessor) {
    if (!coming.isEmpty()) {
      throw new IllegalStateException(
          "the preprocessor must be set before an epoch's first minibatch is asked for, got "
              + preProcessor
              + " later. Call reset() first");
    }
    source.setPreProcessor(preProcessor);
  }

  @Override
  public DataSetPreProcessor getPreProcessor() {
    return source.getPreProcessor();
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    throw new NotSerializableException(PrefetchingIterator.class.getName());
  }
}
