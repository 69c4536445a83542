package org.dl4jsnn.internal.encode;

/** How the strength of a feature becomes the time of its spike; model files hold the ordinals. */
public enum LatencyTiming {
  /** The time falls linearly with strength: 1 − v. */
  LINEAR,

  /** The time at which a leaky membrane with constant current v reaches the threshold. */
  LOGARITHMIC
}
