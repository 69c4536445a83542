package org.dl4jsnn.internal.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class HostArraysTest {

  private final INDArray array = Nd4j.arange(24).castTo(DataType.FLOAT).reshape('c', 2, 3, 4);

  @Test
  void shouldReadAnyOrderTypeAndView() {
    float[] expected = array.data().asFloat();
    assertArrayEquals(expected, HostArrays.floats(array));
    assertArrayEquals(expected, HostArrays.floats(array.dup('f')));
    assertArrayEquals(expected, HostArrays.floats(array.castTo(DataType.DOUBLE)));
    INDArray view = array.get(NDArrayIndex.point(1), NDArrayIndex.all(), NDArrayIndex.point(2));
    assertArrayEquals(view.dup('c').data().asFloat(), HostArrays.floats(view));
  }

  @Test
  void shouldReadPermutedArrays() {
    for (INDArray permuted : new INDArray[] {array.permute(2, 0, 1), array.permute(0, 2, 1)}) {
      assertArrayEquals(permuted.dup('c').data().asFloat(), HostArrays.floats(permuted));
    }
  }

  @Test
  void shouldFingerprintValues() {
    assertEquals(HostArrays.fingerprint(array), HostArrays.fingerprint(array.dup('f')));
    assertNotEquals(HostArrays.fingerprint(array), HostArrays.fingerprint(array.mul(2)));
  }

  @Test
  void shouldReadAPartOfABufferThatLooksWhole() {
    INDArray second = array.reshape(24).get(NDArrayIndex.interval(12, 24));
    assertEquals(array.getFloat(1, 0, 0), HostArrays.floats(second)[0]);
  }

  @Test
  void shouldReadAndWriteAPartInOrderC() {
    INDArray part = array.reshape(24).get(NDArrayIndex.interval(6, 18)).reshape('c', 3, 4);
    assertArrayEquals(part.dup('c').data().asFloat(), HostArrays.floats(part));
    float[] values = Nd4j.rand(12).data().asFloat();
    INDArray expected = array.dup('c');
    expected.reshape(24).get(NDArrayIndex.interval(6, 18)).assign(Nd4j.createFromArray(values));
    HostArrays.copy(values, part);
    assertEquals(expected, array);
  }

  /** The stride of an axis of one value says nothing. */
  @Test
  void shouldWriteIntoOneRowOfALongerArray() {
    INDArray row = Nd4j.zeros(8).get(NDArrayIndex.interval(0, 5)).reshape('c', 1, 5);
    assertTrue(HostArrays.areInPlace(row));
    HostArrays.buffer(row).put(2, 7);
    assertEquals(7, row.getFloat(2));
  }

  @Test
  void shouldWriteAnyType() {
    float[] values = array.data().asFloat();
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray target = Nd4j.create(type, 2, 3, 4);
      HostArrays.copy(values, target);
      assertEquals(array.castTo(type), target);
    }
  }

  /** Java's buffers show the first 2 GiB of an array, so what lies behind goes to ND4J. */
  @Test
  void shouldKnowWhatABufferShows() {
    assertTrue(HostArrays.isInBuffer(0, 536_870_911));
    assertTrue(HostArrays.isInBuffer(536_870_910, 1));
    assertFalse(HostArrays.isInBuffer(536_870_911, 1));
    assertFalse(HostArrays.isInBuffer(0, 3_000_000_000L));
    assertTrue(HostArrays.areInPlace(Nd4j.zeros(DataType.FLOAT, 3)));
    assertFalse(
        HostArrays.areInPlace(Nd4j.zeros(DataType.FLOAT, 3), Nd4j.zeros(DataType.DOUBLE, 3)));
    assertFalse(HostArrays.areInPlace(Nd4j.zeros(DataType.FLOAT, 3, 3).getColumn(1)));
  }
}
