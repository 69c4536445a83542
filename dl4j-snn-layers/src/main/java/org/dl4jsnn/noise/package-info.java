/**
 * Noise that depends on its key alone: the same for a seed, an iteration and a sample, whatever the
 * number of threads.
 */
package org.dl4jsnn.noise;
