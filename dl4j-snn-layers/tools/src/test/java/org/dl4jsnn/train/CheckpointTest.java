package org.dl4jsnn.train;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.Networks;
import org.dl4jsnn.model.SafeModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class CheckpointTest {

  private static final TrainingState STATE =
      new TrainingState(
          3,
          16,
          100,
          0.1 + 0.2,
          1.25,
          List.of(0.5, 1e-3),
          List.of(
              new EpochRow(1, 7, 1e-3, Math.PI, Double.NaN, 0.25, 1.5, 66.7, List.of(0.125, 0.0)),
              new EpochRow(2, 14, 1e-3, 1e-9, 1 / 3.0, 0.5, 0.25, 400, List.of(1.0, 0.0))),
          "");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void save() throws IOException {
    file = folder.resolve("model.zip");
    Checkpoint.save(TrainableNetwork.of(SmallTraining.network()), STATE, Optional.empty(), file);
  }

  @Test
  void shouldKeepTheStateWithTheNetwork() {
    SmallTraining.assertSame(SmallTraining.network(), load(file).network().model());
    assertEquals(Optional.of(STATE), load(file).state());
    SmallTraining.assertSame(load(file).network().model(), ModelFile.load(file));
  }

  @Test
  void shouldKeepALossThatIsNotANumber() throws IOException {
    TrainingState state = TrainingState.atEpochStart(16, 100);
    Checkpoint.save(TrainableNetwork.of(ModelFile.load(file)), state, Optional.empty(), file);
    assertEquals(Optional.of(state), load(file).state());
  }

  @Test
  void shouldHaveTheEntriesOfModelSerializerByteForByte() throws IOException {
    MultiLayerNetwork network = ModelFile.load(file);
    Path theirs = folder.resolve("theirs.zip");
    ModelSerializer.writeModel(network, theirs.toFile(), true);
    Map<String, byte[]> expected = entries(theirs);
    Map<String, byte[]> found = entries(file);
    assertEquals(
        Set.of("configuration.json", "coefficients.bin", "updaterState.bin"), expected.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
    assertEquals(expected.size() + 1, found.size());
    SmallTraining.assertSame(
        network, ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true));
  }

  private static Map<String, byte[]> entries(Path file) throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  @Test
  void shouldNameADamagedFileAndTheCause() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 10, whole.length / 2, whole.length - 10}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertDamaged();
    }
    byte[] changed = whole.clone();
    changed[whole.length / 2] ^= 1;
    Files.write(file, changed);
    assertDamaged();
    Files.writeString(file, "no model at all");
    assertDamaged();
  }

  @Test
  void shouldNameADamagedState() throws IOException {
    ModelFile.write(
        SmallTraining.network(),
        file,
        writer -> writer.add("training.json", "{\"batch\": 16}".getBytes(StandardCharsets.UTF_8)));
    assertTrue(assertDamaged().contains("must have a value for minibatches, got {batch=16}"));
  }

  private static Checkpoint<MultiLayerNetwork> load(Path file) {
    return Checkpoint.of(TrainableNetwork.of(ModelFile.load(file)), file, SafeModels.defaults());
  }

  private String assertDamaged() {
    String message = assertThrows(TrainingException.class, () -> load(file)).getMessage();
    assertTrue(message.startsWith("Cannot load a model from " + file), message);
    assertTrue(message.contains("Possible cause: "), message);
    return message;
  }

  @Test
  void shouldRefuseOtherModelsBeforeItCreatesAFolder() {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder(), new OutputLayer.Builder().nIn(2).nOut(2).build());
    Path target = folder.resolve("models");
    assertBegins(
        "network must be a MultiLayerNetwork or a Computation",
        () -> ModelFile.save(network.getLayer(0), target.resolve("layer.zip")));
    assertFalse(Files.exists(target));
    assertThrows(
        IllegalArgumentException.class, () -> ModelFile.save(null, folder.resolve("model.zip")));
  }

  @Test
  void shouldWriteTrainingsThatDeeplearning4jReads() throws IOException {
    MultiLayerNetwork network = SmallTraining.network(500);
    network.setParams(Nd4j.rand(network.params().shape()));
    Path ofTraining = folder.resolve("training.zip");
    ModelFile.write(network, ofTraining, writer -> {});
    Path saved = folder.resolve("saved.zip");
    ModelFile.save(network, saved);
    for (Path file : List.of(ofTraining, saved)) {
      MultiLayerNetwork read = ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true);
      assertSameBits(network.params(), read.params());
      assertSameBits(
          network.getUpdater().getStateViewArray(), read.getUpdater().getStateViewArray());
    }
    assertTrue(compressed(ofTraining) <= compressed(saved), "size of the weights");
  }

  private static long compressed(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getEntry(ModelSerializer.COEFFICIENTS_BIN).getCompressedSize();
    }
  }

  @Test
  void shouldSayWhatIsNoModel() throws IOException {
    Path none = folder.resolve("none.zip");
    assertRefused("Cannot find a model at " + none + ": there is no such file", none);
    assertRefused(
        "Cannot find a model at " + folder + ": it is a folder, but a file is needed", folder);
    Path compact = folder.resolve("model.snn");
    Files.write(compact, new byte[] {(byte) 0x89, 'S', 'N', 'N', '\r', '\n', 26, '\n', 0, 0});
    assertRefused(
        "Cannot load a model from "
            + compact
            + ": it must be a network's zip archive, got a compact model, which SpikingModel.load"
            + " reads. Possible cause: the network's own file is meant",
        compact);
  }

  private static void assertRefused(String message, Path file) {
    assertMessage(TrainingException.class, message, () -> ModelFile.load(file));
  }
}
