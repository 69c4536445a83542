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
 * @param features the shape of a sample's features; for codes with a time axis, of one step
 * @param steps T; 0 for codes with a time axis, which bring their own
 * @param gain g; 1 for frames and delta coding
 * @param seed the encoding layer's seed; 0 without noise
 * @param latency when features fire; null for other codes
 * @param deltaThreshold θ of delta coding; 0 for other codes
 * @param population the neurons that first respond to a feature; null if the code uses features
 *     directly
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
    /** One spike each; stronger features fire earlier. */
    LATENCY,
    /** Changes of features with a time axis. */
    DELTA;

    /** Whether features have a time axis; true for frames and delta coding. */
    public boolean hasTimeAxis() {
      return this == FRAMES || this == DELTA;
    }
  }

  /**
   * Checks the settings.
   *
   * @param latency when features fire, or null
   * @param population the neurons that first respond to a feature, or null
   * @throws IllegalArgumentException if a number is out of range
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
   * An encoding with one of the codes without further parameters. Throws an
   * IllegalArgumentException if a number is out of range.
   */
  public static CompactEncoding of(
      Kind kind, FeatureShape features, int steps, double gain, long seed) {
    return new CompactEncoding(kind, features, steps, gain, seed, null, 0, null);
  }

  /** The same with another T. Throws an IllegalArgumentException if it is out of range. */
  public CompactEncoding withSteps(int other) {
    return new CompactEncoding(
        kind, features, other, gain, seed, latency, deltaThreshold, population);
  }

  /**
   * The shape of the code's input: features, or responses to them; for codes with a time axis, of
   * one step.
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

  /** The shape of the first spikes. */
  public FeatureShape shape() {
    return kind == Kind.DELTA ? DeltaTrains.withPolarities(coded()) : coded();
  }
}
