package org.dl4jsnn.event.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The newest slices, which wait for the network. For two threads. */
final class SliceQueue {

  private final int capacity;
  private final boolean blocks;
  private final Deque<EventSlice> waiting = new ArrayDeque<>();
  private long dropped;
  private boolean ended;

  SliceQueue(int capacity, boolean blocks) {
    this.capacity = capacity;
    this.blocks = blocks;
  }

  /** How many of some slices without events, the newest, are to be offered. */
  long kept(long slices) {
    // The slice in front of the silence keeps its place.
    return blocks ? slices : Math.min(slices, capacity - 1L);
  }

  /** Appends a slice; if the queue is full, waits or drops the oldest. */
  synchronized void offer(EventSlice slice) throws InterruptedException {
    while (blocks && waiting.size() == capacity && !ended) {
      wait();
    }
    if (blocks && ended) {
      return; // closed
    }
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
    notifyAll();
    return Optional.ofNullable(waiting.pollFirst());
  }

  synchronized void end() {
    ended = true;
    notifyAll();
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  synchronized long dropped() {
    return dropped;
  }
}
