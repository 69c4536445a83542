package org.dl4jsnn.nir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Simulations answer what programs answered to the same input: the same spikes in the same steps.
 */
class ProgramVectorsTest {

  /** A case of cases.csv. */
  record Case(String name, String file, String dialect, String dt, String reset, String late) {

    static Case of(String line) {
      String[] cells = line.split(",", -1);
      return new Case(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]);
    }

    NirDialect settings() {
      NirDialect settings = NirDialect.named(dialect);
      settings = dt.isEmpty() ? settings : settings.withTimeStep(Double.parseDouble(dt));
      if (!reset.isEmpty()) {
        boolean subtracts = reset.equals("subtract");
        settings = settings.withReset(subtracts ? NirReset.BY_SUBTRACTION : NirReset.TO_VALUE);
      }
      return late.isEmpty() ? settings : settings.withLateReset();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Case> cases() throws IOException {
    List<String> lines = Files.readAllLines(NirResources.path("cases.csv"));
    return lines.stream().skip(1).map(Case::of);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldAnswerAsTheProgramDid(Case one) throws IOException {
    Map<String, NumpyArray> vectors = NirResources.vectors();
    float[] expected = vectors.get(one.name() + ".out").values();
    NirSimulation simulation = NirSimulation.of(NirResources.graph(one.file()), one.settings());
    float[] answer = simulation.run(vectors.get(one.name() + ".in").values());
    assertArrayEquals(expected, answer);
  }
}
