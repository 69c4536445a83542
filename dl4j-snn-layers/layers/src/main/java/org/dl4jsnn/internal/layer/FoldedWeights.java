package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.Precision;
import org.dl4jsnn.internal.simulate.WeightComparison;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Weights and bias with a normalisation folded in (equation 24 of docs/mathematics.md), in arrays
 * that are rewritten for every minibatch.
 *
 * <pre>  W′ = W · γ/√(σ² + ε),   b′ = β − μ · γ/√(σ² + ε) </pre>
 */
public final class FoldedWeights {

  private final int outputAxis;
  private final INDArray weights;
  private final INDArray bias;

  /** What was folded in last: scale, mean and shift of every output; none before that. */
  private double[][] last = {};

  /**
   * The effect of a normalisation on every channel.
   *
   * @param mean μ
   * @param inverse 1/√(σ² + ε)
   * @param gain γ
   * @param shift β
   */
  public record Scaling(double[] mean, double[] inverse, double[] gain, double[] shift) {

    /** The effect with given statistics of the currents. */
    static Scaling of(
        double[] mean, double[] variance, double epsilon, Map<String, INDArray> parameters) {
      return new Scaling(
          mean,
          Arrays.stream(variance).map(each -> 1 / Math.sqrt(each + epsilon)).toArray(),
          parameters.get(CurrentNormalization.GAIN).toDoubleVector(),
          parameters.get(CurrentNormalization.SHIFT).toDoubleVector());
    }

    /** The effect with the running averages. */
    public static Scaling ofRun(double epsilon, Map<String, INDArray> parameters) {
      return of(
          parameters.get(CurrentNormalization.MEAN).toDoubleVector(),
          parameters.get(CurrentNormalization.VARIANCE).toDoubleVector(),
          epsilon,
          parameters);
    }

    /** γ/√(σ² + ε). */
    double[] scale() {
      double[] scale = gain.clone();
      for (int i = 0; i < scale.length; i++) {
        scale[i] *= inverse[i];
      }
      return scale;
    }
  }

  /** Creates arrays for weights like these, whose axis of outputs is given. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  public FoldedWeights(INDArray like, int outputAxis) {
    this.outputAxis = outputAxis;
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      this.weights = Nd4j.create(like.dataType(), like.shape(), 'c');
      this.bias = Nd4j.create(like.dataType(), like.size(outputAxis));
    }
  }

  /**
   * Folds a normalisation into weights; the result, under the names in {@link Synapse}, is valid
   * until the next call.
   */
  public Map<String, INDArray> fold(INDArray from, Scaling scaling) {
    last = new double[0][];
    double[] scale = scaling.scale();
    multiply(from, scale, weights);
    for (int i = 0; i < scale.length; i++) {
      bias.putScalar(i, scaling.shift[i] - scaling.mean[i] * scale[i]);
    }
    last = new double[][] {scale, scaling.mean, scaling.shift};
    return arrays();
  }

  /**
   * Whether {@link #arrays}, which a synapse has, still are the result of {@link #fold} with these
   * arguments, as far as a pass of these spikes uses them (docs/decisions/0063).
   */
  boolean areStill(Synapse of, INDArray from, Scaling scaling, SpikeTrain spikes) {
    double[] scale = scaling.scale();
    if (!Arrays.deepEquals(last, new double[][] {scale, scaling.mean, scaling.shift})) {
      return false;
    }
    return WeightComparison.isScaled(of, weights, from, Precision.singles(scale), spikes);
  }

  /** Multiplies an array like the weights by one factor per output. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  void multiply(INDArray from, double[] factors, INDArray to) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray factor = Nd4j.createFromArray(factors);
        INDArray typed = factor.castTo(from.dataType())) {
      Nd4j.exec(new BroadcastMulOp(from, typed, to, outputAxis));
    }
  }

  /** Σ a·b of every output, of two arrays like the weights. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  double[] sumOfProducts(INDArray a, INDArray b) {
    int[] others = IntStream.range(0, a.rank()).filter(axis -> axis != outputAxis).toArray();
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray products = a.mul(b);
        INDArray sums = products.sum(others)) {
      return sums.toDoubleVector();
    }
  }

  /** Weights and bias under the names in {@link Synapse}. */
  Map<String, INDArray> arrays() {
    return Map.of(Synapse.WEIGHT, weights, Synapse.BIAS, bias);
  }
}
