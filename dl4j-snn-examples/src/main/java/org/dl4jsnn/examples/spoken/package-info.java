/**
 * Spoken digits as spikes: espeak-ng's speech through a model of the cochlea, in files like those
 * of the Heidelberg Digits, and the networks that learn them.
 *
 * <pre>
 *  WordPlan ──► Speech ──► Room ───────► Cochlea ──► SpokenFile
 *  who says     espeak-ng  pauses, tilt, 700 filters, HDF5
 *  what, how               noise         neurons
 * </pre>
 *
 * <p>A set depends only on its seed and the version of espeak-ng.
 */
package org.dl4jsnn.examples.spoken;
