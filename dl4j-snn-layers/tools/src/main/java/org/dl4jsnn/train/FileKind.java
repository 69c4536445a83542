package org.dl4jsnn.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The kinds of file that may be moved or overwritten. */
enum FileKind {
  MODEL("a model") {
    @Override
    boolean is(Path file) throws IOException {
      return ModelWriter.isModel(file);
    }
  },
  LOG("a training's log") {
    @Override
    boolean is(Path file) throws IOException {
      return begin(file).startsWith("epoch,iteration,");
    }

    /** The header alone is written before the first epoch. */
    @Override
    boolean isWorthKeeping(Path file) throws IOException {
      try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
        return lines.limit(2).count() > 1;
      }
    }
  },
  PAGE("a page about the health of layers") {
    @Override
    boolean is(Path file) throws IOException {
      return begin(file).contains("<title>Health of spiking layers</title>");
    }
  };

  /** The number of bytes read at the beginning of a file. */
  private static final int LOOKED_AT = 1 << 10;

  private final String name;

  FileKind(String name) {
    this.name = name;
  }

  abstract boolean is(Path file) throws IOException;

  /** Whether a file has more in it than a training writes before its first epoch. */
  boolean isWorthKeeping(Path file) throws IOException {
    return true;
  }

  private static String begin(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
