package org.dl4jsnn.internal.simulate;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.array.PooledArrays;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.ReshapedTrain;
import org.dl4jsnn.internal.host.StepwiseMaximum;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The maximum over a window, of the step's amplitudes and of the rates (equation 10 of
 * docs/mathematics.md).
 *
 * @param output the shape of the output, with one neuron per window
 */
public record MaximumPooling(PoolingWindows windows, FeatureShape output) implements StepPooling {

  @Override
  public SpikeTrain pool(SpikeTrain train) {
    return ReshapedTrain.of(StepwiseMaximum.of(train, windows), output);
  }

  @Override
  public SpikeGradient backprop(SpikeTrain train, SpikeGradient gradient) {
    return MaximumGradient.backprop(train, windows, gradient);
  }

  @Override
  public void pool(INDArray rates, INDArray pooled) {
    PooledArrays.maxima(windows, rates, windowed(pooled));
  }

  @Override
  public INDArray backprop(INDArray rates, INDArray gradient, LayerWorkspaceMgr workspaces) {
    INDArray passed =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, rates.dataType(), rates.shape(), 'c');
    PooledArrays.maximaBackprop(windows, rates, windowed(gradient), passed);
    return passed;
  }
}
