package org.dl4jsnn.internal.update;

import java.util.List;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.kernel.OwnLoops;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * Chooses the library's loops for Deeplearning4j's updaters and regularisations. What it returns
 * equals the original, so Deeplearning4j groups and saves the state as before; arrays that are not
 * in single precision, not contiguous or not in the host's memory still go to ND4J's operations.
 */
public final class HostUpdates {

  private HostUpdates() {}

  /** An equal updater with the library's loops, or the same one if there are none for it. */
  public static IUpdater of(IUpdater updater) {
    // A subclass may compute something else.
    return updater != null && updater.getClass() == Adam.class && OwnLoops.UPDATES.areWanted()
        ? new HostAdam((Adam) updater)
        : updater;
  }

  /** Equal regularisations with the library's loops, in the same order. */
  public static List<Regularization> of(List<Regularization> regularizations) {
    return regularizations == null || !OwnLoops.UPDATES.areWanted()
        ? regularizations
        : regularizations.stream().map(HostUpdates::of).toList();
  }

  private static Regularization of(Regularization regularization) {
    if (regularization.getClass() == L2Regularization.class) {
      return new HostL2((L2Regularization) regularization);
    }
    if (regularization.getClass() == WeightDecay.class) {
      return new HostWeightDecay((WeightDecay) regularization);
    }
    return regularization;
  }

  /**
   * Adds a multiple of the weights to their gradient in place, if both are in single precision and
   * in the host's memory; otherwise returns false.
   */
  public static boolean add(INDArray weights, double factor, INDArray gradient) {
    boolean isHere = OwnLoops.UPDATES.areWanted() && HostArrays.areInPlace(weights, gradient);
    if (isHere) {
      WeightRuns.add(weights, factor, gradient);
    }
    return isHere;
  }

  private static final class HostL2 extends L2Regularization {

    private static final long serialVersionUID = 1L;

    HostL2(L2Regularization original) {
      super(original.getL2());
    }

    @Override
    public void apply(INDArray weights, INDArray gradient, double lr, int iteration, int epoch) {
      if (!add(weights, l2.valueAt(iteration, epoch), gradient)) {
        super.apply(weights, gradient, lr, iteration, epoch);
      }
    }

    @Override
    public double score(INDArray weights, int iteration, int epoch) {
      return HostArrays.areInPlace(weights)
          ? l2.valueAt(iteration, epoch) / 2 * WeightRuns.sumOfSquares(weights)
          : super.score(weights, iteration, epoch);
    }
  }

  private static final class HostWeightDecay extends WeightDecay {

    private static final long serialVersionUID = 1L;

    HostWeightDecay(WeightDecay original) {
      super(original.getCoeff(), original.isApplyLR());
    }

    @Override
    public void apply(INDArray weights, INDArray gradient, double lr, int iteration, int epoch) {
      double share = coeff.valueAt(iteration, epoch);
      if (!add(weights, applyLR ? lr * share : share, gradient)) {
        super.apply(weights, gradient, lr, iteration, epoch);
      }
    }

    @Override
    public double score(INDArray weights, int iteration, int epoch) {
      return HostArrays.areInPlace(weights)
          ? coeff.valueAt(iteration, epoch) / 2 * WeightRuns.sumOfSquares(weights)
          : super.score(weights, iteration, epoch);
    }
  }
}
