/**
 * Networks without spikes in ONNX Runtime, for {@code snn bench rival}; with Maven's profile {@code
 * onnx} only.
 *
 * <pre>
 * MultiLayerNetwork ─► FoldedWeights ─► OnnxGraph ─► OnnxSide    in single precision
 *                                           │            │
 *                                       Rounding ◄─ ValueRange    of the training images' activations
 *                                           └────────► OnnxSide    in eight bits
 * </pre>
 */
package org.dl4jsnn.examples.onnx;
