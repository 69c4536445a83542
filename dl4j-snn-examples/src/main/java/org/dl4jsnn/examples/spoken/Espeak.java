package org.dl4jsnn.examples.spoken;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.dl4jsnn.examples.support.UserError;

/**
 * Speaks with the program espeak-ng, one process per word.
 *
 * @param program its name or path
 */
record Espeak(String program) implements Speech {

  /** The least size of a word's sound: espeak-ng writes nothing for an unknown voice. */
  private static final int SHORTEST = Wave.RATE / 20;

  /**
   * Checks that the program exists.
   *
   * @return its version
   * @throws UserError if it is not
   */
  String version() throws InterruptedException {
    try {
      byte[] version = output(List.of(program, "--version"), new byte[0]);
      return new String(version, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UserError(
          "--espeak must be the program espeak-ng, got "
              + program
              + ", which does not run: "
              + e.getMessage()
              + ". Debian and Ubuntu: apt install espeak-ng; macOS: brew install espeak-ng",
          e);
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
          "sound of "
              + utterance
              + " must be at least "
              + SHORTEST
              + " bytes, got "
              + sound.length
              + ". Possible cause: this espeak-ng has no such voice");
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
