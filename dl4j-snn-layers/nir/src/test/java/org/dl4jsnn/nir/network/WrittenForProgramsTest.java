package org.dl4jsnn.nir.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.NirResources;
import org.dl4jsnn.nir.NirSimulation;
import org.dl4jsnn.nir.NumpyArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The files in resources nir/ours are what the export writes, so what check_exports.py finds about
 * programs that read them still holds. With -Dexports.write=true they are written anew; then run
 * the script again.
 */
class WrittenForProgramsTest {

  private static final boolean WRITE = Boolean.getBoolean("exports.write");

  private static final Path SOURCES = Path.of("src/test/resources/nir/ours");

  private static Path file(WrittenForPrograms each, String ending) {
    String name = each.name().toLowerCase(Locale.ROOT) + ending;
    return WRITE ? SOURCES.resolve(name) : NirResources.path("ours/" + name);
  }

  @ParameterizedTest
  @EnumSource
  void shouldStillWriteWhatProgramsRead(WrittenForPrograms each) throws IOException {
    INDArray features = each.features();
    float[][] steps = new float[WrittenForPrograms.STEPS][];
    for (int step = 0; step < steps.length; step++) {
      steps[step] = NirImportTest.frame(features, 0, step);
    }
    float[][] output =
        each == WrittenForPrograms.SINABS
            ? simulated(each, steps)
            : fired(each.network(), features);
    if (WRITE) {
      Files.createDirectories(SOURCES);
      NirFiles.write(each.graph(), file(each, ".nir"));
      array(steps).write(file(each, ".in.npy"));
      array(output).write(file(each, ".out.npy"));
    }
    assertEquals(each.graph(), NirFiles.read(file(each, ".nir")));
    assertArrayEquals(
        array(steps).values(), NumpyArray.read(file(each, ".in.npy")).values(), "input");
    assertArrayEquals(
        array(output).values(), NumpyArray.read(file(each, ".out.npy")).values(), "output");
  }

  /** Membranes of sinabs, whose neurons fire several times per step, unlike those of layers. */
  private static float[][] simulated(WrittenForPrograms each, float[][] steps) throws IOException {
    NirSimulation simulation = NirSimulation.of(each.graph(), NirDialect.sinabs());
    float[][] output = new float[steps.length][];
    for (int step = 0; step < steps.length; step++) {
      output[step] = simulation.step(steps[step]);
    }
    return output;
  }

  private static float[][] fired(MultiLayerNetwork network, INDArray features) {
    String last = network.getLayers()[network.getnLayers() - 1].conf().getLayer().getLayerName();
    float[][][] fired = TestNets.fired(network, features).get(last);
    TestNets.requireSpikes(fired);
    return fired[0];
  }

  private static NumpyArray array(float[][] steps) {
    float[] all = new float[steps.length * steps[0].length];
    for (int i = 0; i < all.length; i++) {
      all[i] = steps[i / steps[0].length][i % steps[0].length];
    }
    return NumpyArray.of(new int[] {steps.length, steps[0].length}, all);
  }
}
