package org.dl4jsnn.event.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The newest slices, which wait for the network. For two threads. */
final class SliceQueue {

  private final int capacity;
  private final Deque<EventSlice> waiting = new ArrayDeque<>();
  private long dropped;
  private boolean ended;

  SliceQueue(int capacity) {
    this.capacity = capacity;
  }

  int capacity() {
    return capacity;
  }

  /** Appends a slice; drops the oldest if the queue is full. */
  synchronized void offer(EventSlice slice) {
    if (waiting.size() == capacity) {
      waiting.removeFirst();
      dropped++;
    }
    waiting.addLast(slice);
    notifyAll();
  }

  /** Counts slices without events that were never offered. */
  synchronized void skip(long slices) {
    dropped += slices;
  }

  /** Waits for the next slice; empty after the last. */
  synchronized Optional<EventSlice> take() throws InterruptedException {
    while (waiting.isEmpty() && !ended) {
      wait();
    }
    return Optional.ofNullable(waiting.pollFirst());
  }

  synchronized void end() {
    ended = true;
    notifyAll();
  }

  synchronized long dropped() {
    return dropped;
  }
}
