package org.dl4jsnn.convert;

/** The non-negative activations that a layer of neurons represents. */
final class GroupValues {

  private final NeuronGroup group;
  private final float[] activations;
  private final double cap;

  /**
   * Activations of a minibatch.
   *
   * @param group the neurons
   * @param activations the trained network's activations, [minibatch, channels, positions]
   */
  GroupValues(NeuronGroup group, float[] activations) {
    this.group = group;
    this.activations = activations;
    this.cap = Stage.Rectifier.capOf(group.stage());
  }

  /** Receives an activation of a channel of the stage. */
  interface Taker {
    void take(int channel, int index, double activation);
  }

  /** Passes on the activations of all channels of the neurons, in array order. */
  void each(Taker taker) {
    int positions = group.shape().positions();
    int channels = group.channels();
    for (int i = 0; i < activations.length; i++) {
      int channel = i / positions % channels;
      double value = activations[i];
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "activations must be finite, got "
                + value
                + " in '"
                + group.stage().name()
                + "'. Possible cause: training diverged, or features are not finite");
      }
      if (group.isSigned()) {
        int sample = i / positions / channels;
        int own = i + sample * channels * positions;
        taker.take(channel, own, Math.max(0, value));
        taker.take(channel, own + channels * positions, Math.max(0, -value));
      } else {
        taker.take(channel, i, Math.min(cap, Math.max(0, value)));
      }
    }
  }
}
