package org.dl4jsnn.data;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;

@Timeout(60)
class PrefetchingIteratorTest {

  private static final int LENGTH = 6;

  @Test
  void shouldHandOnAllMinibatchesInOrderEpochByEpoch() {
    for (int minibatches : new int[] {1, 2, LENGTH, 3 * LENGTH}) {
      try (PrefetchingIterator ahead = new PrefetchingIterator(new Counted(LENGTH), minibatches)) {
        for (int epoch = 0; epoch < 3; epoch++) {
          assertEquals(Counted.epoch(epoch, LENGTH), Counted.rest(ahead));
          assertFalse(ahead.hasNext());
          assertMessage(
              NoSuchElementException.class,
              "the epoch must have minibatches left, got none",
              ahead::next);
          ahead.reset();
        }
      }
    }
  }

  @Test
  void shouldSurviveResetsAtAnyMoment() throws InterruptedException {
    Random random = new Random(5);
    Counted source = new Counted(LENGTH);
    source.longest = 200_000;
    try (PrefetchingIterator ahead = new PrefetchingIterator(source, 2)) {
      for (int epoch = 0; epoch < 300; epoch++) {
        int read = random.nextInt(LENGTH + 1);
        for (int place = 0; place < read; place++) {
          assertEquals(epoch + "." + place, Counted.name(ahead.next()));
        }
        if (random.nextBoolean()) {
          ahead.hasNext();
          Thread.sleep(0, random.nextInt(900_000));
        }
        ahead.reset();
      }
      assertEquals(Counted.epoch(300, LENGTH), Counted.rest(ahead));
    }
    assertFalse(source.shared, "two threads were in the source at once");
  }

  @Test
  void shouldThrowWhatTheReaderThrewAfterEarlierMinibatchesAndContinueAfterAReset() {
    Counted source = new Counted(LENGTH);
    try (PrefetchingIterator ahead = new PrefetchingIterator(source, 3)) {
      for (int epoch = 0; epoch < 20; epoch++) {
        source.broken = epoch % LENGTH;
        for (int place = 0; place < source.broken; place++) {
          assertEquals(2 * epoch + "." + place, Counted.name(ahead.next()));
        }
        for (int again = 0; again < 2; again++) {
          assertTrue(ahead.hasNext(), "an epoch that breaks off must not look like its end");
          assertMessage("place " + source.broken + " is broken", ahead::next);
        }
        source.broken = -1;
        ahead.reset();
        assertEquals(Counted.epoch(2 * epoch + 1, LENGTH), Counted.rest(ahead));
        ahead.reset();
      }
    }
  }

  @Test
  void shouldMakeNoMoreThanItMay() throws InterruptedException {
    Counted source = new Counted(LENGTH);
    try (PrefetchingIterator ahead = new PrefetchingIterator(source, 2)) {
      Thread.sleep(30);
      assertEquals(0, source.made, "nothing was requested yet");
      ahead.next();
      waitUntil(source, 3);
      Thread.sleep(30);
      assertEquals(3, source.made);
    }
    assertEquals(3, source.made);
  }

  private static void waitUntil(Counted source, int made) throws InterruptedException {
    while (source.made < made) {
      Thread.sleep(1);
    }
  }

  @Test
  void shouldEndItsThreadWhenClosed() throws InterruptedException {
    Counted source = new Counted(LENGTH);
    Thread[] reader = new Thread[1];
    source.setPreProcessor(minibatch -> reader[0] = Thread.currentThread());
    PrefetchingIterator ahead = new PrefetchingIterator(source, 2);
    ahead.next();
    ahead.close();
    ahead.close();
    reader[0].join(10_000);
    assertFalse(reader[0].isAlive());
    for (Runnable call : List.<Runnable>of(ahead::hasNext, ahead::next, ahead::reset)) {
      assertMessage(
          IllegalStateException.class, "the iterator must be open, got a closed one", call::run);
    }
  }

  @Test
  void shouldEndItsThreadIfTheConsumerGoesAway() throws InterruptedException {
    Counted source = new Counted(LENGTH);
    Thread[] reader = new Thread[1];
    source.setPreProcessor(minibatch -> reader[0] = Thread.currentThread());
    Duration idle = Duration.ofMillis(50);
    PrefetchingIterator ahead = new PrefetchingIterator(source, 2, idle);
    ahead.next();
    Thread first = reader[0];
    first.join(10_000);
    assertFalse(first.isAlive());
    // A reader that was just slow continues.
    assertEquals(Counted.epoch(0, LENGTH).subList(1, LENGTH), Counted.rest(ahead));
    ahead.close();
  }

  @Test
  void shouldNotLoseAMinibatchToAnInterrupt() {
    Counted source = new Counted(LENGTH);
    source.longest = 900_000;
    try (PrefetchingIterator ahead = new PrefetchingIterator(source, 2)) {
      for (int place = 0; place < LENGTH; place++) {
        Thread.currentThread().interrupt();
        try {
          ahead.hasNext();
        } catch (IllegalStateException e) {
          assertTrue(e.getCause() instanceof InterruptedException);
        }
        assertTrue(Thread.interrupted());
        assertEquals("0." + place, Counted.name(ahead.next()));
      }
      ahead.reset();
      ahead.hasNext();
      Thread.currentThread().interrupt();
      ahead.reset();
      assertTrue(Thread.interrupted());
      assertEquals(Counted.epoch(2, LENGTH), Counted.rest(ahead));
    }
  }

  @Test
  void shouldServeSeveralThreads() {
    Counted source = new Counted(1000);
    AtomicInteger seen = new AtomicInteger();
    try (PrefetchingIterator ahead = new PrefetchingIterator(source, 3)) {
      Runnable consumer =
          () -> {
            try {
              while (true) {
                ahead.next();
                seen.incrementAndGet();
              }
            } catch (NoSuchElementException e) {
              // The end, for this one.
              assertFalse(ahead.hasNext());
            }
          };
      CompletableFuture.allOf(
              CompletableFuture.runAsync(consumer),
              CompletableFuture.runAsync(consumer),
              CompletableFuture.runAsync(consumer))
          .join();
    }
    assertEquals(1000, seen.get());
    assertFalse(source.shared);
  }

  @Test
  void shouldWorkBehindDeeplearning4jsIterator() {
    try (PrefetchingIterator ahead = new PrefetchingIterator(new Counted(LENGTH), 2)) {
      AsyncDataSetIterator outer = new AsyncDataSetIterator(ahead, 2);
      assertEquals(Counted.epoch(0, LENGTH), Counted.rest(outer));
      outer.shutdown();
    }
  }

  @Test
  void shouldReportTheOtherIteratorsProperties() {
    Counted source = new Counted(LENGTH);
    try (PrefetchingIterator ahead = new PrefetchingIterator(source, 2)) {
      assertFalse(ahead.asyncSupported(), "fit must not wrap it in another one");
      assertTrue(ahead.resetSupported());
      assertEquals(1, ahead.batch());
      assertEquals(2, ahead.inputColumns());
      assertEquals(1, ahead.totalOutcomes());
      assertEquals(List.of("label"), ahead.getLabels());
      DataSetPreProcessor negating = minibatch -> minibatch.getFeatures().negi();
      ahead.setPreProcessor(negating);
      assertSame(negating, ahead.getPreProcessor());
      ahead.reset();
      assertEquals("-1.0", Counted.name(ahead.next(1)));
      assertEquals("-1.-1", Counted.name(ahead.next()));
    }
  }

  @Test
  void shouldRefuseWhatItCannotDo() {
    Counted source = new Counted(LENGTH);
    assertMessage(
        "minibatches must be a whole number of at least 1, got 0",
        () -> new PrefetchingIterator(source, 0));
    assertMessage("source must be given, got null", () -> new PrefetchingIterator(null, 1));
    try (PrefetchingIterator ahead = new PrefetchingIterator(source, 2)) {
      assertMessage(
          UnsupportedOperationException.class,
          "count must be that of the minibatches made ahead, 1, got 7",
          () -> ahead.next(7));
      ahead.next();
      assertMessage(
          IllegalStateException.class,
          "the preprocessor must be set before an epoch's first minibatch is requested, got null"
              + " later. Call reset() first",
          () -> ahead.setPreProcessor(null));
      source.resettable = false;
      assertBegins(
          UnsupportedOperationException.class,
          "reset must be supported by the iterator",
          ahead::reset);
      assertEquals("0.1", Counted.name(ahead.next()), "nothing is dropped");
      assertThrows(
          NotSerializableException.class,
          () -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(ahead));
    }
  }
}
