/**
 * Trained networks on a device: a compact model file, written by {@code
 * org.dl4jsnn.deploy.RuntimeExport}, is loaded and run by Java alone, without ND4J, Deeplearning4j
 * or any native library. These classes and those below them are also in a jar of their own
 * (classifier {@code runtime}).
 *
 * <pre>
 *  file ─► ModelReader ─► SpikingModel ─┬► run(features) ─► Answer
 *                                       └► stream() ─► SpikingStream.step(features) ─► Answer, …
 * </pre>
 *
 * Spikes are those of the library, bit for bit; outputs agree within 1e-6.
 */
package org.dl4jsnn.runtime;
