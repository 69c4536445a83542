package org.dl4jsnn.internal.kernel;

/**
 * The innermost loops of dense convolutions.
 *
 * @param matrix multiplies blocks of matrices
 * @param winograd the transforms of Winograd's convolution
 * @param panels between rows of pixels and panels of channels, as wide as a block of {@code matrix}
 */
public record DenseKernels(MatrixKernel matrix, WinogradKernel winograd, PanelKernel panels) {}
