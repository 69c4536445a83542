/**
 * A simulated event camera: turns images into recordings, to make event data sets without a camera.
 * The model is in docs/mathematics.md, equations (29) to (35); docs/events.md says what it leaves
 * out.
 *
 * <pre>
 *  GreyImage ──► Scene ────────────► LightSensor ──────────► EventConsumer
 *  on a screen     what each pixel     low pass, thresholds,   a table, or the writer of a file
 *                  sees, in log        refractory time, noise
 *                     ▲
 *                  Movement
 *                  of the image over time
 * </pre>
 *
 * <p>{@link org.dl4jsnn.event.camera.SimulatedCamera} puts them together. A recording depends only
 * on the camera, the image and the seed, not on the number of recording threads or the machine.
 */
package org.dl4jsnn.event.camera;
