/**
 * Trained networks made ready for inference.
 *
 * <pre>
 *  trained network ─► NormalizationFolding (statistics into weights and bias)
 *                          └─► WeightQuantization (integers times powers of two) ─► network
 *                          │        └─► QuantizedWeights (the integers themselves)
 *                          └─► IntegerQuantization (neurons in whole numbers, too) ─► IntegerNetwork
 *                                   └─► QuantizationReport (what it costs)
 *
 *  network ─► RuntimeExport (a compact model file) ─► org.dl4jsnn.runtime, on Java alone
 * </pre>
 */
package org.dl4jsnn.deploy;
