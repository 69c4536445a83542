package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.GatedMaximum;
import org.dl4jsnn.internal.host.RunningFlow;
import org.dl4jsnn.internal.simulate.GatedPooling;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gated maximum pooling of spikes (equation 82 of docs/mathematics.md). The activation is the rates
 * of the spikes passed on, which over a window are the maxima of the rates below. Gradients of
 * rates go to the input with the largest flow, those in time to the spikes that made the flow pass.
 */
public final class GatedPoolingLayer extends CarryingLayer<RunningFlow> {

  private static final long serialVersionUID = 1L;

  private final transient Function<FeatureShape, GatedPooling> newPooling;

  /** The last forward pass; null if there was none since the layers were cleared. */
  private transient Pass pass;

  /**
   * The data that the backward pass needs.
   *
   * @param pooling how the input was pooled
   * @param start the flow before the first step
   * @param end the flow after the last step
   * @param below the train that was pooled; null if its gradient in time is not needed
   * @param inbox where the layers above leave gradients in time
   */
  private record Pass(
      GatedPooling pooling,
      RunningFlow start,
      RunningFlow end,
      AttachedSpikeTrains.Beside below,
      GradientInbox inbox) {}

  /**
   * Creates a layer; called by its configuration.
   *
   * @param conf the configuration
   * @param dataType the network's data type
   * @param name the layer's name in messages
   * @param newPooling makes the pooling for an input shape; refuses one that does not fit
   * @param onlyConsumer whether no other layer reads this layer's input
   */
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
      RunningFlow start, AttachedSpikeTrains.Beside below, GradientInbox inbox, boolean wantsEnd) {
    GatedPooling pooling = newPooling.apply(below.train().shape());
    GatedMaximum.Pooled pooled = pooling.pool(start, below.train());
    pass = new Pass(pooling, start, pooled.end(), inbox.isOpen() ? below : null, inbox);
    return new Passed<>(pooled.spikes(), pooled.end());
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    requireInput();
    Optional<SpikeGradient> inTime = pass.inbox.take();
    INDArray gradient =
        inTime.isPresent()
            ? stepByStep(inTime.get(), epsilon, workspaces)
            : pass.pooling.backprop(pass.end, epsilon, workspaces);
    return new Pair<>(new DefaultGradient(), gradient);
  }

  /** Propagates the part known in time step by step, and the rest as a gradient of rates. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  private INDArray stepByStep(
      SpikeGradient inTime, INDArray rateGradient, LayerWorkspaceMgr workspaces) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        inTime;
        INDArray known = inTime.sum();
        INDArray rest = rateGradient.sub(known)) {
      INDArray gradient = pass.pooling.backprop(pass.end, rest, workspaces);
      SpikeGradient passed = pass.pooling.backprop(pass.start, pass.below.train(), inTime);
      try (INDArray sum = passed.sum()) {
        gradient.addi(sum);
      }
      pass.below.inbox().add(passed);
      return gradient;
    }
  }

  @Override
  Map<String, INDArray> arrays(RunningFlow flow) {
    return FlowArrays.of(flow);
  }

  @Override
  RunningFlow state(Map<String, INDArray> arrays) {
    return FlowArrays.flow(arrays);
  }

  @Override
  void forgetPass() {
    pass = null;
  }
}
