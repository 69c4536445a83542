package org.dl4jsnn.internal.kernel;

import java.util.List;
import java.util.Optional;

/**
 * The innermost loops of dense convolutions and products.
 *
 * @param matrix multiplies blocks of matrices
 * @param winograd the transforms of Winograd's convolutions, one per kernel size
 * @param panels converts between rows of pixels and panels of channels, as wide as a block of
 *     {@code matrix}
 */
public record DenseKernels(MatrixKernel matrix, List<WinogradKernel> winograd, PanelKernel panels) {

  /**
   * The system property that selects the convolutions and products of minibatches, {@code own} or
   * {@code nd4j}; the default is the library's own wherever possible. It is older than the
   * products.
   */
  public static final String PROPERTY = "org.dl4jsnn.convolutions";

  private static final String OWN = "own";
  private static final String ND4J = "nd4j";

  /**
   * The loops that convolutions and products use.
   *
   * @param kernels where they come from
   * @return the loops; empty if there are none, or if ND4J's operations are wanted
   * @throws IllegalArgumentException if the system property is invalid
   */
  public static Optional<DenseKernels> wanted(KernelProvider kernels) {
    String wanted = System.getProperty(PROPERTY, OWN);
    return switch (wanted) {
      case OWN -> kernels.denseKernels();
      case ND4J -> Optional.empty();
      default ->
          throw new IllegalArgumentException(
              PROPERTY + " must be '" + OWN + "' or '" + ND4J + "', got '" + wanted + "'");
    };
  }
}
