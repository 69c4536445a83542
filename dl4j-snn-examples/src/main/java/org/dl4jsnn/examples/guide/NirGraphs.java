package org.dl4jsnn.examples.guide;

import java.io.IOException;
import java.nio.file.Path;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirSimulation;

/** A graph of another program, run as that program runs it, as shown in docs/nir.md. */
final class NirGraphs {

  private NirGraphs() {}

  static float[] run(Path file, float[] input) throws IOException {
    // begin run
    NirGraph graph = NirFiles.read(file);
    NirDialect dialect = NirDialect.norse().withTimeStep(1e-4).withResetBySubtraction();
    NirSimulation simulation = NirSimulation.of(graph, dialect);
    float[] spikes = simulation.run(input); // a whole window, or piece by piece
    // end run
    return spikes;
  }
}
