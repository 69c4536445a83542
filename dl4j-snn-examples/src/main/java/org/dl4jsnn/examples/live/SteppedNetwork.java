package org.dl4jsnn.examples.live;

import java.util.Map;
import java.util.Optional;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/** A network that takes a window of frames step by step. */
interface SteppedNetwork {

  /** The shape of a step's frame; empty if the network does not know it. */
  Optional<FeatureShape> inputShape();

  /** Begins a window: neurons at rest. */
  void reset();

  /**
   * Takes the next step.
   *
   * @param frame the frames of one step
   * @return the outputs over all steps since the window began
   * @throws IllegalArgumentException if the network does not take such frames
   */
  double[] step(EventFrames frame);

  /** What each layer passed on in the last step, in spikes per neuron, in execution order. */
  Map<String, Double> rates();

  /** Spikes per neuron and step. */
  static double rate(SpikeTrain train) {
    double spikes = 0;
    float[] totals = train.totals();
    for (float total : totals) {
      spikes += total;
    }
    return spikes / totals.length / train.steps();
  }
}
