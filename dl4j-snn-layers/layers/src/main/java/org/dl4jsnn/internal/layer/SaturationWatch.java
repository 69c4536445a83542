package org.dl4jsnn.internal.layer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once per layer, of rates that rise under a rule whose gradient does not end when a neuron
 * fires at every step: as under AsfBackprop with cross entropy and currents that are not
 * normalised, however the rule was set. Checks every 50th minibatch.
 */
final class SaturationWatch {

  private static final Logger LOG = LoggerFactory.getLogger(SaturationWatch.class);
  private static final int INTERVAL = 50;
  private static final double HIGH = 0.5;

  private final LayerSettings layer;
  private int passes;
  private boolean hasWarned;

  SaturationWatch(LayerSettings layer) {
    this.layer = layer;
  }

  /** Checks a pass that is learned from, which a trial of rates is not. */
  void look(AccumulatedSpikes spikes) {
    passes++;
    if (hasWarned
        || passes % INTERVAL != 0
        || layer.backprop().endsAtSaturation()
        || layer.keepsCurrentsInRange()) {
      return;
    }
    double rate = spikes.mean();
    if (rate > HIGH) {
      hasWarned = true;
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
}
