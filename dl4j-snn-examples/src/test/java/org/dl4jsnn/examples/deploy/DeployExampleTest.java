package org.dl4jsnn.examples.deploy;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.WeightQuantization;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.EmbeddedDigits;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class DeployExampleTest {

  private static final int DIGITS = 50;

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  @Test
  void shouldAnswerAsTheNetworkDoes() throws IOException {
    Path file = folder.resolve("digits.snn");
    assertEquals(0, run.execute("deploy", "--to=" + file), run.errors());
    SpikingModel model = SpikingModel.load(file);
    INDArray digits = EmbeddedDigits.test(DIGITS, DIGITS).next().getFeatures();
    INDArray expected = SpikingNetworks.lenet5().pretrained().output(digits);
    for (int i = 0; i < DIGITS; i++) {
      float[] outputs = model.run(digits.getRow(i).toFloatVector()).outputs();
      float[] own = expected.getRow(i).toFloatVector();
      for (int j = 0; j < own.length; j++) {
        assertEquals(own[j], outputs[j], 1e-6f);
      }
    }
  }

  @Test
  void shouldWriteWeightsOfABit() throws IOException {
    Path file = folder.resolve("small.snn");
    assertEquals(0, run.execute("deploy", "--bits=8", "--to=" + file), run.errors());
    assertTrue(run.output().contains("spiking model of 1×28×28 features"), run.output());
    assertTrue(Files.size(file) < 550_000);
  }

  /** Nobody has to know how a network was saved. */
  @Test
  void takesGraphsToo() throws IOException {
    Path zip = folder.resolve("graph.zip");
    SpikingNetworks.mlp(10).steps(5).init().toComputationGraph().save(zip.toFile());
    Path file = folder.resolve("graph.snn");
    assertEquals(0, run.execute("deploy", zip.toString(), "--to=" + file), run.errors());
    assertTrue(SpikingModel.load(file).layers().size() > 1);
  }

  @Test
  void shouldRoundWeightsForTheLibrary() throws IOException {
    MultiLayerNetwork trained = SpikingNetworks.lenet5().steps(4).init();
    Path zip = folder.resolve("trained.zip");
    trained.save(zip.toFile());
    Path file = folder.resolve("small.zip");
    assertEquals(0, run.execute("deploy", zip.toString(), "--bits=8", "--to=" + file));
    assertTrue(run.output().contains("weights of 8 bits"), run.output());
    assertTrue(Files.size(file) < Files.size(zip) / 2);
    assertSameBits(
        WeightQuantization.toBits(8).quantize(trained).params(), ModelFile.load(file).params());
    assertEquals(1, run.execute("deploy", zip.toString(), "--to=" + folder.resolve("same.zip")));
    assertTrue(run.errors().contains("--bits must be from 2 to 16"), run.errors());
  }

  @Test
  void shouldNotReplaceTheTrainedModelOrAFolder() throws IOException {
    Path zip = folder.resolve("trained.zip");
    SpikingNetworks.mlp(4).steps(3).init().save(zip.toFile());
    byte[] trained = Files.readAllBytes(zip);
    Path same = Files.createDirectory(folder.resolve("more")).resolve("../trained.zip");
    for (String bits : new String[] {"8", "32"}) {
      assertEquals(1, run.execute("deploy", zip.toString(), "--bits=" + bits, "--to=" + same));
      run.assertComplained("--to must be another file than the one it is made from");
    }
    assertArrayEquals(trained, Files.readAllBytes(zip));
    for (String folders : new String[] {"/", folder.toString()}) {
      assertEquals(1, run.execute("deploy", zip.toString(), "--bits=8", "--to=" + folders));
      run.assertComplained("--to must be a file, got the folder " + folders);
    }
  }

  @Test
  void shouldKnowTheLibrarysFilesInCapitals() throws IOException {
    Path zip = folder.resolve("trained.zip");
    SpikingNetworks.mlp(4).steps(3).init().save(zip.toFile());
    Path file = folder.resolve("SMALL.ZIP");
    assertEquals(0, run.execute("deploy", zip.toString(), "--bits=8", "--to=" + file));
    assertTrue(ModelFile.load(file).numParams() > 0);
  }

  @Test
  void shouldSayWhichLayerCannotGo() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(2).nOut(2).name("stock").build())
                .layer(new OutputLayer.Builder().nIn(2).nOut(2).build())
                .build());
    network.init();
    Path zip = folder.resolve("stock.zip");
    network.save(zip.toFile());
    Path file = folder.resolve("stock.snn");
    assertEquals(1, run.execute("deploy", zip.toString(), "--to=" + file));
    assertTrue(run.errors().contains("'stock' (DenseLayer)"), run.errors());
    assertFalse(Files.exists(file));
    assertEquals(1, run.execute("deploy", "--bits=20", "--to=" + file));
    assertTrue(run.errors().contains("--bits must be from 2 to 16, or 32, got 20"), run.errors());
  }

  /** If the build has no runtime jar yet, the missing file is named. */
  @Test
  void shouldNameWhatIsMissing() {
    String missing = folder.resolve("none.snn").toString();
    assertEquals(1, run.execute("deploy", "startup", missing, "--runtime=" + folder));
    assertTrue(run.errors().contains(missing), run.errors());
    assertEquals(2, run.execute("deploy"));
    assertTrue(run.errors().contains("Missing required option: '--to=<to>'"), run.errors());
  }

  @Test
  void shouldAnswerOnce() throws Exception {
    Path model = folder.resolve("digits.snn");
    assertEquals(0, run.execute("deploy", "--bits=8", "--to=" + model), run.errors());
    FirstAnswer.main(new String[] {model.toString()});
    assertEquals("1×28×28", SpikingModel.load(model).inputShape().toString());
  }
}
