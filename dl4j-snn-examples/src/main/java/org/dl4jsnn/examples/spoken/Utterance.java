package org.dl4jsnn.examples.spoken;

/**
 * A word as it is spoken.
 *
 * @param voice what espeak-ng calls the voice
 * @param wordsPerMinute how fast; 175 is espeak-ng's own
 * @param pitch how high, from 0 to 99; 50 is the voice's own
 * @param word what
 */
record Utterance(String voice, int wordsPerMinute, int pitch, String word) {}
