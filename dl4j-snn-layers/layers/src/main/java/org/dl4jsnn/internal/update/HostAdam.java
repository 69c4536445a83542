package org.dl4jsnn.internal.update;

import java.util.Map;
import org.dl4jsnn.internal.array.HostArrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;

/** Adam whose steps are taken by {@link WeightRuns}. Settings are passed on to the original. */
final class HostAdam extends Adam {

  private static final long serialVersionUID = 1L;

  private final Adam original;

  HostAdam(Adam original) {
    super(
        original.getLearningRate(),
        original.getBeta1(),
        original.getBeta2(),
        original.getEpsilon());
    super.setLearningRateSchedule(original.getLearningRateSchedule());
    this.original = original;
  }

  @Override
  public AdamUpdater instantiate(INDArray view, boolean initialize) {
    INDArray flat = view.reshape(view.length());
    Updater updater = new Updater(original);
    updater.setStateViewArray(flat, new long[] {flat.length() / 2}, flat.ordering(), initialize);
    return updater;
  }

  @Override
  public AdamUpdater instantiate(Map<String, INDArray> state, boolean initialize) {
    Updater updater = new Updater(original);
    updater.setState(state, initialize);
    return updater;
  }

  @Override
  public void setLrAndSchedule(double rate, ISchedule schedule) {
    original.setLrAndSchedule(rate, schedule);
    super.setLrAndSchedule(rate, schedule);
  }

  @Override
  public void setLearningRate(double rate) {
    original.setLearningRate(rate);
    super.setLearningRate(rate);
  }

  @Override
  public void setLearningRateSchedule(ISchedule schedule) {
    original.setLearningRateSchedule(schedule);
    super.setLearningRateSchedule(schedule);
  }

  @Override
  public void setBeta1(double beta1) {
    original.setBeta1(beta1);
    super.setBeta1(beta1);
  }

  @Override
  public void setBeta2(double beta2) {
    original.setBeta2(beta2);
    super.setBeta2(beta2);
  }

  @Override
  public void setEpsilon(double epsilon) {
    original.setEpsilon(epsilon);
    super.setEpsilon(epsilon);
  }

  @Override
  public Adam clone() {
    return original.clone();
  }

  /** Has the original's settings, which a program may change during training. */
  private static final class Updater extends AdamUpdater {

    Updater(Adam settings) {
      super(settings);
    }

    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
      if (getM() == null || !HostArrays.areInPlace(gradient, getM(), getV())) {
        super.applyUpdater(gradient, iteration, epoch);
        return;
      }
      WeightRuns.adam(gradient, getM(), getV(), AdamStep.of(getConfig(), iteration, epoch));
    }
  }
}
