package org.dl4jsnn.monitor.health;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.monitor.SynapticOperations;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the health of each spiking layer after every epoch: firing rates, slope, gradient, the
 * share of the loss due to activity regularisation, operations and an estimate of their energy.
 * Warns about values beyond the {@linkplain HealthLimits limits}, once when they start and once
 * when they end, and says what helps.
 *
 * <pre>{@code
 * SpikeHealthListener health =
 *     new SpikeHealthListener.Builder()
 *         .interval(20) // minibatches
 *         .reportTo(HealthSink.html(Path.of("target/health.html")))
 *         .build();
 * network.addListeners(health);
 * network.fit(training, 5);
 * }</pre>
 *
 * <p>Looks at the first minibatch of every epoch and every n-th after it, during the forward and
 * backward pass of training, whose arrays it only reads. Operations are counted by an extra
 * inference pass over a few samples at the end of every epoch.
 *
 * <p>An epoch ends when {@code onEpochEnd} is called, as {@code fit} over an iterator does; loops
 * around {@code fit(DataSet)} and around {@code ParallelWrapper} must call it themselves, and then
 * the network's {@code incrementEpochCount}, by which reports are numbered: a second report of an
 * epoch replaces the first. One listener serves one network. Of several workers that train copies
 * of it, the one whose minibatch is due is looked at.
 */
public final class SpikeHealthListener extends BaseTrainingListener {

  private static final Logger LOG = LoggerFactory.getLogger(SpikeHealthListener.class);

  private final int interval;
  private final int samples;
  private final HealthLimits limits;
  private final OperationEnergy energy;
  private final List<HealthSink> sinks;
  private final LayerWarnings warnings = new LayerWarnings(LOG);
  private final Map<String, LayerWatch> watches = new HashMap<>();

  /** The samples for counting operations: given, or the first of the last minibatch seen. */
  private final boolean featuresGiven;

  private INDArray[] features;

  private int iterations;
  private int looks;

  /** The network whose gradient completes a look; null between looks. */
  private Model lookedAt;

  /** A listener that logs, with the builder's defaults. */
  public SpikeHealthListener() {
    this(new Builder());
  }

  private SpikeHealthListener(Builder builder) {
    interval = builder.interval;
    samples = builder.samples;
    limits = builder.limits;
    energy = builder.energy;
    features = builder.features;
    featuresGiven = builder.features != null;
    sinks = builder.sinks.isEmpty() ? List.of(HealthSink.log()) : List.copyOf(builder.sinks);
  }

  @Override
  public synchronized void onEpochStart(Model model) {
    beginEpoch();
  }

  @Override
  public synchronized void onForwardPass(Model model, List<INDArray> activations) {
    // The first is the input.
    look(model, part -> activations.get(part.place() + 1));
  }

  @Override
  public synchronized void onForwardPass(Model model, Map<String, INDArray> activations) {
    look(model, part -> activations.get(part.name()));
  }

  private void look(Model model, Function<NetworkPart, INDArray> activations) {
    if (lookedAt != null && lookedAt != model) {
      return; // another worker's turn
    }
    boolean isDue = iterations++ % interval == 0;
    lookedAt = isDue ? model : null;
    Optional<NetworkWalk> network = NetworkWalk.find(model);
    if (!isDue || network.isEmpty()) {
      return;
    }
    looks++;
    int iteration = network.get().iteration();
    List<WatchedLayer> layers = WatchedLayer.of(network.get());
    Require.not(layers.isEmpty(), "network must have a spiking layer to watch, got none");
    for (WatchedLayer layer : layers) {
      INDArray rates = activations.apply(layer.part());
      if (layer.hasRates()) {
        watch(layer).addRates(rates, iteration);
      }
      layer.slope().ifPresent(slope -> watch(layer).addSlope(slope, iteration));
    }
    if (samples > 0 && !featuresGiven) {
      features = first(network.get().features());
    }
  }

  /** Copies, since the next minibatch may overwrite this one. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  private INDArray[] first(INDArray[] minibatch) {
    INDArray[] copies = new INDArray[minibatch.length];
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      for (int i = 0; i < copies.length; i++) {
        long size = Math.min(samples, minibatch[i].size(0));
        copies[i] = minibatch[i].get(NDArrayIndex.interval(0, size)).dup();
      }
    }
    return copies;
  }

  @Override
  public synchronized void onGradientCalculation(Model model) {
    if (lookedAt == model) {
      lookedAt = null;
      NetworkWalk.find(model).ifPresent(network -> lookAtGradient(network, model));
    }
  }

  private void lookAtGradient(NetworkWalk network, Model model) {
    for (WatchedLayer layer : WatchedLayer.of(network)) {
      layer
          .gradientNorm(model.gradient(), model.batchSize())
          .ifPresent(norm -> watch(layer).addGradient(norm, network.iteration()));
      if (layer.hasPenalty()) {
        watch(layer).addPenalty(layer.penalty(), model.score());
      }
    }
  }

  private LayerWatch watch(WatchedLayer layer) {
    return watches.computeIfAbsent(
        layer.name(), name -> new LayerWatch(name, layer.part().hasNeurons(), limits, warnings));
  }

  @Override
  public synchronized void onEpochEnd(Model model) {
    if (looks > 0) {
      NetworkWalk.find(model).ifPresent(network -> report(network, model));
    }
    beginEpoch();
  }

  private void beginEpoch() {
    iterations = 0;
    looks = 0;
    lookedAt = null;
  }

  private void report(NetworkWalk network, Model model) {
    Map<String, LayerHealth.Energy> energies = energies((NeuralNetwork) model);
    List<LayerHealth> layers = new ArrayList<>();
    for (WatchedLayer layer : WatchedLayer.of(network)) {
      layers.add(watch(layer).endEpoch(layer, energies, network.iteration()));
    }
    EpochHealth epoch =
        new EpochHealth(network.epoch() + 1, network.iteration(), looks, List.copyOf(layers));
    sinks.forEach(sink -> sink.report(epoch));
  }

  private Map<String, LayerHealth.Energy> energies(NeuralNetwork network) {
    Map<String, LayerHealth.Energy> energies = new HashMap<>();
    if (samples > 0) {
      for (SynapticOperations.OfLayer layer : SynapticOperations.count(network, features)) {
        energies.put(layer.layer(), energy.of(layer));
      }
    }
    return energies;
  }

  /** Settings of a listener. */
  public static final class Builder {

    private static final int DEFAULT_INTERVAL = 50;
    private static final int DEFAULT_SAMPLES = 16;

    private final List<HealthSink> sinks = new ArrayList<>();
    private int interval = DEFAULT_INTERVAL;
    private int samples = DEFAULT_SAMPLES;
    private HealthLimits limits = HealthLimits.DEFAULT;
    private OperationEnergy energy = OperationEnergy.FLOAT32_AT_45_NM;
    private INDArray[] features;

    /**
     * Defaults: every 50th minibatch, operations of 16 samples, and the default limits and energy.
     */
    public Builder() {}

    /**
     * Sets how often to look.
     *
     * @param minibatches minibatches between looks; at least 1
     * @return this
     * @throws IllegalArgumentException if it is smaller
     */
    public Builder interval(int minibatches) {
      interval = Require.atLeast("interval", minibatches, 1);
      return this;
    }

    /**
     * Sets the number of samples, from the last minibatch looked at, for counting operations.
     *
     * @param count the number of samples; 0 for no counting
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder samples(int count) {
      samples = Require.atLeast("samples", count, 0);
      return this;
    }

    /**
     * Counts operations for the same samples in every epoch.
     *
     * @param chosen a minibatch for every input of the network; kept, not copied
     * @return this
     * @throws IllegalArgumentException if no minibatch is given
     */
    public Builder features(INDArray... chosen) {
      Require.atLeast("features", chosen.length, 1);
      features = chosen.clone();
      samples = Require.atLeast("features' samples", chosen[0].size(0), 1);
      return this;
    }

    /**
     * Sets the limits for warnings.
     *
     * @param chosen the limits
     * @return this
     */
    public Builder limits(HealthLimits chosen) {
      limits = Require.given("limits", chosen);
      return this;
    }

    /**
     * Sets the energy per operation.
     *
     * @param chosen the figures
     * @return this
     */
    public Builder energy(OperationEnergy chosen) {
      energy = Require.given("energy", chosen);
      return this;
    }

    /**
     * Adds a sink for reports. Without one, reports go to the log.
     *
     * @param sink the sink
     * @return this
     */
    public Builder reportTo(HealthSink sink) {
      sinks.add(Require.given("sink", sink));
      return this;
    }

    /** {@return the listener} */
    public SpikeHealthListener build() {
      return new SpikeHealthListener(this);
    }
  }
}
