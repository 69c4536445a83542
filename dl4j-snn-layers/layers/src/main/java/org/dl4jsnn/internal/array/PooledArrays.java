package org.dl4jsnn.internal.array;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.convolve.ConvolutionGeometry;
import org.dl4jsnn.internal.convolve.HostMaximum;
import org.dl4jsnn.internal.convolve.HostPooling;
import org.dl4jsnn.internal.convolve.PlaneWindows;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Pools whole arrays, on any backend: by the library's own loops or with ND4J's operations. */
public final class PooledArrays {

  private PooledArrays() {}

  /** Pools an array [minibatch, channels, height, width] by ND4J's avgpool2d or maxpool2d. */
  public static void pool(
      PoolingWindows windows, String operation, INDArray flow, INDArray pooled) {
    execute(windows.window(), operation, new INDArray[] {flow}, pooled);
  }

  /** The adjoint of {@link #pool}, by ND4J's avgpool2d_bp or maxpool2d_bp. */
  public static void poolBackprop(
      PoolingWindows windows,
      String operation,
      INDArray flow,
      INDArray pooledGradient,
      INDArray gradient) {
    execute(windows.window(), operation, new INDArray[] {flow, pooledGradient}, gradient);
  }

  /** The maxima of windows, by the library's own loops where it can. */
  public static void maxima(PoolingWindows windows, INDArray flow, INDArray maxima) {
    if (!HostArrays.areInPlace(flow, maxima)) {
      pool(windows, "maxpool2d", flow, maxima);
      return;
    }
    FloatBuffer values = HostArrays.buffer(flow);
    HostMaximum host = new HostMaximum(planes(windows));
    HostArrays.fill(maxima, target -> host.forward(values, samples(flow), target));
    Reference.reachabilityFence(flow);
  }

  /** The adjoint of {@link #maxima}: the first maximum of a window gets its gradient. */
  public static void maximaBackprop(
      PoolingWindows windows, INDArray flow, INDArray pooledGradient, INDArray gradient) {
    if (!HostArrays.areInPlace(flow, pooledGradient, gradient)) {
      poolBackprop(windows, "maxpool2d_bp", flow, pooledGradient, gradient);
      return;
    }
    FloatBuffer values = HostArrays.buffer(flow);
    FloatBuffer pooled = HostArrays.buffer(pooledGradient);
    HostMaximum host = new HostMaximum(planes(windows));
    HostArrays.fill(gradient, target -> host.backward(values, pooled, samples(flow), target));
    Reference.reachabilityFence(flow);
    Reference.reachabilityFence(pooledGradient);
  }

  /** The adjoint of averages: every value of a window gets an equal share of its gradient. */
  public static void averagesBackprop(
      PoolingWindows windows, INDArray flow, INDArray pooledGradient, INDArray gradient) {
    if (!HostArrays.areSingleOnHost(flow.dataType())) {
      poolBackprop(windows, "avgpool2d_bp", flow, pooledGradient, gradient);
      return;
    }
    FloatBuffer pooled = HostArrays.buffer(pooledGradient);
    HostPooling host = new HostPooling(planes(windows));
    HostArrays.fill(gradient, target -> host.backward(pooled, samples(flow), target));
    Reference.reachabilityFence(pooledGradient);
  }

  private static int samples(INDArray flow) {
    return Math.toIntExact(flow.size(0));
  }

  private static PlaneWindows planes(PoolingWindows windows) {
    FeatureShape input = windows.input();
    return new PlaneWindows(
        input.channels(),
        input.height(),
        input.width(),
        side(windows.window().rows()),
        side(windows.window().columns()));
  }

  private static ConvolutionGeometry.Side side(Window2D.Axis axis) {
    return new ConvolutionGeometry.Side(axis.kernel(), axis.stride(), 0);
  }

  private static void execute(
      Window2D window, String operation, INDArray[] inputs, INDArray result) {
    int noPadding = 0;
    int noDilation = 1;
    int valid = 0;
    int windowSizeAsDivisor = 0;
    int channelsFirst = 0;
    Nd4j.exec(
        DynamicCustomOp.builder(operation)
            .addInputs(inputs)
            .addOutputs(result)
            .addIntegerArguments(
                window.rows().kernel(),
                window.columns().kernel(),
                window.rows().stride(),
                window.columns().stride(),
                noPadding,
                noPadding,
                noDilation,
                noDilation,
                valid,
                windowSizeAsDivisor,
                channelsFirst)
            .build());
  }
}
