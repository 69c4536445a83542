package org.dl4jsnn.monitor.health;

import static org.dl4jsnn.monitor.health.LayerCondition.SATURATED;
import static org.dl4jsnn.monitor.health.LayerCondition.SILENT;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.monitor.FiringRates;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns when a spiking layer falls silent or saturates during training: in both states a layer does
 * not pass on its input, and surrogate gradients vanish. Logs once when the state begins, and once
 * when it ends. Pooling without neurons can only fall silent.
 *
 * <p>Checks the first iteration and every n-th after it, in the forward pass of training. It only
 * reads the activations. Use one listener per network.
 */
public final class FiringRateListener extends BaseTrainingListener {

  private static final Logger LOG = LoggerFactory.getLogger(FiringRateListener.class);
  private static final int DEFAULT_INTERVAL = 50;
  private static final double DEFAULT_SILENT = 1e-4;
  private static final double DEFAULT_SATURATED = 0.5;

  private final int interval;
  private final double silentBelow;
  private final double saturatedAbove;
  private final LayerWarnings warnings = new LayerWarnings(LOG);
  private long iterations;

  /** Checks every 50th iteration; silent below a mean rate of 0.0001, saturated above 0.5. */
  public FiringRateListener() {
    this(DEFAULT_INTERVAL, DEFAULT_SILENT, DEFAULT_SATURATED);
  }

  /**
   * Creates a listener.
   *
   * @param interval iterations between checks; at least 1
   * @param silentBelow the mean firing rate below which a layer counts as silent; above 0 and at
   *     most 1
   * @param saturatedAbove the mean firing rate above which it counts as saturated; above
   *     silentBelow
   * @throws IllegalArgumentException if a parameter is invalid
   */
  public FiringRateListener(int interval, double silentBelow, double saturatedAbove) {
    this.interval = Require.atLeast("interval", interval, 1);
    this.silentBelow = Require.fraction("silentBelow", silentBelow);
    this.saturatedAbove = Require.fraction("saturatedAbove", saturatedAbove);
    if (saturatedAbove <= silentBelow) {
      throw new IllegalArgumentException(
          "saturatedAbove must be greater than silentBelow "
              + silentBelow
              + ", got "
              + saturatedAbove);
    }
  }

  @Override
  public synchronized void onForwardPass(Model model, List<INDArray> activations) {
    if (model instanceof MultiLayerNetwork network && isDue()) {
      judge(
          FiringRates.of(network, activations),
          withNeurons(NetworkWalk.of(network)),
          network.getIterationCount());
    }
  }

  @Override
  public synchronized void onForwardPass(Model model, Map<String, INDArray> activations) {
    if (model instanceof ComputationGraph graph && isDue()) {
      judge(
          FiringRates.of(graph, activations),
          withNeurons(NetworkWalk.of(graph)),
          graph.getIterationCount());
    }
  }

  private boolean isDue() {
    return iterations++ % interval == 0;
  }

  private static Set<String> withNeurons(NetworkWalk network) {
    return network.parts().stream()
        .filter(NetworkPart::hasNeurons)
        .map(NetworkPart::name)
        .collect(Collectors.toSet());
  }

  /** Layers without neurons can't saturate: sums of rates may be above 1. */
  private void judge(List<FiringRates> layers, Set<String> withNeurons, int iteration) {
    for (FiringRates layer : layers) {
      double rate = layer.mean();
      warnings.judge(
          layer.layer(), SILENT, rate < silentBelow, iteration, "at least " + silentBelow, rate);
      warnings.judge(
          layer.layer(),
          SATURATED,
          rate > saturatedAbove && withNeurons.contains(layer.layer()),
          iteration,
          "at most " + saturatedAbove,
          rate);
    }
  }
}
