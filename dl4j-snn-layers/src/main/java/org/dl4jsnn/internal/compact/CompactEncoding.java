package org.dl4jsnn.internal.compact;

import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.encode.DeltaTrains;
import org.dl4jsnn.internal.encode.LatencyCode;
import org.dl4jsnn.internal.encode.TunedResponses;
import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.spike.FeatureShape;

/**
 * How features become the first spikes.
 *
 * @param kind the code
 * @param features the shape of a sample's features, of codes with a time axis that of a step
 * @param steps T; 0 of codes with a time axis, which have their own
 * @param gain g; 1 of frames and of delta coding
 * @param seed the encoding layer's; 0 where there is no noise
 * @param latency when features fire; null of other codes
 * @param deltaThreshold θ of delta coding; 0 of other codes
 * @param population the neurons that respond to a feature first; null where the code takes features
 *     as they are
 */
public record CompactEncoding(
    Kind kind,
    FeatureShape features,
    int steps,
    double gain,
    long seed,
    LatencyCode latency,
    double deltaThreshold,
    TunedResponses population) {

  /** The codes; files hold their ordinals. */
  public enum Kind {
    /** Constant currents. */
    DIRECT,
    /** Spikes drawn at random. */
    POISSON,
    /** Features with a time axis. */
    FRAMES,
    /** One spike each, the earlier the stronger. */
    LATENCY,
    /** Changes of features with a time axis. */
    DELTA;

    /**
     * Whether features have a time axis.
     *
     * @return true of frames and of delta coding
     */
    public boolean hasTimeAxis() {
      return this == FRAMES || this == DELTA;
    }
  }

  /**
   * Checks the settings.
   *
   * @param kind the code
   * @param features the shape of a sample's features
   * @param steps T
   * @param gain g
   * @param seed the encoding layer's
   * @param latency when features fire, or null
   * @param deltaThreshold θ of delta coding
   * @param population the neurons that respond to a feature first, or null
   * @throws IllegalArgumentException if a number breaks its rule
   */
  public CompactEncoding {
    if (!kind.hasTimeAxis()) {
      SpikeTrainMemory.requireSteps(steps);
    } else if (steps != 0) {
      throw new IllegalArgumentException(
          "steps of features with a time axis must be 0, got " + steps);
    }
    Require.positiveFinite("gain", gain);
    if (kind == Kind.LATENCY) {
      Require.given("latency", latency);
    }
    if (kind == Kind.DELTA) {
      Require.positiveFinite("threshold of delta coding", deltaThreshold);
    }
  }

  /**
   * An encoding of one of the codes that need no numbers of their own.
   *
   * @param kind the code
   * @param features the shape of a sample's features
   * @param steps T
   * @param gain g
   * @param seed the encoding layer's
   * @return the encoding
   * @throws IllegalArgumentException if a number breaks its rule
   */
  public static CompactEncoding of(
      Kind kind, FeatureShape features, int steps, double gain, long seed) {
    return new CompactEncoding(kind, features, steps, gain, seed, null, 0, null);
  }

  /**
   * The shape that the code takes: of features, or of responses to them.
   *
   * @return the shape of a sample, of codes with a time axis that of a step
   */
  public FeatureShape coded() {
    return population == null
        ? features
        : new FeatureShape(
            Math.multiplyExact(population.neurons(), features.channels()),
            features.height(),
            features.width(),
            features.spatial());
  }

  /**
   * The shape of the first spikes.
   *
   * @return that of a sample
   */
  public FeatureShape shape() {
    return kind == Kind.DELTA ? DeltaTrains.withPolarities(coded()) : coded();
  }
}
