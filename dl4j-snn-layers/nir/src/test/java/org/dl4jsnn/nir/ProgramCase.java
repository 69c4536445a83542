package org.dl4jsnn.nir;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/** A graph that a program has run: a line of cases.csv, made by make_vectors.py. */
public record ProgramCase(
    String name, String file, String dialect, String dt, String reset, String late) {

  private static ProgramCase of(String line) {
    String[] cells = line.split(",", -1);
    return new ProgramCase(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]);
  }

  public static Stream<ProgramCase> all() throws IOException {
    List<String> lines = Files.readAllLines(NirResources.path("cases.csv"));
    return lines.stream().skip(1).map(ProgramCase::of);
  }

  /** The dialect, and the program's settings. */
  public NirDialect settings() {
    NirDialect settings = NirDialect.named(dialect);
    settings = dt.isEmpty() ? settings : settings.withTimeStep(Double.parseDouble(dt));
    if (!reset.isEmpty()) {
      boolean subtracts = reset.equals("subtract");
      settings = subtracts ? settings.withResetBySubtraction() : settings.withResetToValue();
    }
    return late.isEmpty() ? settings : settings.withLateReset();
  }

  public NirGraph graph() throws IOException {
    return NirResources.graph(file);
  }

  public int[] inputShape() throws IOException {
    return graph().nodes().values().stream()
        .filter(NirPlumbing.Input.class::isInstance)
        .map(NirPlumbing.Input.class::cast)
        .findFirst()
        .orElseThrow()
        .shape();
  }

  public float[] input() throws IOException {
    return NirResources.vectors().get(name + ".in").values();
  }

  public float[] output() throws IOException {
    return NirResources.vectors().get(name + ".out").values();
  }

  @Override
  public String toString() {
    return name;
  }
}
