package org.dl4jsnn.examples.spoken;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The sound of a one-channel 16-bit WAV stream, whose length may be unknown in advance. */
final class Wave {

  /** Samples per second. */
  static final int RATE = 22_050;

  private static final int RIFF = 0x46464952;
  private static final int WAVE = 0x45564157;
  private static final int FORMAT = 0x20746d66;
  private static final int DATA = 0x61746164;
  private static final int PCM = 1;
  private static final int CHUNK_HEADER = 8;
  private static final int FILE_HEADER = 12;
  private static final float FULL_SCALE = 32_768;

  private Wave() {}

  /** The samples, from -1 to 1. */
  static float[] samples(byte[] stream) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
    require(stream.length >= FILE_HEADER, "must be at least 12 bytes, got " + stream.length);
    require(bytes.getInt(0) == RIFF && bytes.getInt(CHUNK_HEADER) == WAVE, "must begin with RIFF");
    bytes.position(FILE_HEADER);
    while (bytes.remaining() >= CHUNK_HEADER) {
      int name = bytes.getInt();
      int length = bytes.getInt();
      if (name == DATA) {
        // A program that does not know the length in advance writes one that is too large.
        return samples(bytes);
      }
      require(length >= 0 && length <= bytes.remaining(), "must have whole chunks, got " + length);
      if (name == FORMAT) {
        requireFormat(bytes, bytes.position(), length);
      }
      bytes.position(bytes.position() + length);
    }
    throw new IOException("sound must have samples, got none");
  }

  private static void requireFormat(ByteBuffer bytes, int at, int length) throws IOException {
    int expected = 16;
    require(length >= expected, "must have a format of 16 bytes, got " + length);
    int coding = bytes.getShort(at);
    int channels = bytes.getShort(at + 2);
    int rate = bytes.getInt(at + 4);
    int bits = bytes.getShort(at + 14);
    require(
        coding == PCM && channels == 1 && rate == RATE && bits == Short.SIZE,
        "must be one channel of 16 bits at 22050 Hz, got "
            + channels
            + " of "
            + bits
            + " bits at "
            + rate
            + " Hz, coding "
            + coding);
  }

  private static float[] samples(ByteBuffer bytes) {
    float[] samples = new float[bytes.remaining() / Short.BYTES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = bytes.getShort() / FULL_SCALE;
    }
    return samples;
  }

  private static void require(boolean holds, String rule) throws IOException {
    if (!holds) {
      throw new IOException("sound " + rule);
    }
  }
}
