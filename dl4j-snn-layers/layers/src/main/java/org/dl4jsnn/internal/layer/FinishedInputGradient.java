package org.dl4jsnn.internal.layer;

import java.util.function.UnaryOperator;
import org.dl4jsnn.gradient.InputGradient;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A collected gradient, and a final operation on its sum. */
record FinishedInputGradient(InputGradient collected, UnaryOperator<INDArray> end)
    implements InputGradient {

  @Override
  public boolean isWanted() {
    return collected.isWanted();
  }

  @Override
  public void add(int firstSample, int firstStep, int blockSteps, INDArray block) {
    collected.add(firstSample, firstStep, blockSteps, block);
  }

  @Override
  public INDArray finish() {
    return end.apply(collected.finish());
  }
}
