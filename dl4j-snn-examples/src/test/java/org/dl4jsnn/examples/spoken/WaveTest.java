package org.dl4jsnn.examples.spoken;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WaveTest {

  /** Two samples, with an unknown length, as espeak-ng writes it. */
  static byte[] wave(int channels, int rate) {
    ByteBuffer bytes = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(ascii("RIFF")).putInt(0x7ffff024).put(ascii("WAVEfmt ")).putInt(16);
    bytes.putShort((short) 1).putShort((short) channels).putInt(rate).putInt(2 * rate);
    bytes.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(0x7ffff000);
    return bytes.putShort((short) 16_384).putShort(Short.MIN_VALUE).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void shouldTakeSamplesUpToTheEnd() throws IOException {
    assertArrayEquals(new float[] {0.5f, -1}, Speech.Wave.samples(wave(1, Speech.Wave.RATE)));
  }

  @Test
  void shouldRefuseOtherSounds() {
    IOException error = assertThrows(IOException.class, () -> Speech.Wave.samples(wave(2, 44_100)));
    assertEquals(
        "sound must be one channel of 16 bits at 22050 Hz, got 2 of 16 bits at 44100 Hz, coding"
            + " PCM_SIGNED",
        error.getMessage());
    assertThrows(IOException.class, () -> Speech.Wave.samples(new byte[3]));
    assertThrows(IOException.class, () -> Speech.Wave.samples(new byte[60]));
    byte[] whole = wave(1, Speech.Wave.RATE);
    assertThrows(IOException.class, () -> Speech.Wave.samples(Arrays.copyOf(whole, 30)));
  }
}
