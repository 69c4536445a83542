/**
 * Spoken digits as spikes: speech of espeak-ng through a model of the cochlea, in files that the
 * Heidelberg Digits have the layout of, and the networks that learn them.
 *
 * <pre>
 *  WordPlan ──► Speech ──► Room ───────► Cochlea ──► HeidelbergFile
 *  who says     espeak-ng  pauses, tilt, 700 filters, HDF5
 *  what, how               noise         neurons
 * </pre>
 *
 * <p>A set depends on its seed and on the version of espeak-ng, and on nothing else.
 */
package org.dl4jsnn.examples.spoken;
