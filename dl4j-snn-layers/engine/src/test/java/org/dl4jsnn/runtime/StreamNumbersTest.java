package org.dl4jsnn.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamNumbersTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A bit would become a number of eight bytes. */
  @Test
  void shouldCompareCountsBeforeItAllocates() {
    int count = 1 << 23;
    byte[] body = ByteBuffer.allocate(5 + count / 8).put((byte) 0).putInt(count).array();
    ModelBytes bytes = new ModelBytes(body, 24);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> StreamNumbers.read(bytes, "flow", 10));
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertEquals(
        "byte 25: flow must be 10 by the model's layers, got 8388608. Possible cause: the state of"
            + " another model",
        e.getMessage());
    assertTrue(allocated < 1 << 22, allocated + " bytes");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void shouldNotWriteWhatTheReaderRefuses(double number) {
    DataOutputStream out = new DataOutputStream(new ByteArrayOutputStream());
    String text =
        assertThrows(
                IllegalStateException.class,
                () -> StreamNumbers.write("membranes", new double[] {1, number}, out))
            .getMessage();
    assertTrue(text.startsWith("membranes must be finite to be stored, got " + number), text);
    assertEquals(0, out.size());
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 1, 17})
  void shouldRefuseOtherBitsOfIntegers(byte bits) {
    ModelBytes bytes = new ModelBytes(new byte[] {bits, 0, 0, 0, 0}, 0);
    assertEquals(
        "byte 0: bits of recurrent weights must be from 2 to 16, got "
            + bits
            + ". Possible cause: damage, or bytes of another program",
        assertThrows(
                ModelFormatException.class,
                () -> WeightsReader.ofFewBits(bytes, "recurrent weights", 0, 2))
            .getMessage());
  }
}
