/**
 * Noise that depends only on its key: the same for a seed, an iteration and a sample, for any
 * number of threads.
 */
package org.dl4jsnn.noise;
