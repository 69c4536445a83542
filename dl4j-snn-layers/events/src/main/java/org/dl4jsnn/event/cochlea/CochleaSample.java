package org.dl4jsnn.event.cochlea;

import org.dl4jsnn.internal.Require;

/**
 * A word of a file, without its spikes.
 *
 * @param index its position in the file, from 0
 * @param label the number of its class, from 0
 * @param speaker the number of its speaker, from 0
 */
public record CochleaSample(int index, int label, int speaker) {

  /**
   * Checks the numbers.
   *
   * @param index its position in the file
   * @param label the number of its class
   * @param speaker the number of its speaker
   * @throws IllegalArgumentException if one is negative
   */
  public CochleaSample {
    Require.atLeast("index", index, 0);
    Require.atLeast("label", label, 0);
    Require.atLeast("speaker", speaker, 0);
  }
}
