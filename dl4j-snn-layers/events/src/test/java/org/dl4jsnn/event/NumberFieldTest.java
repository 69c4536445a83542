package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.dl4jsnn.event.NumberField.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberFieldTest {

  /** Three records of sixteen bytes; the second begins with eight bytes from 0xFF down. */
  private static ByteBuffer records(ByteOrder order) {
    ByteBuffer bytes = ByteBuffer.allocate(48).order(order);
    for (int i = 0; i < 8; i++) {
      bytes.put(18 + i, (byte) (0xFF - i));
    }
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({
    "SIGNED, 1, -1, -1",
    "UNSIGNED, 1, 255, 255",
    "SIGNED, 2, -257, -2",
    "UNSIGNED, 2, 0xFEFF, 0xFFFE",
    "SIGNED, 4, -50462977, -66052",
    "UNSIGNED, 4, 0xFCFDFEFF, 0xFFFEFDFC",
    "SIGNED, 8, -506097522914230529, -283686952306184",
  })
  void shouldReadNumbersOfEverySizeAndOrder(Kind kind, int size, String little, String big) {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      long expected = Long.decode(order == ByteOrder.LITTLE_ENDIAN ? little : big);
      assertEquals(expected, new NumberField(kind, 2, size, order).read(records(order), 16));
    }
  }

  @Test
  void shouldReadWholeNumbersOf63BitsWithoutASign() {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.BIG_ENDIAN);
    NumberField field = new NumberField(Kind.UNSIGNED, 0, 8, ByteOrder.BIG_ENDIAN);
    assertEquals(0, field.read(bytes, 0));
    assertEquals(Long.MAX_VALUE, field.read(bytes.putLong(0, Long.MAX_VALUE), 0));
    assertTrue(field.read(bytes.putLong(0, -1), 0) < 0, "64 bits");
  }

  @Test
  void shouldReadSecondsAsMicroseconds() {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    NumberField single = new NumberField(Kind.FLOATING, 0, 4, ByteOrder.LITTLE_ENDIAN);
    assertEquals(1_500_000, single.read(bytes.putFloat(0, 1.5f), 0));
    NumberField precise = new NumberField(Kind.FLOATING, 0, 8, ByteOrder.LITTLE_ENDIAN);
    assertEquals(1_605_537_493_718_345L, precise.read(bytes.putDouble(0, 1605537493.718345), 0));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-4e-7, 0", "4.9e-7, 0", "5e-7, 1", "1e12, 1000000000000000000"})
  void shouldTakeTheNearestMicrosecond(double seconds, long microseconds) {
    assertEquals(microseconds, NumberField.microseconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"-1e-6", "-5", "9223372036854.775807", "1e99", "NaN", "Infinity", "-Infinity"})
  void shouldRefuseImpossibleTimes(double seconds) {
    assertEquals(Long.MIN_VALUE, NumberField.microseconds(seconds));
  }

  @Test
  void shouldKnowWhetherItIsWhole() {
    for (Kind kind : Kind.values()) {
      NumberField field = new NumberField(kind, 0, 4, ByteOrder.LITTLE_ENDIAN);
      assertEquals(kind != Kind.FLOATING, field.isWhole());
    }
  }
}
