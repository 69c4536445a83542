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
 * Makes the next minibatches of another iterator in a separate thread while the network learns.
 * They are the same minibatches in the same order.
 *
 * <pre>{@code
 * try (PrefetchingIterator ahead = new PrefetchingIterator(training, 2)) {
 *   network.fit(ahead, 5);
 * }
 * }</pre>
 *
 * <p>The thread starts at the first {@link #hasNext()} or {@link #next()} of an epoch, makes as
 * many minibatches as allowed, and waits. {@link #reset()} may be called at any time; it waits for
 * the minibatch that is being made. If a minibatch cannot be made, {@link #next()} first returns
 * the minibatches before it, then throws what the other iterator threw, and keeps throwing it until
 * a reset. An iterator that is forgotten instead of closed leaves no thread behind.
 *
 * <p>It replaces Deeplearning4j's {@code AsyncDataSetIterator}, which waits forever if a minibatch
 * cannot be made, and which a reset during reading can break permanently.
 *
 * <p>Thread-safe. The other iterator must not be used meanwhile.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // DataSetIterator is serialisable; a thread is not
public final class PrefetchingIterator implements DataSetIterator, AutoCloseable {

  private static final String THREAD = "next minibatches";

  private final DataSetIterator source;
  private final int minibatches;
  private final ExecutorService reader;

  /** Minibatches requested from the reader and not yet handed on, in order. */
  private final Deque<Future<DataSet>> coming = new ArrayDeque<>();

  private boolean closed;

  /** Used only by the reader: the epoch has no more minibatches. */
  private boolean over;

  /**
   * Creates an iterator in front of another one.
   *
   * @param source the other iterator, at the position to start from
   * @param minibatches number of minibatches to make ahead, at least 1
   * @throws IllegalArgumentException if the number is below 1, or the other iterator is null
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
   * {@return whether there is another minibatch, for which it waits; true also for one that cannot
   * be made: {@link #next()} then throws}
   *
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
   * {@return the next minibatch; waits for it}
   *
   * @throws NoSuchElementException if the epoch has none left
   * @throws IllegalStateException if the iterator is closed, or the thread is interrupted
   * @throws RuntimeException as thrown by the other iterator, if the minibatch cannot be made
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
   * The next minibatch. Only the other iterator's size is possible, since minibatches are made
   * ahead.
   *
   * @param count must be {@link #batch()}
   * @return the next minibatch
   * @throws UnsupportedOperationException for another number
   */
  @Override
  public DataSet next(int count) {
    if (count != batch()) {
      throw new UnsupportedOperationException(
          "count must be that of the minibatches made ahead, " + batch() + ", got " + count);
    }
    return next();
  }

  /** The first minibatch not yet handed on; null after the last one. */
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

  /** Runs in the reader. */
  private DataSet make() {
    if (over) {
      return null;
    }
    // Reset once a minibatch is made: after one that cannot be made the epoch is over.
    over = true;
    DataSet minibatch = source.hasNext() ? source.next() : null;
    // A device must have finished with it before another thread gets it.
    Nd4j.getExecutioner().commit();
    over = minibatch == null;
    return minibatch;
  }

  /**
   * Drops the minibatches made ahead and resets the other iterator; also clears a failure.
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
    // No interrupt: a file or a cache would treat it as its own failure.
    coming.forEach(asked -> asked.cancel(false));
    coming.clear();
  }

  /** Runs something after everything that the reader has begun, and waits for it. */
  private void inReader(Runnable work) {
    Future<?> done = reader.submit(work);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          done.get();
          return;
        } catch (InterruptedException e) {
          // The other iterator must not be touched before the reader has finished with it.
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
   * Ends the thread after the minibatch that it is making. The other iterator may then be ahead, by
   * at most the number of minibatches made ahead.
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
   * {@return false: {@code fit} should not put another asynchronous iterator in front of this one}
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
   * @throws IllegalStateException if minibatches have already been made without it
   */
  @Override
  public synchronized void setPreProcessor(DataSetPreProcessor preProcessor) {
    if (!coming.isEmpty()) {
      throw new IllegalStateException(
          "the preprocessor must be set before an epoch's first minibatch is requested, got "
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
