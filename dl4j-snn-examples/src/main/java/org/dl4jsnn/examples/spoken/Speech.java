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

  /**
   * How a word is spoken.
   *
   * @param voice espeak-ng's name of the voice
   * @param wordsPerMinute the speed; 175 is espeak-ng's default
   * @param pitch the pitch, from 0 to 99; 50 is the voice's default
   * @param word the word
   */
  record Utterance(String voice, int wordsPerMinute, int pitch, String word) {}
}
