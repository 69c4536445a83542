package org.dl4jsnn.model;

import org.dl4jsnn.internal.Require;

/**
 * Size limits for a model's file. Start with {@link #defaults()}: {@code
 * ModelLimits.defaults().bytes(4L << 30)}.
 *
 * @param bytes largest size of the file, and of each of its unpacked entries
 * @param configuration most characters of the configuration, and bytes of its entry
 * @param depth deepest nesting of objects and lists in the configuration
 */
public record ModelLimits(long bytes, int configuration, int depth) {

  /**
   * Checks the limits.
   *
   * @param bytes at least 1
   * @param configuration at least 1
   * @param depth at least 1
   * @throws IllegalArgumentException if a limit is less than 1
   */
  public ModelLimits {
    Require.not(bytes < 1, "bytes must be at least 1, got %s", bytes);
    Require.atLeast("configuration", configuration, 1);
    Require.atLeast("depth", depth, 1);
  }

  /**
   * {@return 1 GiB, with at most 16 MiB for the configuration, nested 64 deep: more than ten times
   * the configuration of a spiking VGG16, and twice its parameters}
   */
  public static ModelLimits defaults() {
    return new ModelLimits(1L << 30, 16 << 20, 64);
  }

  /**
   * {@return these limits with another size of the file and its entries}
   *
   * @param largest in bytes, at least 1
   * @throws IllegalArgumentException if it is less than 1
   */
  public ModelLimits bytes(long largest) {
    return new ModelLimits(largest, configuration, depth);
  }

  /**
   * {@return these limits with another size of the configuration}
   *
   * @param largest in characters, at least 1
   * @throws IllegalArgumentException if it is less than 1
   */
  public ModelLimits configuration(int largest) {
    return new ModelLimits(bytes, largest, depth);
  }
}
