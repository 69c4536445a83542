package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.host.GatedMaximum;
import org.dl4jsnn.internal.host.RunningFlow;
import org.dl4jsnn.internal.simulate.GatedPooling;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gated maximum pooling of spikes (equation 82 of docs/mathematics.md). The activation is the rates
 * of the spikes passed on, which over a window are the maxima of the rates below. Gradients of
 * rates go to the input with the largest flow, those in time to the spikes that made the flow pass.
 *
 * <p>Its state, the accumulated amplitudes of its inputs, is {@code flow} in Deeplearning4j's form,
 * [minibatch, channels, height, width], in double precision.
 */
public final class GatedPoolingLayer extends CarryingLayer<RunningFlow> {

  private static final long serialVersionUID = 1L;
  private static final String FLOW = "flow";
  private static final int AXES = 4;

  private final transient Function<FeatureShape, GatedPooling> newPooling;

  /** The last forward pass; null if there was none since the layers were cleared. */
  private transient Pass pass;

  /**
   * The data that the backward pass needs.
   *
   * @param below the train that was pooled; null if its gradient in time is not needed
   * @param inbox where the layers above leave gradients in time
   */
  private record Pass(
      GatedPooling pooling,
      RunningFlow start,
      RunningFlow end,
      AttachedSpikeTrains.Beside below,
      GradientInbox inbox) {}

  /** Creates a layer that makes its pooling for an input shape, or refuses the shape. */
  public GatedPoolingLayer(
      NeuralNetConfiguration conf,
      DataType dataType,
      Supplier<String> name,
      Function<FeatureShape, GatedPooling> newPooling,
      boolean onlyConsumer) {
    super(conf, dataType, name, RunningFlow.atStart(), onlyConsumer);
    this.newPooling = newPooling;
  }

  @Override
  Passed<RunningFlow> pass(
      boolean training,
      RunningFlow start,
      AttachedSpikeTrains.Beside below,
      GradientInbox inbox,
      boolean wantsEnd) {
    GatedPooling pooling = newPooling.apply(below.train().shape());
    GatedMaximum.Pooled pooled = pooling.pool(start, below.train());
    pass = new Pass(pooling, start, pooled.end(), inbox.isOpen() ? below : null, inbox);
    return new Passed<>(pooled.spikes(), pooled.end());
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    return pooled(
        pass.inbox.take(),
        epsilon,
        pass.below,
        rates -> pass.pooling.backprop(pass.end, rates, workspaces),
        inTime -> pass.pooling.backprop(pass.start, pass.below.train(), inTime));
  }

  @Override
  public RunningFlow ofSamples(RunningFlow state, int... samples) {
    return state.ofSamples(samples);
  }

  @Override
  Map<String, INDArray> arrays(RunningFlow flow) {
    if (flow.isAtStart()) {
      return Map.of();
    }
    long[] shape = flow.shape().arrayShape(flow.minibatch());
    return Map.of(FLOW, Nd4j.createFromArray(flow.inOrderOfArrays()).reshape('c', shape));
  }

  @Override
  RunningFlow state(Map<String, INDArray> arrays) {
    INDArray flow = Stream.only(FLOW, arrays);
    Require.not(
        flow.rank() != AXES,
        "flow of a state must be [minibatch, channels, height, width], got %s axes",
        flow.rank());
    FeatureShape shape = FeatureShapes.ofSamples(flow);
    double[] numbers = flow.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    double[][] sums = new double[Math.toIntExact(flow.size(0))][shape.neurons()];
    for (int sample = 0; sample < sums.length; sample++) {
      for (int i = 0; i < shape.neurons(); i++) {
        sums[sample][i] = numbers[sample * shape.neurons() + shape.arrayIndex(i)];
      }
    }
    return RunningFlow.of(shape, sums);
  }

  @Override
  void forgetPass() {
    pass = null;
  }
}
