package org.dl4jsnn.internal.layer;

import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns, of each thing once per layer, of training that looks wrong. */
final class TrainingWatch {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingWatch.class);

  private static final int INTERVAL = 50;
  private static final double HIGH = 0.5;
  private static final int MINIBATCHES = 10;

  private final LayerSettings layer;

  private boolean hasWarnedOfRule;
  private boolean hasDoubted;

  private long thread;
  private int epoch = -1;
  private boolean hasWarnedOfEpochs;

  private int passes;
  private boolean hasWarnedOfRates;

  private int silent;
  private boolean hasFired;
  private boolean hasWarnedOfSilence;

  TrainingWatch(LayerSettings layer) {
    this.layer = layer;
  }

  /** How the layer learns. */
  GradientInbox.Learning ofLayer() {
    return new GradientInbox.Learning(
        layer.backprop().getClass().getSimpleName(), layer.hasDefaultBackprop());
  }

  /**
   * Warns if a rule that sees only rates learns from a code of times, or if two consecutive layers
   * learn by different kinds of rule and one of them has the default rule because none was set:
   * such as a layer that transfer learning adds to a network under AsfBackprop.
   */
  void ruleBelow(GradientInbox.Learning below) {
    GradientInbox.Learning own = ofLayer();
    if (below.equals(GradientInbox.Learning.TIME_CODE)) {
      lookAtTimeCode();
      return;
    }
    boolean isMixed =
        !below.equals(GradientInbox.Learning.NONE) && !below.name().equals(own.name());
    if (isMixed && (own.isDefault() || below.isDefault()) && !hasWarnedOfRule) {
      hasWarnedOfRule = true;
      LOG.warn(
          "{} learns by {}, above a layer that learns by {}. If intended, set both with"
              + " .backprop(rule) on the layers' builders. Possible cause: a layer whose rule was"
              + " not set, because it was added to a trained network or left out when the others"
              + " were set. Set the rule on its builder, or use"
              + " BackpropRules.apply(configuration, rule) or, for a trained network,"
              + " BackpropRules.swap(network, rule)",
          layer.name(),
          named(own),
          named(below));
    }
  }

  /** Has the rule look at the layer's first pass of training. */
  void firstPass(SimulatedWindow window) {
    if (!hasDoubted) {
      hasDoubted = true;
      layer.backprop().doubt(window).ifPresent(doubt -> LOG.warn("{}: {}", layer.name(), doubt));
    }
  }

  private void lookAtTimeCode() {
    if (!layer.backprop().isTimeResolved() && !hasWarnedOfRule) {
      hasWarnedOfRule = true;
      LOG.warn(
          "{}: {} learns from firing rates, but latency coding has the features in the times of the"
              + " spikes, and the same rate for all of them. Use SpatioTemporalBackprop, or encode"
              + " with SpikeEncoding.direct(T) or poisson(T)",
          layer.name(),
          layer.backprop());
    }
  }

  private static String named(GradientInbox.Learning learning) {
    return learning.name() + (learning.isDefault() ? ", the default" : "");
  }

  /**
   * Warns if a rule depends on epochs that are not counted, as with ParallelWrapper. Each of its
   * passes over the data trains in a new thread, so a new thread at an epoch that has been trained
   * before reveals an uncounted pass. (A program that trains single minibatches from changing
   * threads looks the same; the warning is then meaningless.)
   */
  void backward(int ofEpoch, int iteration) {
    long now = Thread.currentThread().getId();
    if (epoch == ofEpoch
        && thread != now
        && !hasWarnedOfEpochs
        && layer.backprop().countsEpochs()) {
      hasWarnedOfEpochs = true;
      LOG.warn(
          "{}: training went on in another thread at iteration {}, and the epoch is still {}."
              + " {} depends on the epoch, which must count every pass over the data."
              + " Possible cause: ParallelWrapper does not count epochs. Call"
              + " network.incrementEpochCount() after each of its passes, or choose a schedule by"
              + " iterations",
          layer.name(),
          iteration,
          ofEpoch,
          layer.backprop());
    }
    thread = now;
    epoch = ofEpoch;
  }

  /**
   * Warns of rates that rise under a rule whose gradient does not end when a neuron fires at every
   * step: as under AsfBackprop with cross entropy and currents that are not normalised, however the
   * rule was set. Checks every 50th pass that is learned from, which a trial of rates is not.
   */
  void saturation(AccumulatedSpikes spikes) {
    passes++;
    if (hasWarnedOfRates
        || passes % INTERVAL != 0
        || layer.backprop().endsAtSaturation()
        || layer.keepsCurrentsInRange()) {
      return;
    }
    double rate = spikes.mean();
    if (rate > HIGH) {
      hasWarnedOfRates = true;
      LOG.warn(
          "{}: mean firing rate should be at most {}, got {} after {} minibatches of training."
              + " Possible cause: cross entropy, whose gradient never vanishes, drives rates up to one"
              + " spike per step under {}. Set .normalization(new CurrentNormalization()) and"
              + " .reset(Reset.bySubtraction()) on the builders of weighted spiking layers",
          layer.name(),
          HIGH,
          rate,
          passes,
          layer.backprop());
    }
  }

  /**
   * Warns if no neuron fires in {@value #MINIBATCHES} minibatches in a row. Layers above a silent
   * one cannot fire either, so only the lowest silent layer warns. A layer that fires costs
   * nothing: the search for a spike ends at the first.
   */
  void silence(ForwardPass pass) {
    if (hasWarnedOfSilence) {
      return;
    }
    if (!pass.out().isSilent()) {
      hasFired = true;
      silent = 0;
      return;
    }
    boolean isReached = !pass.in().isSilent();
    // A silent layer below warns itself, unless it does not learn.
    boolean isLowest = isReached || !pass.inboxBelow().learning().isOfLayer();
    // Pieces of a window count as one: neurons may need time before they fire.
    if (isLowest && pass.startsAtRest()) {
      silent++;
    }
    if (silent == MINIBATCHES) {
      hasWarnedOfSilence = true;
      LOG.warn(
          "{}: at least one of its {} neurons must fire to be trained, but none did in {} minibatches"
              + " in a row{}. Possible cause: {}",
          layer.name(),
          pass.out().shape().neurons(),
          MINIBATCHES,
          isReached ? "" : ", and no spike reached them",
          cause(isReached));
    }
  }

  private String cause(boolean isReached) {
    if (!isReached) {
      return "features that are all zero, too low a gain of the encoding, or frozen layers below"
          + " that are silent. Check the features, and raise the encoding's gain";
    }
    if (hasFired) {
      return "a learning rate so high that an update pushed all weights below the reach of the"
          + " inputs. Lower it, let it rise slowly at first (warm-up), or set"
          + " .normalization(new CurrentNormalization()) on the layers' builders";
    }
    return "too little current per step for the threshold. Balance the network before training"
        + " (FiringRateBalance), set .normalization(new CurrentNormalization()) on the layer's"
        + " builder, lower its threshold, or raise the encoding's gain";
  }
}
