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

  private Path trained() throws IOException {
    Path zip = folder.resolve("trained.zip");
    SpikingNetworks.mlp(4).steps(3).init().save(zip.toFile());
    return zip;
  }

  @Test
  void shouldAnswerAsTheNetworkDoes() throws IOException {
    Path file = folder.resolve("digits.snn");
    run.assertDone("deploy --to=%s", file);
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
    run.assertDone("deploy --bits=8 --to=%s", file);
    run.assertPrinted("spiking model of 1×28×28 features");
    assertTrue(Files.size(file) < 550_000);
  }

  /** Nobody has to know how a network was saved. */
  @Test
  void takesGraphsToo() throws IOException {
    Path zip = folder.resolve("graph.zip");
    SpikingNetworks.mlp(10).steps(5).init().toComputationGraph().save(zip.toFile());
    Path file = folder.resolve("graph.snn");
    run.assertDone("deploy %s --to=%s", zip, file);
    assertTrue(SpikingModel.load(file).layers().size() > 1);
  }

  @Test
  void shouldRoundWeightsForTheLibrary() throws IOException {
    MultiLayerNetwork trained = SpikingNetworks.lenet5().steps(4).init();
    Path zip = folder.resolve("trained.zip");
    trained.save(zip.toFile());
    Path file = folder.resolve("small.zip");
    run.assertDone("deploy %s --bits=8 --to=%s", zip, file);
    run.assertPrinted("weights of 8 bits");
    assertTrue(Files.size(file) < Files.size(zip) / 2);
    assertSameBits(
        WeightQuantization.toBits(8).quantize(trained).params(), ModelFile.load(file).params());
    run.assertRefused(
        "--bits must be from 2 to 16", "deploy %s --to=%s", zip, folder.resolve("same.zip"));
  }

  @Test
  void shouldNotReplaceTheTrainedModelOrAFolder() throws IOException {
    Path zip = trained();
    byte[] trained = Files.readAllBytes(zip);
    Path same = Files.createDirectory(folder.resolve("more")).resolve("../trained.zip");
    for (String bits : new String[] {"8", "32"}) {
      run.assertRefused(
          "--to must be another file than the one it is made from",
          "deploy %s --bits=%s --to=%s",
          zip,
          bits,
          same);
    }
    assertArrayEquals(trained, Files.readAllBytes(zip));
    for (String folders : new String[] {"/", folder.toString()}) {
      run.assertRefused(
          "--to must be a file, got the folder " + folders,
          "deploy %s --bits=8 --to=%s",
          zip,
          folders);
    }
  }

  @Test
  void shouldKnowTheLibrarysFilesInCapitals() throws IOException {
    Path zip = trained();
    Path file = folder.resolve("SMALL.ZIP");
    run.assertDone("deploy %s --bits=8 --to=%s", zip, file);
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
    run.assertRefused("'stock' (DenseLayer)", "deploy %s --to=%s", zip, file);
    assertFalse(Files.exists(file));
    run.assertRefused(
        "--bits must be from 2 to 16, or 32, got 20", "deploy --bits=20 --to=%s", file);
  }

  @Test
  void shouldAnswerOnce() throws Exception {
    Path model = folder.resolve("digits.snn");
    run.assertDone("deploy --bits=8 --to=%s", model);
    FirstAnswer.main(new String[] {model.toString()});
    assertEquals("1×28×28", SpikingModel.load(model).inputShape().toString());
  }
}
