/**
 * Internal: the spikes of neurons, one bit each: {@link
 * org.dl4jsnn.internal.spike.BinarySpikeTrain} is a train of them, {@link
 * org.dl4jsnn.internal.spike.BitLayout} says which bit is whose, and {@link
 * org.dl4jsnn.internal.spike.SpikeCounts} keeps how often each neuron fired as binary digits.
 */
package org.dl4jsnn.internal.spike;
