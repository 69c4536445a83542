package org.dl4jsnn.examples.spoken;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** The sound of a one-channel 16-bit WAV stream, whose length may be unknown in advance. */
final class Wave {

  /** Samples per second. */
  static final int RATE = 22_050;

  private static final AudioFormat FORMAT = new AudioFormat(RATE, Short.SIZE, 1, true, false);
  private static final float FULL_SCALE = 32_768;

  private Wave() {}

  /** The samples, from -1 to 1. */
  static float[] samples(byte[] stream) throws IOException {
    try (AudioInputStream sound =
        AudioSystem.getAudioInputStream(new ByteArrayInputStream(stream))) {
      if (!sound.getFormat().matches(FORMAT)) {
        throw new IOException("sound must be " + FORMAT + ", got " + sound.getFormat());
      }
      ByteBuffer bytes = ByteBuffer.wrap(sound.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      float[] samples = new float[bytes.remaining() / Short.BYTES];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = bytes.getShort() / FULL_SCALE;
      }
      return samples;
    } catch (UnsupportedAudioFileException e) {
      throw new IOException("sound must be a WAV stream: " + e.getMessage(), e);
    }
  }
}
