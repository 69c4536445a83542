package org.dl4jsnn.examples.spoken;

/**
 * A word of a set: what is spoken, by whom, and how it is recorded.
 *
 * @param label its class
 * @param speaker the number of its voice
 * @param utterance how it is spoken
 * @param heard its pauses, tilt and noise
 * @param seed the seed of noise and neurons
 */
record SpokenWord(int label, int speaker, Utterance utterance, Room heard, long seed) {}
