package org.dl4jsnn.examples.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The process's peak resident memory, if the operating system reports it (Linux). */
public final class PeakMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM";
  private static final int KILOBYTES_OF_A_MEGABYTE = 1024;

  private PeakMemory() {}

  /** In megabytes; null if unknown. */
  public static Long megabytes() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return null;
    }
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / KILOBYTES_OF_A_MEGABYTE)
          .findFirst()
          .orElse(null);
    }
  }
}
