package org.dl4jsnn.internal.convolve;

import java.nio.FloatBuffer;
import java.util.Optional;
import org.dl4jsnn.internal.kernel.DenseKernels;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.OwnLoops;

/**
 * A convolution of minibatches in single precision on the host, and its adjoint. Results are
 * bit-identical for any number of threads and any vector width, and do not depend on the other
 * samples of the minibatch; only the gradient of the weights is a sum over samples. Arrays are in
 * Deeplearning4j's order: [minibatch, channels, height, width], weights [outputs, channels, kernel
 * height, kernel width].
 *
 * <p>The convolution itself is a sum of products, exact wherever such sums are, since neurons
 * compare it with their threshold. Gradients are not compared, so they may use Winograd's
 * transforms.
 */
public final class HostConvolution {

  private final MatrixConvolution products;

  /** Uses Winograd's transforms if they suit. */
  private final MinibatchConvolution rounding;

  private HostConvolution(ConvolutionGeometry geometry, DenseKernels kernels) {
    products = new MatrixConvolution(geometry, kernels);
    rounding = WinogradConvolution.of(geometry, kernels).orElse(products);
  }

  /**
   * The convolution of given sizes.
   *
   * @return the convolution; empty if these kernels have none, or if ND4J's are wanted
   * @throws IllegalArgumentException if the system property is invalid
   */
  public static Optional<HostConvolution> of(ConvolutionGeometry geometry, KernelProvider kernels) {
    return isOffered(kernels)
        ? kernels.denseKernels().map(dense -> new HostConvolution(geometry, dense))
        : Optional.empty();
  }

  /**
   * Whether these kernels have convolutions and ND4J's are not wanted.
   *
   * @throws IllegalArgumentException if the system property is invalid
   */
  public static boolean isOffered(KernelProvider kernels) {
    return OwnLoops.CONVOLUTIONS.areWanted() && kernels.denseKernels().isPresent();
  }

  /** Whether gradients and estimates come from Winograd's transforms. */
  boolean isWinograd() {
    return rounding instanceof WinogradConvolution;
  }

  /**
   * The convolution.
   *
   * @param output where to write the result
   */
  public void forward(FloatBuffer input, int samples, float[] weights, FloatBuffer output) {
    products.forward(input, samples, weights, output);
  }

  /**
   * The convolution for statistics, and for currents that may be rounded like gradients; faster by
   * as much.
   *
   * @param output where to write the result
   */
  public void estimate(FloatBuffer input, int samples, float[] weights, FloatBuffer output) {
    rounding.forward(input, samples, weights, output);
  }

  /**
   * The adjoint.
   *
   * @param inputGradient where to write the gradient of the input; null if not needed
   */
  public float[] backward(
      FloatBuffer input,
      FloatBuffer gradient,
      int samples,
      float[] weights,
      FloatBuffer inputGradient) {
    return rounding.backward(input, gradient, samples, weights, inputGradient);
  }
}
