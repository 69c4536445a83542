package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NirGraphsTest {

  @Test
  void shouldKeepWhatIsAboveTheThreshold(@TempDir Path folder) throws IOException {
    int[] one = {1};
    NirTensor threshold = NirTensor.full(one, 1);
    NirGraph graph =
        new NirGraph(
            Map.of(
                "in", new NirPlumbing.Input(1),
                "if", new NirNeurons.IF(threshold, threshold, NirTensor.full(one, 0)),
                "out", new NirPlumbing.Output(1)),
            List.of(new NirGraph.Edge("in", "if"), new NirGraph.Edge("if", "out")));
    Path file = folder.resolve("net.nir");
    NirFiles.write(graph, file);
    assertArrayEquals(
        new float[] {1, 1, 0}, NirNetworks.run(file, new float[] {1.75f, 0.5f, 0.5f}));
  }
}
