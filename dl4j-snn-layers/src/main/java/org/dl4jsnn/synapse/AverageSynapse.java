package org.dl4jsnn.synapse;

import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.Internal;
import org.dl4jsnn.internal.kernel.AverageCharge;
import org.dl4jsnn.internal.kernel.AverageSimulation;
import org.dl4jsnn.internal.kernel.BitmapAverage;
import org.dl4jsnn.internal.kernel.CarefulSimulation;
import org.dl4jsnn.internal.kernel.Charges;
import org.dl4jsnn.internal.kernel.FireRule;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.PoolingGeometry;
import org.dl4jsnn.internal.kernel.SampleSimulation;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The synapse of average pooling: the current of a neuron is the average of its window. */
public final class AverageSynapse implements Synapse {

  private final PoolingWindows windows;

  /**
   * A synapse.
   *
   * @param windows the windows over the input
   */
  public AverageSynapse(PoolingWindows windows) {
    this.windows = windows;
  }

  @Override
  public FeatureShape outputShape() {
    return windows.output();
  }

  @Override
  public boolean isWeighted() {
    return false;
  }

  @Override
  public void requireFiniteWeights() {
    // There are none.
  }

  @Override
  @Internal
  public double currentBound(double amplitude) {
    return windows.positions() * amplitude; // summed before it is divided
  }

  @Override
  public void current(INDArray flow, double biasTimes, INDArray current) {
    windows.pool("avgpool2d", flow, current);
  }

  @Override
  public INDArray backprop(
      INDArray flow,
      INDArray currentGradient,
      Map<String, INDArray> parameterGradients,
      LayerWorkspaceMgr workspaces) {
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, flow.dataType(), flow.shape(), 'c');
    windows.poolBackprop("avgpool2d_bp", flow, currentGradient, inputGradient);
    return inputGradient;
  }

  @Override
  @Internal
  public Supplier<SampleSimulation> simulations(
      SpikingNeuron neuron, SpikeTrain train, KernelProvider kernels) {
    FireRule rule = FireRule.of(neuron);
    if (train instanceof BinarySpikeTrain && windows.areTwoByTwo() && BitmapAverage.serves(rule)) {
      return () -> new BitmapAverage(windows.input(), windows.output());
    }
    if (!rule.staysFinite(train.steps(), currentBound(train.amplitudeBound()))) {
      Charges charges = charges();
      return () -> new CarefulSimulation(charges.get(), windows.input(), windows.output(), rule);
    }
    PoolingGeometry geometry = windows.geometry();
    return () -> new AverageSimulation(geometry, rule);
  }

  @Override
  @Internal
  public Charges charges() {
    PoolingGeometry geometry = windows.geometry();
    return new Charges(() -> new AverageCharge(geometry), this::currentBound);
  }
}
