package org.dl4jsnn.internal.kernel;

import java.util.List;

/**
 * The innermost loops of dense convolutions and products.
 *
 * @param winograd the transforms of Winograd's convolutions, one per kernel size
 * @param panels converts between rows of pixels and panels of channels, as wide as a block of
 *     {@code matrix}
 */
public record DenseKernels(
    MatrixKernel matrix, List<WinogradKernel> winograd, PanelKernel panels) {}
