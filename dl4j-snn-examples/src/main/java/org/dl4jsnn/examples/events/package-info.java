/**
 * Recordings of event cameras: reading, drawing, simulating and timing them (the command {@code
 * events}), and what a training needs of them.
 */
package org.dl4jsnn.examples.events;
