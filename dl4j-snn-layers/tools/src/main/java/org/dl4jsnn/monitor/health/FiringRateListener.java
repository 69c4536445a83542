package org.dl4jsnn.monitor.health;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns when a spiking layer falls silent or saturates during training: in both states a layer does
 * not pass on its input, and surrogate gradients vanish. Logs once when the state begins, and once
 * when it ends. Pooling without neurons can only fall silent.
 *
 * <pre>{@code
 * network.addListeners(new FiringRateListener());
 * network.fit(training, 5);
 * }</pre>
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
  private final HealthLimits limits;
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
    limits = HealthLimits.DEFAULT.withRates(silentBelow, saturatedAbove);
  }

  @Override
  public synchronized void onForwardPass(Model model, List<INDArray> activations) {
    // The first is the input.
    look(
        model,
        part -> part.place() + 1 < activations.size() ? activations.get(part.place() + 1) : null);
  }

  @Override
  public synchronized void onForwardPass(Model model, Map<String, INDArray> activations) {
    look(model, part -> activations.get(part.name()));
  }

  private void look(Model model, Function<NetworkPart, INDArray> activations) {
    if (iterations++ % interval == 0) {
      NetworkWalk.find(model).ifPresent(network -> judge(network, activations));
    }
  }

  private void judge(NetworkWalk network, Function<NetworkPart, INDArray> activations) {
    for (WatchedLayer layer : WatchedLayer.of(network)) {
      INDArray rates = activations.apply(layer.part());
      if (rates != null && layer.hasRates()) {
        new LayerWatch(layer.name(), layer.part().hasNeurons(), limits, warnings)
            .addRates(rates, network.iteration());
      }
    }
  }
}
