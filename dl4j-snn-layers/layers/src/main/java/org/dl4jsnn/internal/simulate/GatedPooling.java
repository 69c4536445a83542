package org.dl4jsnn.internal.simulate;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.array.PooledArrays;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.GatedMaximum;
import org.dl4jsnn.internal.host.RunningFlow;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Passes on the input of each window with the largest flow accumulated so far: after every step the
 * output has the largest flow of the window's inputs (equation 82 of docs/mathematics.md). Unlike a
 * {@link StepPooling} it depends on earlier steps.
 *
 * @param output the shape of the output, with one neuron per window
 */
public record GatedPooling(PoolingWindows windows, FeatureShape output) {

  /**
   * Pools a train, given the flow of the inputs before its first step; returns the pooled spikes,
   * and the flow to continue with. Refuses the flow of other inputs by an IllegalArgumentException.
   */
  public GatedMaximum.Pooled pool(RunningFlow start, SpikeTrain train) {
    return GatedMaximum.of(train, windows, output, start);
  }

  /**
   * Propagates a gradient in time back through the train that was pooled, given the flow before its
   * first step, as the derivative for given leaders: the gradient of a step goes to the window's
   * input with the largest flow after it, or, of several, to the one that led before; where the
   * lead changes, also to all earlier spikes of the new leader, and negated to those of the former
   * one.
   */
  public SpikeGradient backprop(RunningFlow start, SpikeTrain train, SpikeGradient gradient) {
    return MaximumGradient.ofFlow(train, windows, gradient, start);
  }

  /**
   * Propagates a gradient of rates back, to the window's input with the largest flow at the end.
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  public INDArray backprop(RunningFlow end, INDArray gradient, LayerWorkspaceMgr workspaces) {
    DataType type = gradient.dataType();
    long[] shape = windows.input().arrayShape(end.minibatch());
    INDArray passed = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, type, shape, 'c');
    INDArray ofWindows = gradient.reshape('c', windows.output().arrayShape(end.minibatch()));
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray sums = Nd4j.createFromArray(end.inOrderOfArrays())) {
      INDArray flow = sums.reshape('c', shape).castTo(type);
      PooledArrays.poolBackprop(windows, "maxpool2d_bp", flow, ofWindows, passed);
    }
    return passed;
  }
}
