package org.dl4jsnn.examples.support;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.train.TrainingException;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedNetworkTest {

  @TempDir private Path folder;

  private Path sequence() throws IOException {
    Path file = folder.resolve("sequence.zip");
    SpikingNetworks.mlp(4).steps(3).init().save(file.toFile());
    return file;
  }

  private Path graph() throws IOException {
    Path file = folder.resolve("graph.zip");
    SpikingNetworks.mlp(4).steps(3).init().toComputationGraph().save(file.toFile());
    return file;
  }

  private static Path cut(Path model, String entry) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(model)) {
      Path path = zip.getPath(entry);
      byte[] bytes = Files.readAllBytes(path);
      Files.write(path, Arrays.copyOf(bytes, bytes.length / 2));
    }
    return model;
  }

  private static String refused(Path file) {
    return assertThrows(TrainingException.class, () -> SavedNetwork.load(file)).getMessage();
  }

  @Test
  void shouldLoadEitherType() throws IOException {
    assertInstanceOf(MultiLayerNetwork.class, SavedNetwork.load(sequence()));
    assertInstanceOf(ComputationGraph.class, SavedNetwork.load(graph()));
  }

  @Test
  void shouldSayWhatIsWrongWithADamagedGraph() throws IOException {
    Path file = cut(graph(), "coefficients.bin");
    String text = refused(file);
    assertTrue(text.contains("coefficients.bin"), text);
    CommandLineRun run = new CommandLineRun();
    run.assertRefused(
        "coefficients.bin", "nir export %s --dt=1e-3 --to=%s", file, folder.resolve("net.nir"));
  }

  @Test
  void shouldRefuseDamagedConfigurations() throws IOException {
    for (Path file : new Path[] {sequence(), graph()}) {
      String text = refused(cut(file, "configuration.json"));
      assertTrue(text.contains("the configuration must be well-formed"), text);
    }
    Path other = Files.writeString(folder.resolve("other.zip"), "no model");
    assertTrue(refused(other).contains("Cannot load a model from "), refused(other));
    Path none = folder.resolve("none.zip");
    assertTrue(refused(none).contains("Cannot find a model at "), refused(none));
  }
}
