package org.dl4jsnn.examples.spoken;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.dl4jsnn.examples.support.UserError;

/** Turns words into sound. */
interface Speech {

  /** Speaks a word: samples from -1 to 1, {@link Wave#RATE} per second. */
  float[] say(Utterance utterance) throws IOException, InterruptedException;

  /**
   * How a word is spoken.
   *
   * @param voice espeak-ng's name of the voice
   * @param wordsPerMinute the speed; 175 is espeak-ng's default
   * @param pitch the pitch, from 0 to 99; 50 is the voice's default
   * @param word the word
   */
  record Utterance(String voice, int wordsPerMinute, int pitch, String word) {}

  /** Speaks with the program espeak-ng, one process per word. */
  record Espeak(String program) implements Speech {

    /** The least size of a word's sound: espeak-ng writes nothing for an unknown voice. */
    private static final int SHORTEST = Wave.RATE / 20;

    /** The program's version; without one it cannot speak. */
    String version() throws InterruptedException {
      try {
        byte[] version = output(List.of(program, "--version"), new byte[0]);
        return new String(version, StandardCharsets.UTF_8).strip();
      } catch (IOException e) {
        throw UserError.of(
            e,
            "--espeak must be the program espeak-ng, got %s, which does not run: %s. Debian and"
                + " Ubuntu: apt install espeak-ng; macOS: brew install espeak-ng",
            program,
            e.getMessage());
      }
    }

    @Override
    public float[] say(Speech.Utterance utterance) throws IOException, InterruptedException {
      List<String> command =
          List.of(
              program,
              "-v",
              utterance.voice(),
              "-s",
              String.format(Locale.ROOT, "%d", utterance.wordsPerMinute()),
              "-p",
              String.format(Locale.ROOT, "%d", utterance.pitch()),
              "-b",
              "1", // the word is UTF-8
              "--stdin",
              "--stdout");
      // Not an argument, which Java would encode as the system's language settings say.
      byte[] sound = output(command, utterance.word().getBytes(StandardCharsets.UTF_8));
      if (sound.length < SHORTEST) {
        throw new IOException(
            String.format(
                "sound of %s must be at least %d bytes, got %d. Possible cause: this espeak-ng has no"
                    + " such voice",
                utterance, SHORTEST, sound.length));
      }
      return Wave.samples(sound);
    }

    private static byte[] output(List<String> command, byte[] input)
        throws IOException, InterruptedException {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input);
      }
      byte[] output = process.getInputStream().readAllBytes();
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IOException(String.join(" ", command) + " ended with exit code " + exit);
      }
      return output;
    }
  }

  /** The sound of a one-channel 16-bit WAV stream, whose length may be unknown in advance. */
  static final class Wave {

    /** Samples per second. */
    static final int RATE = 22_050;

    private static final AudioFormat FORMAT = new AudioFormat(RATE, Short.SIZE, 1, true, false);
    private static final float FULL_SCALE = 32_768;

    private Wave() {}

    /** The samples of a file, from -1 to 1, whatever its rate and channels. */
    static float[] samples(Path file) throws IOException {
      try (AudioInputStream given = AudioSystem.getAudioInputStream(file.toFile());
          AudioInputStream sound = AudioSystem.getAudioInputStream(FORMAT, given)) {
        return samples(sound);
      } catch (UnsupportedAudioFileException | IllegalArgumentException e) {
        throw new IOException("sound must be a file that Java reads, such as WAV: " + e, e);
      }
    }

    /** The samples, from -1 to 1. */
    static float[] samples(byte[] stream) throws IOException {
      try (AudioInputStream sound =
          AudioSystem.getAudioInputStream(new ByteArrayInputStream(stream))) {
        AudioFormat got = sound.getFormat();
        if (!got.matches(FORMAT)) {
          throw new IOException(
              String.format(
                  Locale.ROOT,
                  "sound must be one channel of 16 bits at 22050 Hz, got %d of %d bits at %.0f Hz,"
                      + " coding %s",
                  got.getChannels(),
                  got.getSampleSizeInBits(),
                  got.getSampleRate(),
                  got.getEncoding()));
        }
        return samples(sound);
      } catch (UnsupportedAudioFileException e) {
        throw new IOException("sound must be a WAV stream: " + e.getMessage(), e);
      }
    }

    private static float[] samples(AudioInputStream sound) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(sound.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      float[] samples = new float[bytes.remaining() / Short.BYTES];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = bytes.getShort() / FULL_SCALE;
      }
      return samples;
    }
  }
}
