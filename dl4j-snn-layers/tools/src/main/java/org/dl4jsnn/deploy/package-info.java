/**
 * Prepares trained networks for inference.
 *
 * <pre>
 *  trained network ─► NormalizationFolding (statistics into weights and bias)
 *                          └─► WeightQuantization (integers times powers of two) ─► network
 *                          │        └─► QuantizedWeights (the integers themselves)
 *                          └─► IntegerQuantization (neurons in integers, too) ─► IntegerNetwork
 *                                   ├─► QuantizationReport (its cost)
 *                                   └─► CExport (C99 for a microcontroller)
 *
 *  folded network ─► NormalizationUnfolding (back, to train further) ─► network
 *
 *  network ─► RuntimeExport (a compact model file) ─► org.dl4jsnn.runtime, in pure Java
 * </pre>
 */
package org.dl4jsnn.deploy;
