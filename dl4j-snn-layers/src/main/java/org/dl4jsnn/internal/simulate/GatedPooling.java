package org.dl4jsnn.internal.simulate;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.FlowSoFar;
import org.dl4jsnn.internal.host.GatedMaximum;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.PooledArrays;
import org.dl4jsnn.synapse.PoolingWindows;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The maximum of a window, of the flows accumulated so far: what passes on has, after every step,
 * the largest flow of the window's inputs (equation 82 of docs/mathematics.md). Unlike a {@link
 * StepPooling} it goes on from the steps before.
 *
 * @param windows the windows over the input
 * @param output the shape of what is passed on, of as many neurons as windows
 */
public record GatedPooling(PoolingWindows windows, FeatureShape output) {

  /**
   * Pools a train.
   *
   * @param start the flow of the inputs before its first step
   * @param train the spikes
   * @return the pooled spikes, and the flow to go on with
   * @throws IllegalArgumentException if the flow is that of other inputs
   */
  public GatedMaximum.Pooled pool(FlowSoFar start, SpikeTrain train) {
    return GatedMaximum.of(train, windows, output, start);
  }

  /**
   * The way back of a gradient in time: at every step to the input of the window with the largest
   * flow after it, of several to the one that was ahead before. Where a spike of amplitude 1 was
   * passed, that is an input that fired it. Which input leads is taken as given.
   *
   * @param start the flow before the train's first step
   * @param train the spikes that were pooled
   * @param gradient the loss's gradient with respect to every pooled spike
   * @return that with respect to every spike of the train
   */
  public SpikeGradient backprop(FlowSoFar start, SpikeTrain train, SpikeGradient gradient) {
    return MaximumGradient.ofFlow(train, windows, gradient, start);
  }

  /**
   * The way back of a gradient of rates: to the window's input with the largest flow at the end.
   *
   * @param end the flow after the last step
   * @param gradient the loss's gradient with respect to the pooled rates
   * @param workspaces where the result is made
   * @return that with respect to the rates, an activation's gradient
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  public INDArray backprop(FlowSoFar end, INDArray gradient, LayerWorkspaceMgr workspaces) {
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
