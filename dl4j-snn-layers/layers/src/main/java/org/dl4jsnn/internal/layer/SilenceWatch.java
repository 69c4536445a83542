package org.dl4jsnn.internal.layer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once per layer, if no neuron fires in {@value #MINIBATCHES} minibatches in a row. Layers
 * above a silent one cannot fire either, so only the lowest silent layer warns. A layer that fires
 * costs nothing: the search for a spike ends at the first.
 */
final class SilenceWatch {

  private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);
  private static final int MINIBATCHES = 10;

  private final LayerSettings layer;
  private int silent;
  private boolean hasFired;
  private boolean hasWarned;

  SilenceWatch(LayerSettings layer) {
    this.layer = layer;
  }

  /** Checks a pass that is learned from, which a trial of rates is not. */
  void look(ForwardPass pass) {
    if (hasWarned) {
      return;
    }
    if (!pass.flow().out().isSilent()) {
      hasFired = true;
      silent = 0;
      return;
    }
    boolean isReached = !pass.flow().in().isSilent();
    // A silent layer below warns itself, unless it does not learn.
    boolean isLowest = isReached || !pass.inboxBelow().learning().isOfLayer();
    // Pieces of a window count as one: neurons may need time before they fire.
    if (isLowest && pass.startsAtRest()) {
      silent++;
    }
    if (silent == MINIBATCHES) {
      hasWarned = true;
      LOG.warn(
          "{}: at least one of its {} neurons must fire to be trained, but none did in {} minibatches"
              + " in a row{}. Possible cause: {}",
          layer.name(),
          pass.flow().shape().neurons(),
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
