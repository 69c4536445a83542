package org.dl4jsnn.examples.spoken;

import java.io.IOException;

/** Turns words into sound. */
interface Speech {

  /**
   * Speaks a word.
   *
   * @return samples from -1 to 1, {@link Wave#RATE} per second
   * @throws IOException if it cannot be spoken
   */
  float[] say(Utterance utterance) throws IOException, InterruptedException;
}
