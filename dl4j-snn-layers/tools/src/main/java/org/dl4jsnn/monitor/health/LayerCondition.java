package org.dl4jsnn.monitor.health;

import java.util.Locale;

/** A problem of a spiking layer, with its likely cause and its cure. */
public enum LayerCondition {
  /** Its mean firing rate is below a limit. */
  SILENT(
      "silent",
      "mean firing rate",
      "too little current per step for its threshold, or a silent layer below",
      "Balance the network before training (FiringRateBalance), normalise the layer's currents"
          + " (CurrentNormalization), lower its threshold, or raise the encoding's gain"),

  /** Its mean firing rate is above a limit. */
  SATURATED(
      "saturated",
      "mean firing rate",
      "a loss that is never satisfied, such as cross entropy, with currents that are not"
          + " normalised, or too much current per step for its threshold from the start",
      "Set .normalization(new CurrentNormalization()) and .reset(Reset.bySubtraction()) on the"
          + " layers' builders; or balance the network before training (FiringRateBalance), raise"
          + " the threshold, or lower the encoding's gain or the learning rate"),

  /** More neurons than a limit never fired, though the layer as a whole fires. */
  MOSTLY_SILENT(
      "mostly silent",
      "share of neurons that never fired",
      "weights that a high learning rate drove below the reach of the inputs, or inputs that are"
          + " always dark",
      "Lower the learning rate, normalise the layer's currents (CurrentNormalization), lower its"
          + " threshold, or make the layer smaller"),

  /** More neurons than a limit fire at nearly every step. */
  MOSTLY_SATURATED(
      "mostly saturated",
      "share of saturated neurons",
      "too much current per step for its threshold, or biases that grew too large",
      "Raise its threshold, normalise the layer's currents (CurrentNormalization), or lower the"
          + " encoding's gain or the learning rate"),

  /** No gradient arrives at its weights. */
  WITHOUT_GRADIENT(
      "without gradient",
      "weight gradient's norm",
      "a silent layer, here or above, or a surrogate too narrow for its membranes",
      "Balance the network before training (FiringRateBalance), normalise currents"
          + " (CurrentNormalization), or widen the surrogate"),

  /** Its gradient has grown far beyond its earlier size. */
  EXPLODING(
      "getting an exploding gradient",
      "weight gradient's norm",
      "a learning rate too high for its weights, or gradients that grow from step to step or from"
          + " layer to layer",
      "Lower the learning rate, let it rise slowly at first (warm-up), normalise currents"
          + " (CurrentNormalization), or clip gradients where the gradient rule allows it"),

  /** Its gradient is infinite or not a number. */
  BROKEN_GRADIENT(
      "getting a broken gradient",
      "weight gradient's norm",
      "training diverged, or features or labels that are not finite",
      "Lower the learning rate, check features and labels, and go back to the last good model"),

  /** The slope of its linear estimate has left the sensible range. */
  ODD_SLOPE(
      "outside the sensible range of slopes",
      "slope",
      "spikes that hardly depend on the current: a layer that leaks or resets most of it away, is"
          + " nearly silent, or has a threshold far from the size of its currents",
      "Balance the network before training (FiringRateBalance), bring the threshold near 1 and"
          + " scale weights instead, or reduce the leak");

  private final String state;
  private final String quantity;
  private final String cause;
  private final String cure;

  LayerCondition(String state, String quantity, String cause, String cure) {
    this.state = state;
    this.quantity = quantity;
    this.cause = cause;
    this.cure = cure;
  }

  /** {@return the condition as a phrase after "the layer is"} */
  public String state() {
    return state;
  }

  /** {@return the measured quantity, as a phrase after "its"} */
  public String quantity() {
    return quantity;
  }

  /** {@return the likely cause, as part of a sentence} */
  public String cause() {
    return cause;
  }

  /** {@return the cure, a sentence without a full stop} */
  public String cure() {
    return cure;
  }

  /** {@return the condition's name in files: lower case, words joined by hyphens} */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * {@return the condition for a name in a file}
   *
   * @param label as returned by {@link #label}
   * @throws IllegalArgumentException if no condition has that name
   */
  public static LayerCondition ofLabel(String label) {
    for (LayerCondition condition : values()) {
      if (condition.label().equals(label)) {
        return condition;
      }
    }
    throw new IllegalArgumentException("condition must be a known one, got '" + label + "'");
  }
}
