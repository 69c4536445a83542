/**
 * Internal: convolutions of whole minibatches in single precision on the host, forward and
 * backward, on the blocks of matrix products that {@link org.dl4jsnn.internal.kernel.MatrixKernel}
 * multiplies. They serve the dense parts of training: gradients, and currents of rates. Spikes go
 * through {@link org.dl4jsnn.internal.kernel}.
 *
 * <pre>
 *  HostConvolution ── forward ──► MatrixConvolution
 *                  └─ backward ─► WinogradConvolution (3 × 3 or 5 × 5, stride 1) ─► WinogradTiling, WinogradWeights
 *                             └─► MatrixConvolution (all others)
 *                                   └─► Panels in a Frame, SampleGroups
 * </pre>
 */
package org.dl4jsnn.internal.convolve;
