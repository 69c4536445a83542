package org.dl4jsnn.model;

import org.dl4jsnn.internal.Require;

/**
 * How large a model's file may be. Begin with {@link #defaults()}: {@code
 * ModelLimits.defaults().bytes(4L << 30)}.
 *
 * @param bytes of the file, and of each of its entries when unpacked
 * @param configuration characters of the configuration, and bytes of its entry
 * @param depth objects and lists inside each other in the configuration
 */
public record ModelLimits(long bytes, int configuration, int depth) {

  /**
   * Checks the limits.
   *
   * @param bytes at least 1
   * @param configuration at least 1
   * @param depth at least 1
   * @throws IllegalArgumentException if one is smaller
   */
  public ModelLimits {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes must be at least 1, got " + bytes);
    }
    Require.atLeast("configuration", configuration, 1);
    Require.atLeast("depth", depth, 1);
  }

  /**
   * 1 GiB, of which the configuration may have 16 MiB, 64 deep: more than ten times what a VGG16 of
   * spiking layers needs for its configuration, and twice what its parameters need.
   *
   * @return the limits
   */
  public static ModelLimits defaults() {
    return new ModelLimits(1L << 30, 16 << 20, 64);
  }

  /**
   * These limits, but with another size of the file and its entries.
   *
   * @param largest in bytes, at least 1
   * @return the limits
   * @throws IllegalArgumentException if it is smaller
   */
  public ModelLimits bytes(long largest) {
    return new ModelLimits(largest, configuration, depth);
  }

  /**
   * These limits, but with another size of the configuration.
   *
   * @param largest in characters, at least 1
   * @return the limits
   * @throws IllegalArgumentException if it is smaller
   */
  public ModelLimits configuration(int largest) {
    return new ModelLimits(bytes, largest, depth);
  }
}
