/**
 * An event camera that is none: from pictures to recordings, so that event data sets can be made
 * where there is no camera. The model stands in docs/mathematics.md, equations (29) to (35), and in
 * docs/events.md what it leaves out.
 *
 * <pre>
 *  GreyPicture ──► Scene ────────────► LightSensor ──────────► EventConsumer
 *  on a screen     what each pixel     low pass, thresholds,   a table, or the writer of a file
 *                  sees, in log        refractory time, noise
 *                     ▲
 *                  Movement
 *                  of the picture over time
 * </pre>
 *
 * <p>{@link org.dl4jsnn.event.camera.SimulatedCamera} puts them together. A recording depends on
 * the camera, the picture and the seed, and on nothing else; in particular not on how many threads
 * record at the same time, nor on the machine.
 */
package org.dl4jsnn.event.camera;
