package org.dl4jsnn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

class PrefetchTest {

  @Test
  void shouldHandOnMinibatchesInOrder() {
    List<DataSet> minibatches = List.of(new DataSet(), new DataSet(), new DataSet());
    try (Prefetch prefetch = new Prefetch(minibatches.iterator())) {
      minibatches.forEach(minibatch -> assertSame(minibatch, prefetch.next()));
      assertThrows(NoSuchElementException.class, prefetch::next);
    }
  }

  @Test
  void shouldHandOnFailures() {
    Iterator<DataSet> failing = Stream.generate(PrefetchTest::fail).iterator();
    try (Prefetch prefetch = new Prefetch(failing)) {
      assertEquals(
          "broken picture", assertThrows(IllegalStateException.class, prefetch::next).getMessage());
    }
  }

  private static DataSet fail() {
    throw new IllegalStateException("broken picture");
  }
}
