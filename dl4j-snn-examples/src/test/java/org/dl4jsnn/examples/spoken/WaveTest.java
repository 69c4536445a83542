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
    assertArrayEquals(new float[] {0.5f, -1}, Wave.samples(wave(1, Wave.RATE)));
  }

  @Test
  void shouldRefuseOtherSounds() {
    IOException error = assertThrows(IOException.class, () -> Wave.samples(wave(2, 44_100)));
    assertEquals(
        "sound must be PCM_SIGNED 22050.0 Hz, 16 bit, mono, 2 bytes/frame, little-endian, got"
            + " PCM_SIGNED 44100.0 Hz, 16 bit, stereo, 2 bytes/frame, little-endian",
        error.getMessage());
    assertThrows(IOException.class, () -> Wave.samples(new byte[3]));
    assertThrows(IOException.class, () -> Wave.samples(new byte[60]));
    byte[] whole = wave(1, Wave.RATE);
    assertThrows(IOException.class, () -> Wave.samples(Arrays.copyOf(whole, 30)));
  }
}
