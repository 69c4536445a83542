package org.dl4jsnn.internal.simulate;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.convolve.ConvolutionGeometry;
import org.dl4jsnn.internal.convolve.HostMaximum;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.ReshapedTrain;
import org.dl4jsnn.internal.host.StepwiseMaximum;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.PooledArrays;
import org.dl4jsnn.synapse.PoolingWindows;
import org.dl4jsnn.synapse.Window2D;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The maximum over a window, of the step's amplitudes and of the rates (equation 10 of
 * docs/mathematics.md).
 *
 * @param windows the windows over the input
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
    if (HostArrays.areInPlace(rates, pooled)) {
      int samples = Math.toIntExact(rates.size(0));
      FloatBuffer values = HostArrays.buffer(rates);
      HostArrays.fill(pooled, maxima -> onHost().forward(values, samples, maxima));
      Reference.reachabilityFence(rates);
    } else {
      PooledArrays.pool(windows, "maxpool2d", rates, windowed(pooled));
    }
  }

  @Override
  public INDArray backprop(INDArray rates, INDArray gradient, LayerWorkspaceMgr workspaces) {
    INDArray passed =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, rates.dataType(), rates.shape(), 'c');
    if (HostArrays.areInPlace(rates, gradient, passed)) {
      int samples = Math.toIntExact(rates.size(0));
      FloatBuffer values = HostArrays.buffer(rates);
      FloatBuffer pooled = HostArrays.buffer(gradient);
      HostArrays.fill(passed, target -> onHost().backward(values, pooled, samples, target));
      Reference.reachabilityFence(rates);
      Reference.reachabilityFence(gradient);
    } else {
      PooledArrays.poolBackprop(windows, "maxpool2d_bp", rates, windowed(gradient), passed);
    }
    return passed;
  }

  private HostMaximum onHost() {
    FeatureShape input = windows.input();
    return new HostMaximum(
        input.channels(),
        input.height(),
        input.width(),
        side(windows.window().rows()),
        side(windows.window().columns()));
  }

  private static ConvolutionGeometry.Side side(Window2D.Axis axis) {
    return new ConvolutionGeometry.Side(axis.kernel(), axis.stride(), 0);
  }

  /** An array of pooled features in the shape of the windows. */
  private INDArray windowed(INDArray pooled) {
    return pooled.reshape('c', windows.output().arrayShape(Math.toIntExact(pooled.size(0))));
  }
}
