package org.dl4jsnn.internal.kernel.vector;

import static org.dl4jsnn.internal.kernel.vector.VectorKernels.LANES;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.MOST_VECTORS;

import java.util.Optional;
import org.dl4jsnn.internal.kernel.ColumnKernel;
import org.dl4jsnn.internal.kernel.EightBitKernels;
import org.dl4jsnn.internal.kernel.EightBitWeights;
import org.dl4jsnn.internal.kernel.KernelNeuron;

/** Eight-bit kernels with two channels per int. */
final class VectorEightBitKernels implements EightBitKernels {

  @Override
  public Optional<EightBitWeights> weights(float[] weights, int rows, int width) {
    return WeightPairs.of(weights, rows, width);
  }

  @Override
  public ColumnKernel kernel(EightBitWeights weights, int width, float[] bias, KernelNeuron rule) {
    BranchFreeNeuron branchFree = BranchFreeNeuron.of(rule, bias.length > 0);
    float[] addends = bias.length > 0 ? bias : new float[width];
    return switch (width / LANES) {
      case 1 -> new OneEightBitKernel(weights, addends, branchFree);
      case 2 -> new TwoEightBitKernel(weights, addends, branchFree);
      case MOST_VECTORS -> new FourEightBitKernel(weights, addends, branchFree);
      default -> throw VectorKernels.wrongWidth(width);
    };
  }
}
