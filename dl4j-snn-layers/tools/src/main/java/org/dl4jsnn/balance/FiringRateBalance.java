package org.dl4jsnn.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkVisitor;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scales the weighted spiking layers of a network, one after another from the input (in a graph in
 * topological order), so that each fires at a chosen mean rate on a minibatch (equation 27 of
 * docs/mathematics.md). For use before training: spikes then reach the last layer, and gradients
 * the first, at any depth.
 *
 * <pre>{@code
 * new FiringRateBalance(0.1).weights(network, features); // every layer fires at 10 %
 * network.fit(training, 5);
 * }</pre>
 *
 * <p>Simulates as in training: with training noise, and with currents normalised by the statistics
 * of the minibatch. Average pooling keeps its threshold, max pooling has none, and frozen layers do
 * not change. A balanced network is an ordinary network: thresholds are part of its configuration,
 * weights of its parameters. Meanwhile no other thread may use the network, and no other network
 * may use the configuration object that it was built from.
 *
 * <p>Sources of the idea: Diehl et al., "Fast-Classifying, High-Accuracy Spiking Deep Networks
 * Through Weight and Threshold Balancing", IJCNN 2015; Mishkin and Matas, "All you need is a good
 * init", ICLR 2016, arXiv 1511.06422. Immutable.
 */
public final class FiringRateBalance {

  private static final Logger LOG = LoggerFactory.getLogger(FiringRateBalance.class);
  private static final double DEFAULT_TOLERANCE = 0.05;

  private final double rate;
  private final double tolerance;

  /**
   * Creates a balance with a tolerance of 5 %.
   *
   * @param rate the mean firing rate for every weighted layer; above 0 and at most 1
   * @throws IllegalArgumentException if it is outside this range
   */
  public FiringRateBalance(double rate) {
    this(rate, DEFAULT_TOLERANCE);
  }

  private FiringRateBalance(double rate, double tolerance) {
    this.rate = Require.fraction("rate", rate);
    this.tolerance = Require.fraction("tolerance", tolerance);
  }

  /**
   * {@return the same balance with another tolerance}
   *
   * @param share the accepted relative deviation from the chosen rate; above 0 and at most 1
   * @throws IllegalArgumentException if it is outside this range
   */
  public FiringRateBalance withTolerance(double share) {
    return new FiringRateBalance(rate, share);
  }

  /**
   * Scales only thresholds.
   *
   * <p>A read-out with {@link org.dl4jsnn.conf.ReadOutActivation} still divides by the threshold
   * that it was built with. The divisor is a constant factor of the read-out's weights, so the
   * network learns as before. To keep exactly the published read-out, use {@link #weights}, or
   * build it with 1. Widths of surrogate gradients that are not in units of the threshold do not
   * change either, so they become narrower or wider relative to it.
   *
   * @param network an initialised MultiLayerNetwork or ComputationGraph
   * @param features one minibatch per network input, at least as large as in training
   * @return the change to each layer, in the order in which the network runs
   * @throws IllegalArgumentException if the network is of another type, or the number of feature
   *     arrays differs from the number of inputs; if no layer can be balanced, or one follows a
   *     vertex that loses spikes; or if a layer cannot fire at the chosen rate. The network is then
   *     restored
   */
  public List<LayerRow> thresholds(NeuralNetwork network, INDArray... features) {
    return balance(
        network,
        features,
        layer -> RateControl.ofThreshold((BaseSpikingLayer) layer.conf().getLayer()));
  }

  /**
   * Scales weights and biases, and recurrent weights. In a layer with normalisation, which would
   * undo that, it scales the gain γ and the shift β, and recurrent weights. If membranes start at
   * zero and spikes reset to zero or subtract the threshold, the network fires the same spikes as
   * with {@link #thresholds}, up to rounding.
   *
   * @param network an initialised MultiLayerNetwork or ComputationGraph
   * @param features one minibatch per network input, at least as large as in training
   * @return the change to each layer, in the order in which the network runs
   * @throws IllegalArgumentException if the network is of another type, or the number of feature
   *     arrays differs from the number of inputs; if no layer can be balanced, or one follows a
   *     vertex that loses spikes; or if a layer cannot fire at the chosen rate. The network is then
   *     restored
   */
  public List<LayerRow> weights(NeuralNetwork network, INDArray... features) {
    return balance(network, features, layer -> RateControl.ofWeights(layer.paramTable()));
  }

  private List<LayerRow> balance(
      NeuralNetwork network, INDArray[] features, Function<SpikingLayer, RateControl> newControl) {
    NetworkWalk walk = NetworkWalk.of(network);
    SortedMap<Integer, RateControl> controls = controls(walk.parts(), newControl);
    List<LayerRow> balances = new ArrayList<>();
    boolean done = false;
    try {
      walk.run(controls.lastKey(), features, true, turns(walk.iteration(), controls, balances));
      done = true;
    } finally {
      if (!done) {
        controls.values().forEach(control -> control.drive().accept(1));
      }
    }
    // Logged at the end, since a failure undoes them all.
    balances.forEach(balance -> LOG.info("Balanced: {}", balance));
    return balances;
  }

  /** The controls of the weighted spiking layers by their places; frozen layers have none. */
  private static SortedMap<Integer, RateControl> controls(
      List<NetworkPart> parts, Function<SpikingLayer, RateControl> newControl) {
    SortedMap<Integer, RateControl> controls = new TreeMap<>();
    for (NetworkPart part : parts) {
      // Average pooling has neurons but no weights.
      if (!part.isFrozen()
          && part.hasNeurons()
          && part.layer() instanceof SpikingLayer layer
          && layer.paramTable().containsKey(Synapse.WEIGHT)) {
        part.inputs().forEach(below -> requireSpikes(part, parts, below));
        controls.put(part.place(), newControl.apply(layer));
      }
    }
    Require.not(
        controls.isEmpty(),
        "network must hold at least one weighted spiking layer to balance, got none. Possible"
            + " cause: all are frozen, or the layers are stock ones");
    return controls;
  }

  /** A layer that gets no spikes reports it, but does not know which vertex lost them. */
  private static void requireSpikes(NetworkPart part, List<NetworkPart> parts, int below) {
    if (below >= 0 && parts.get(below).layer() == null && !parts.get(below).combinesSpikes()) {
      throw new IllegalArgumentException(
          ("layer %s must get spikes to be balanced, got those of vertex %s, which passes"
                  + " rates on. Use SpikingAdd or SpikingConcatenate")
              .formatted(part, parts.get(below)));
    }
  }

  /** Turns each layer's control before the layers above run, so that they see the result. */
  private NetworkVisitor turns(
      int iteration, Map<Integer, RateControl> controls, List<LayerRow> balances) {
    return new NetworkVisitor() {
      @Override
      public void arrive(NetworkPart part, INDArray input) {
        if (part.layer() != null) {
          // The iteration determines the noise.
          part.layer().setIterationCount(iteration);
        }
        RateControl control = controls.get(part.place());
        if (control != null) {
          LayerTrial trial = new LayerTrial(part.name(), (SpikingLayer) part.layer(), input);
          balances.add(balance(trial, control));
          trial.restore();
        }
      }

      @Override
      public void leave(Passage passage) {
        // Nothing is left to observe.
      }
    };
  }

  private LayerRow balance(LayerTrial trial, RateControl control) {
    double before = trial.rate();
    DriveSearch search =
        new DriveSearch(
            drive -> {
              control.drive().accept(drive);
              return trial.rate();
            },
            rate,
            tolerance,
            control.most());
    DriveSearch.Trial found = search.from(before);
    if (!search.isNear(found)) {
      throw new IllegalArgumentException(
          ("layer '%s' must be able to fire at the chosen mean rate %s (tolerance %s %%), got"
                  + " %s as the nearest. Possible cause: %s")
              .formatted(
                  trial.name(),
                  rate,
                  100 * tolerance,
                  found.rate(),
                  cause(trial, search, found.rate(), Double.isFinite(control.most()))));
    }
    control.drive().accept(found.drive());
    return new LayerRow(
        trial.name(), before, found.rate(), control.factor().applyAsDouble(found.drive()));
  }

  private String cause(LayerTrial trial, DriveSearch search, double nearest, boolean isBounded) {
    if (search.isBetween()) {
      return "rates change in jumps; take more samples or a greater tolerance";
    }
    if (nearest > rate) {
      return "its neurons fire without input, by their initial membrane";
    }
    if (trial.isInputSilent()) {
      return "no spikes arrive; look at the features, or raise the encoding's gain";
    }
    return isBounded
        ? "its threshold must stay above the value that neurons are reset to; balance by weights"
        : "too few spikes arrive, or most of its currents are negative; choose a lower rate";
  }

  /**
   * The change that a balance made to a layer.
   *
   * @param layer the layer's name
   * @param before its mean firing rate before its change, on the output of the balanced layers
   *     below
   * @param after its mean firing rate after it
   * @param factor the factor applied to its threshold or weights; 1 if no change was needed
   */
  public record LayerRow(String layer, double before, double after, double factor) {}
}
