package org.dl4jsnn.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkVisitor;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scales the weighted spiking layers of a network, one after another from the input (in a graph in
 * topological order), so that each fires at a chosen mean rate on a minibatch (equation 27 of
 * docs/mathematics.md). For networks before training: spikes then reach the last layer, and
 * gradients the first, whatever the depth.
 *
 * <p>Simulates as in training: with its noise, and currents normalised by the statistics of the
 * minibatch. Average pooling keeps its threshold, max pooling has none, and frozen layers stay as
 * they are. A balanced network is an ordinary one: thresholds are part of its configuration,
 * weights of its parameters. No other thread may use the network meanwhile, and no other network
 * the configuration object that it was made of.
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
   * A balance with a tolerance of 5 %.
   *
   * @param rate the mean firing rate that every weighted layer shall have; above 0 and at most 1
   * @throws IllegalArgumentException if it is outside
   */
  public FiringRateBalance(double rate) {
    this(rate, DEFAULT_TOLERANCE);
  }

  private FiringRateBalance(double rate, double tolerance) {
    this.rate = Require.fraction("rate", rate);
    this.tolerance = Require.fraction("tolerance", tolerance);
  }

  /**
   * The same with another tolerance.
   *
   * @param share how far from the chosen rate is near enough, as a share of it; above 0 and at most
   *     1
   * @return the balance
   * @throws IllegalArgumentException if it is outside
   */
  public FiringRateBalance withTolerance(double share) {
    return new FiringRateBalance(rate, share);
  }

  /**
   * Scales thresholds, and nothing else.
   *
   * <p>A read-out with {@link org.dl4jsnn.conf.ReadOutActivation} goes on dividing by the threshold
   * that it was built with. What it divides by is a constant factor of the read-out's weights, so
   * the network learns as before; where the published read-out is to be kept to the letter, use
   * {@link #weights}, or build it with 1. The widths of surrogate gradients stay, too, and are then
   * narrower or wider beside the thresholds.
   *
   * @param network an initialised MultiLayerNetwork or ComputationGraph
   * @param features a minibatch for each of its inputs, as large as those of training or larger
   * @return what was done, in the order in which the network runs
   * @throws IllegalArgumentException if the network is another, or there are not as many features
   *     as inputs; if there is no layer to balance, or one behind a vertex that loses spikes; or if
   *     a layer cannot fire at the chosen rate. The network is then as it was
   */
  public List<LayerBalance> thresholds(NeuralNetwork network, INDArray... features) {
    return balance(
        network, features, layer -> new ThresholdDial((BaseSpikingLayer) layer.conf().getLayer()));
  }

  /**
   * Scales weights and biases; of a layer with normalisation, which would undo that, the gain γ and
   * the shift β. Where membranes start at zero and spikes reset to zero or subtract the threshold,
   * the network fires the spikes that it would with {@link #thresholds}, up to rounding.
   *
   * @param network an initialised MultiLayerNetwork or ComputationGraph
   * @param features a minibatch for each of its inputs, as large as those of training or larger
   * @return what was done, in the order in which the network runs
   * @throws IllegalArgumentException if the network is another, or there are not as many features
   *     as inputs; if there is no layer to balance, or one behind a vertex that loses spikes; or if
   *     a layer cannot fire at the chosen rate. The network is then as it was
   */
  public List<LayerBalance> weights(NeuralNetwork network, INDArray... features) {
    return balance(network, features, layer -> new WeightDial(layer.paramTable()));
  }

  private List<LayerBalance> balance(
      NeuralNetwork network, INDArray[] features, Function<SpikingLayer, Dial> newDial) {
    NetworkWalk walk = NetworkWalk.of(network);
    Dials dials = new Dials(walk.parts(), newDial);
    List<LayerBalance> balances = new ArrayList<>();
    boolean done = false;
    try {
      walk.run(dials.last(), features, true, new Turns(walk.iteration(), dials, balances));
      done = true;
    } finally {
      if (!done) {
        dials.turnBack();
      }
    }
    // At the end, since a failure undoes them all.
    balances.forEach(balance -> LOG.info("Balanced: {}", balance));
    return balances;
  }

  /** Stops at every layer that has a dial, so that the layers above see what it was turned to. */
  private final class Turns implements NetworkVisitor {

    private final int iteration;
    private final Dials dials;
    private final List<LayerBalance> balances;

    Turns(int iteration, Dials dials, List<LayerBalance> balances) {
      this.iteration = iteration;
      this.dials = dials;
      this.balances = balances;
    }

    @Override
    public void arrive(NetworkPart part, INDArray input) {
      if (part.layer() != null) {
        // It chooses the noise.
        part.layer().setIterationCount(iteration);
      }
      dials.of(part).ifPresent(dial -> balances.add(turn(part, input, dial)));
    }

    private LayerBalance turn(NetworkPart part, INDArray input, Dial dial) {
      LayerTrial trial = new LayerTrial(part.name(), (SpikingLayer) part.layer(), input);
      LayerBalance balance = balance(trial, dial);
      trial.restore();
      return balance;
    }

    @Override
    public void leave(Passage passage) {
      // Nothing is left to see.
    }
  }

  private LayerBalance balance(LayerTrial trial, Dial dial) {
    double before = trial.rate();
    DriveSearch search =
        new DriveSearch(
            drive -> {
              dial.turn(drive);
              return trial.rate();
            },
            rate,
            tolerance,
            dial.most());
    DriveSearch.Trial found = search.from(before);
    if (!search.isNear(found)) {
      throw new IllegalArgumentException(
          "layer '"
              + trial.name()
              + "' must be able to fire at the chosen mean rate "
              + rate
              + " (tolerance "
              + 100 * tolerance
              + " %), got "
              + found.rate()
              + " as the nearest. Possible cause: "
              + cause(trial, search, found.rate()));
    }
    dial.turn(found.drive());
    return new LayerBalance(trial.name(), before, found.rate(), dial.factor(found.drive()));
  }

  private String cause(LayerTrial trial, DriveSearch search, double nearest) {
    if (search.isBetween()) {
      return "rates change in jumps; take more samples or a greater tolerance";
    }
    if (nearest > rate) {
      return "its neurons fire without input, by their initial membrane";
    }
    return trial.isInputSilent()
        ? "no spikes arrive; look at the features, or raise the encoding's gain"
        : "too few spikes arrive, or most of its currents are negative; choose a lower rate";
  }
}
