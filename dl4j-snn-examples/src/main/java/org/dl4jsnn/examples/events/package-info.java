/**
 * Recordings of event cameras: reading, drawing, simulating and timing them (the command {@code
 * events}), and preparing them for training.
 */
package org.dl4jsnn.examples.events;
