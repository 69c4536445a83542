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
    StringBuilder text = new StringBuilder("%-24s %12s %12s\n".formatted("layer", "flash", "RAM"));
    for (Part part : parts) {
      text.append("%-24s %,12d %,12d\n".formatted(part.name(), part.flash(), part.ram()));
    }
    text.append("%-24s %,12d %12s\n".formatted("tables and code", tables + code, ""));
    return text + "%-24s %,12d %,12d".formatted("bytes", flash(), ram());
  }
}
