package org.dl4jsnn.examples.spoken;

/**
 * A word of a set: what is spoken, by whom, and how it is heard.
 *
 * @param label its class
 * @param speaker the number of its voice
 * @param utterance how it is spoken
 * @param heard pauses, tilt and noise around it
 * @param seed what noise and neurons draw from
 */
record SpokenWord(int label, int speaker, Utterance utterance, Room heard, long seed) {}
