package org.dl4jsnn.internal.compact;

import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.spike.FeatureShape;

/**
 * How features become the first spikes.
 *
 * @param kind the code
 * @param shape the shape of a sample, of frames that of a step
 * @param steps T; 0 of frames, which have their own
 * @param gain g; 1 of frames
 * @param seed the encoding layer's; 0 where there is no noise
 */
public record CompactEncoding(Kind kind, FeatureShape shape, int steps, double gain, long seed) {

  /** The codes; files hold their ordinals. */
  public enum Kind {
    /** Constant currents. */
    DIRECT,
    /** Spikes drawn at random. */
    POISSON,
    /** Features with a time axis. */
    FRAMES
  }

  /**
   * Checks the settings.
   *
   * @param kind the code
   * @param shape the shape of a sample
   * @param steps T
   * @param gain g
   * @param seed the encoding layer's
   * @throws IllegalArgumentException if a number breaks its rule
   */
  public CompactEncoding {
    if (kind != Kind.FRAMES) {
      SpikeTrainMemory.requireSteps(steps);
    } else if (steps != 0) {
      throw new IllegalArgumentException("steps of frames must be 0, got " + steps);
    }
    Require.positiveFinite("gain", gain);
  }
}
