package org.dl4jsnn.internal.kernel.vector;

import java.util.List;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.dl4jsnn.internal.kernel.ColumnKernel;
import org.dl4jsnn.internal.kernel.DenseKernels;
import org.dl4jsnn.internal.kernel.FlowKernel;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.NeuronLoop;
import org.dl4jsnn.internal.kernel.RowAdder;
import org.dl4jsnn.internal.kernel.WholeRowAdder;
import org.dl4jsnn.internal.kernel.WholeWeights;
import org.dl4jsnn.internal.spike.SpikeCounts;

/** Kernels as wide as the processor's vectors. */
public final class VectorKernels implements KernelProvider {

  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
  static final VectorSpecies<Short> SHORTS = VectorSpecies.of(short.class, FLOATS.vectorShape());

  static final VectorSpecies<Byte> BYTES = VectorSpecies.of(byte.class, FLOATS.vectorShape());

  /** As many bytes as there are shorts. */
  static final VectorSpecies<Byte> HALF =
      VectorSpecies.of(
          byte.class, VectorShape.forBitSize(Math.max(Long.SIZE, FLOATS.vectorBitSize() / 2)));

  static final int LANES = FLOATS.length();

  static final int MOST_VECTORS = 4;

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public String description() {
    return name() + ", " + FLOATS.vectorBitSize() + " bits";
  }

  @Override
  public int blockWidth(int channels) {
    int vectors = (channels + LANES - 1) / LANES;
    return LANES * (vectors <= 2 ? vectors : MOST_VECTORS);
  }

  @Override
  public ColumnKernel kernel(
      float[] weights, int rows, int width, float[] bias, KernelNeuron rule) {
    BranchFreeNeuron branchFree = BranchFreeNeuron.of(rule, bias.length > 0);
    float[] addends = bias.length > 0 ? bias : new float[width];
    return switch (width / LANES) {
      case 1 -> new OneVectorKernel(weights, addends, branchFree);
      case 2 -> new TwoVectorKernel(weights, addends, branchFree);
      case MOST_VECTORS -> new FourVectorKernel(weights, addends, branchFree);
      default ->
          throw new IllegalArgumentException(
              "width must be 1, 2 or 4 times " + LANES + ", got " + width);
    };
  }

  @Override
  public Optional<ColumnKernel> wholeKernel(
      WholeWeights weights, float[] bias, KernelNeuron rule, ColumnKernel floats) {
    int width = weights.scales().length;
    float[] addends = bias.length > 0 ? bias : new float[width];
    BranchFreeNeuron branchFree = BranchFreeNeuron.of(rule, bias.length > 0);
    boolean hasBytes = HALF.length() == SHORTS.length(); // not with vectors of 64 bits
    return switch (hasBytes ? width / LANES : 0) {
      case 2 -> Optional.of(new TwoWholeKernel(weights, addends, branchFree, floats));
      case MOST_VECTORS -> Optional.of(new FourWholeKernel(weights, addends, branchFree, floats));
      default -> Optional.empty();
    };
  }

  @Override
  public int mostWords() {
    return MOST_VECTORS * LANES / Integer.SIZE;
  }

  @Override
  public RowAdder rowAdder() {
    return VectorKernels::add;
  }

  @Override
  public NeuronLoop neuronLoop(KernelNeuron rule) {
    return new VectorNeuronLoop(rule, KernelProvider.super.neuronLoop(rule));
  }

  @Override
  public Optional<WholeRowAdder> wholeRowAdder() {
    return Optional.of(VectorKernels::addWhole);
  }

  @Override
  public FlowKernel flowKernel() {
    return new VectorFlowKernel();
  }

  @Override
  public Optional<SpikeCounts.Loop> countLoop() {
    return Optional.of(VectorFlowKernel::counts);
  }

  /** Sixteen registers of 256 bits hold a block of six rows, thirty-two one of eight. */
  @Override
  public Optional<DenseKernels> denseKernels() {
    boolean fewRegisters = FLOATS.vectorShape() == VectorShape.S_256_BIT;
    return Optional.of(
        new DenseKernels(
            fewRegisters ? new SixRowMatrixKernel() : new EightRowMatrixKernel(),
            List.of(new FourPixelWinogradKernel(), new TwoPixelWinogradKernel()),
            new VectorPanelKernel()));
  }

  /** For the given vector of a block, the bit of every lane in its word of 32. */
  static IntVector lanesAsBits(int vector) {
    int[] bits = new int[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      bits[lane] = 1 << (vector * LANES + lane) % Integer.SIZE;
    }
    return IntVector.fromArray(INTS, bits, 0);
  }

  /** Adds a vector of weights at a time, and the remaining ones one by one. */
  private static boolean addWhole(
      float[] row, float[] rounding, float[] sums, float[] magnitudes, int count) {
    IntVector differences = IntVector.zero(INTS);
    int k = 0;
    for (; k <= count - LANES; k += LANES) {
      FloatVector weights = FloatVector.fromArray(FLOATS, row, k);
      FloatVector large = FloatVector.fromArray(FLOATS, rounding, k);
      FloatVector difference = weights.add(large).sub(large).sub(weights);
      differences = differences.or(difference.reinterpretAsInts());
      FloatVector.fromArray(FLOATS, sums, k).add(weights).intoArray(sums, k);
      FloatVector.fromArray(FLOATS, magnitudes, k).add(weights.abs()).intoArray(magnitudes, k);
    }
    boolean areWhole = differences.lanewise(VectorOperators.LSHL, 1).eq(0).allTrue(); // no sign
    for (; k < count; k++) {
      areWhole &= row[k] + rounding[k] - rounding[k] == row[k];
      sums[k] += row[k];
      magnitudes[k] += Math.abs(row[k]);
    }
    return areWhole;
  }

  /** Adds a vector of channels at a time, and the remaining channels one by one. */
  private static void add(
      float amplitude, float[] rows, int from, float[] membrane, int to, int count) {
    int k = 0;
    for (; k <= count - LANES; k += LANES) {
      FloatVector charge = FloatVector.fromArray(FLOATS, rows, from + k).mul(amplitude);
      FloatVector.fromArray(FLOATS, membrane, to + k).add(charge).intoArray(membrane, to + k);
    }
    for (; k < count; k++) {
      membrane[to + k] += amplitude * rows[from + k];
    }
  }
}
