/**
 * Trained networks on a device: loads and runs a compact model file, written by {@code
 * RuntimeExport} of {@code dl4j-snn-tools}, in pure Java, without ND4J, Deeplearning4j or native
 * libraries.
 *
 * <pre>
 *  file ─► ModelReader ─► SpikingModel ─┬► run(features) ─► Answer
 *                                       └► stream() ─► SpikingStream.step(features) ─► Answer, …
 *                                                         toBytes() ─► … ─► restore(bytes)
 * </pre>
 *
 * Spikes equal the library's, bit for bit; outputs agree within 1e-6.
 */
package org.dl4jsnn.runtime;
