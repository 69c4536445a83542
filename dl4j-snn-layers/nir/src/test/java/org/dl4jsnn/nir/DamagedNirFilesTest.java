package org.dl4jsnn.nir;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dl4jsnn.event.Damage;
import org.dl4jsnn.nir.network.NirImport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes a file has, it is read, or refused by the one exception. */
class DamagedNirFilesTest implements Damage {

  private static final int CASES = Integer.getInteger("fuzz.cases", 150);

  private static final List<String> FILES =
      List.of(
          "paper/lif_norse.nir",
          "paper/braille_noDelay_bias_zero.nir",
          "graphs/all_nodes.nir",
          "graphs/recurrent.nir");

  @TempDir private Path folder;
  private int converted;

  static List<String> files() {
    return FILES;
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldRefuseOrReadChangedBytes(String name) throws IOException {
    assertRefusedOrRead(Files.readAllBytes(NirResources.path(name)), name, CASES);
  }

  @Test
  void shouldRefuseAFileWithoutItsSecondHalf() throws IOException {
    assertRefusedWithoutHalf(Files.readAllBytes(NirResources.path("graphs/all_nodes.nir")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cycle",
        "soft",
        "external",
        "huge",
        "huge-gzip",
        "deep",
        "bomb",
        "compound",
        "spread",
        "spread-overflow",
        "letters",
        "unwritten",
        "column",
        "references",
        "references-gzip"
      })
  void shouldRefuseAHostileFile(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(NirResources.path("hostile/" + name + ".h5"));
    assertTrue(isRefused(bytes, name), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spread", "spread-overflow"})
  void shouldNotSpreadANumberOverAShapeThatIsOnlyClaimed(String name) {
    Path path = NirResources.path("hostile/" + name + ".h5");
    assertRefused(
        NirFileException.class,
        () -> NirFiles.read(path),
        "node a: r, one number for all neurons, must stand for",
        "of them in addition to what was read, got shape [");
  }

  @Override
  public boolean isRefused(byte[] bytes, String what) throws IOException {
    Path path = folder.resolve("damaged.nir");
    Files.write(path, bytes);
    try {
      NirGraph graph = NirFiles.read(path);
      for (String dialect : NirDialect.names()) {
        run(graph, NirDialect.named(dialect));
      }
      convert(graph);
      return false;
    } catch (NirFileException e) {
      return true;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what + ": " + e, e);
    }
  }

  /** What is read runs, or is refused by name. */
  private static void run(NirGraph graph, NirDialect dialect) {
    try {
      NirSimulation simulation = NirSimulation.of(graph, dialect);
      simulation.step(new float[StepNode.count(simulation.inputShape())]);
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().contains("must"), e.toString());
    }
  }

  /** What is read becomes a network, or is refused by name; every fifth is built. */
  private void convert(NirGraph graph) {
    try {
      NirImport norse = NirImport.by(NirDialect.norse());
      norse.isChain(graph);
      if (++converted % 5 == 0) {
        norse.computationGraph(graph);
      }
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().contains("must"), e.toString());
    }
  }
}
