package org.dl4jsnn.internal.layer;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.gradient.InputGradient;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Sums a time-resolved gradient for Deeplearning4j, and keeps it if the layer below needs it. A
 * final operation ends the sum.
 */
final class CollectedInputGradient implements InputGradient {

  private final GradientInbox inbox;
  private final UnaryOperator<INDArray> end;
  private final FeatureShape shape;
  private final INDArray rateGradient;
  private final int steps;

  /** Made when it is first written. */
  private SpikeGradient inTime;

  CollectedInputGradient(
      GradientInbox inbox,
      INDArray input,
      FeatureShape shape,
      int steps,
      LayerWorkspaceMgr workspaces,
      UnaryOperator<INDArray> end) {
    this.inbox = inbox;
    this.end = end;
    this.shape = shape;
    this.rateGradient =
        workspaces.create(ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
    this.steps = steps;
  }

  private int minibatch() {
    return Math.toIntExact(rateGradient.size(0));
  }

  @Override
  public OfSamples ofSamples(Optional<PoolingWindows> sharedInputs) {
    if (inbox.isOpen()) {
      inTime = SpikeGradient.inTrainOrder(inbox.memory(), shape, minibatch(), steps, sharedInputs);
    }
    int neurons = shape.neurons();
    FloatBuffer rates = HostArrays.buffer(rateGradient);
    FloatBuffer values = inTime == null ? null : HostArrays.buffer(inTime.buffered());
    return new OfSamples() {
      @Override
      public void step(int sample, int step, float[] gradient) {
        if (values != null) {
          values.put(inTime.row(sample, step) * gradient.length, gradient);
        }
      }

      @Override
      public void sum(int sample, float[] sum) {
        rates.put(sample * neurons, sum);
      }
    };
  }

  @Override
  public boolean isWanted() {
    return inbox.isRead();
  }

  @Override
  @SuppressWarnings("try") // the scope is entered and left, not read
  public void add(int firstSample, int firstStep, int blockSteps, INDArray block) {
    if (!isWanted()) {
      return;
    }
    int samples = Math.toIntExact(block.size(0)) / blockSteps;
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray sum = block.reshape('c', samples, blockSteps, shape.neurons()).sum(1)) {
      rateGradient
          .reshape('c', rateGradient.size(0), shape.neurons())
          .get(NDArrayIndex.interval(firstSample, firstSample + samples), NDArrayIndex.all())
          .addi(sum);
    }
    if (inbox.isOpen()) {
      if (inTime == null) {
        inTime =
            new SpikeGradient(inbox.memory(), shape, minibatch(), steps, rateGradient.dataType());
      }
      inTime.put(firstSample, firstStep, blockSteps, block);
    }
  }

  @Override
  public INDArray finish() {
    HostArrays.written(rateGradient);
    if (inTime != null) {
      HostArrays.written(inTime.buffered());
      inTime.noteSum(rateGradient);
      inbox.add(inTime);
    }
    return end.apply(rateGradient);
  }
}
