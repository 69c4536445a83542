package org.dl4jsnn.nir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Simulations answer what programs answered to the same input: the same spikes in the same steps.
 */
class ProgramVectorsTest {

  private static Stream<ProgramCase> cases() throws IOException {
    return ProgramCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldAnswerAsTheProgramDid(ProgramCase one) throws IOException {
    NirSimulation simulation = NirSimulation.of(one.graph(), one.settings());
    assertArrayEquals(one.output(), simulation.run(one.input()));
  }
}
