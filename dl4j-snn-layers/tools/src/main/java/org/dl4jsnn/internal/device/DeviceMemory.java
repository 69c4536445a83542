package org.dl4jsnn.internal.device;

import java.util.List;

/**
 * The memory of a program.
 *
 * @param parts of each layer
 * @param tables bytes of structures, in flash
 * @param code bytes of code on a Cortex-M4, compiled with -Os, in flash
 */
public record DeviceMemory(List<Part> parts, long tables, long code) {

  /**
   * A layer's memory.
   *
   * @param flash bytes of weights and parameters
   * @param ram bytes of the state
   */
  public record Part(String name, long flash, long ram) {}

  /** All bytes in flash. */
  public long flash() {
    return tables + code + parts.stream().mapToLong(Part::flash).sum();
  }

  /** The bytes of the state. */
  public long ram() {
    return parts.stream().mapToLong(Part::ram).sum();
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(Source.format("%-24s %12s %12s\n", "layer", "flash", "RAM"));
    for (Part part : parts) {
      text.append(Source.format("%-24s %,12d %,12d\n", part.name(), part.flash(), part.ram()));
    }
    text.append(Source.format("%-24s %,12d %12s\n", "tables and code", tables + code, ""));
    return text + Source.format("%-24s %,12d %,12d", "bytes", flash(), ram());
  }
}
