package org.dl4jsnn.examples.nir;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.model.SafeModels;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;
import org.dl4jsnn.train.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** Graphs become models, and models become graphs. */
class NirNetworksTest {

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  private String graph(NirWeights.Linear weights) throws IOException {
    NirTensor one = NirTensor.full(new int[] {2}, 1);
    Path file = folder.resolve("net.nir");
    NirFiles.write(
        new NirGraph(
            Map.of(
                "input",
                new NirPlumbing.Input(2),
                "linear",
                weights,
                "if",
                new NirNeurons.IF(one, one, NirTensor.full(new int[] {2}, 0)),
                "output",
                new NirPlumbing.Output(2)),
            List.of(
                new NirGraph.Edge("input", "linear"),
                new NirGraph.Edge("linear", "if"),
                new NirGraph.Edge("if", "output"))),
        file);
    return file.toString();
  }

  private static NirWeights.Linear weights(int nOut) {
    return new NirWeights.Linear(NirTensor.full(new int[] {nOut, 2}, 0.75f));
  }

  @Test
  void shouldImportExportAndRestore() throws IOException {
    String model = folder.resolve("model.zip").toString();
    String file = graph(weights(2));
    assertEquals(
        0, run.execute("nir", "import", file, "--dialect=norse", "--steps=4", "--to=" + model));
    MultiLayerNetwork network = SafeModels.defaults().multiLayerNetwork(Path.of(model));
    assertEquals(0.5, network.output(Nd4j.ones(1, 2).muli(0.5)).getDouble(0), "every other step");
    String exported = folder.resolve("exported.nir").toString();
    assertEquals(0, run.execute("nir", "export", model, "--dt=1e-3", "--to=" + exported));
    String again = folder.resolve("again.zip").toString();
    assertEquals(0, run.execute("nir", "restore", exported, "--to=" + again));
    MultiLayerNetwork back = SafeModels.defaults().multiLayerNetwork(Path.of(again));
    assertEquals(network.getLayerWiseConfigurations(), back.getLayerWiseConfigurations());
    assertSameBits(network.params(), back.params());
  }

  @Test
  void shouldImportAGraphOfTwoOutputs() throws IOException {
    NirTensor one = NirTensor.full(new int[] {2}, 1);
    NirNeurons.IF neurons = new NirNeurons.IF(one, one, NirTensor.full(new int[] {2}, 0));
    Path file = folder.resolve("two.nir");
    NirFiles.write(
        new NirGraph(
            Map.of(
                "input",
                new NirPlumbing.Input(2),
                "linear",
                weights(2),
                "first",
                neurons,
                "second",
                neurons,
                "output",
                new NirPlumbing.Output(2),
                "other",
                new NirPlumbing.Output(2)),
            List.of(
                new NirGraph.Edge("input", "linear"),
                new NirGraph.Edge("linear", "first"),
                new NirGraph.Edge("first", "second"),
                new NirGraph.Edge("first", "output"),
                new NirGraph.Edge("second", "other"))),
        file);
    Path model = folder.resolve("two.zip");
    assertEquals(
        0,
        run.execute(
            "nir", "import", file.toString(), "--dialect=norse", "--steps=4", "--to=" + model),
        run.errors());
    ComputationGraph network = SafeModels.defaults().computationGraph(model);
    assertEquals(List.of("second", "first"), network.getConfiguration().getNetworkOutputs());
    Path exported = folder.resolve("exported.nir");
    assertEquals(
        0, run.execute("nir", "export", model.toString(), "--dt=1e-3", "--to=" + exported));
    assertEquals(
        2,
        NirFiles.read(exported).nodes().values().stream()
            .filter(NirPlumbing.Output.class::isInstance)
            .count());
  }

  /** sinabs's neurons stay its own, so that the network knows how long a step is. */
  @Test
  void shouldExportWithTheTimeStepOfTheImport() throws IOException {
    String model = folder.resolve("model.zip").toString();
    String file = graph(weights(2));
    String exported = folder.resolve("exported.nir").toString();
    assertEquals(
        0,
        run.execute(
            "nir", "import", file, "--dialect=sinabs", "--dt=0.5", "--steps=4", "--to=" + model));
    assertEquals(0, run.execute("nir", "export", model, "--to=" + exported), run.errors());
    assertEquals("0.5", NirFiles.read(Path.of(exported)).metadata().get("dl4j-snn.time_step"));
    assertEquals(
        0, run.execute("nir", "import", file, "--dialect=norse", "--steps=4", "--to=" + model));
    run.clear();
    assertEquals(1, run.execute("nir", "export", model, "--to=" + exported));
    run.assertComplained("--dt must be given");
  }

  @Test
  void shouldNameTheOptionThatDropsInitialMembranes() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(SpikeEncoding.frames().build())
                .layer(new SpikingDense.Builder().nOut(2).initialMembrane(0.5).build())
                .setInputType(InputType.recurrent(2))
                .build());
    network.init();
    Path model = folder.resolve("converted.zip");
    ModelFile.save(network, model);
    String exported = folder.resolve("exported.nir").toString();
    assertEquals(
        1, run.execute("nir", "export", model.toString(), "--dt=1e-3", "--to=" + exported));
    run.assertComplained("Use --drop-initial to start them at 0");
    assertEquals(
        0,
        run.execute(
            "nir", "export", model.toString(), "--dt=1e-3", "--drop-initial", "--to=" + exported));
  }

  @Test
  void shouldSayWhatDoesNotMapInOneMessage() throws IOException {
    String file = graph(weights(3));
    Path model = folder.resolve("model.zip");
    assertEquals(1, run.execute("nir", "import", file, "--dialect=norse", "--to=" + model));
    assertTrue(run.errors().contains("node if (IF): neurons must have the shape"), run.errors());
    assertTrue(Files.notExists(model));
    assertEquals(1, run.execute("nir", "restore", file, "--to=" + model));
    assertTrue(run.errors().contains("use NirImport"), run.errors());
  }
}
