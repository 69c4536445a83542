package org.dl4jsnn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
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
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.model.SafeModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
              new EpochRow(2, 14, 1e-3, 1e-9, 1 / 3.0, 0.5, 0.25, 400, List.of(1.0, 0.0))));

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
  void shouldTakeAModelWithoutState() {
    ModelFile.save(ModelFile.load(file), file);
    assertEquals(Optional.empty(), load(file).state());
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

  @Test
  void shouldNotLoadAClassThatIsNotAllowed() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    Path copy = file.resolveSibling("copy.zip");
    Files.write(copy, whole);
    try (FileSystem zip = FileSystems.newFileSystem(copy)) {
      Path configuration = zip.getPath("configuration.json");
      String json = Files.readString(configuration);
      Files.writeString(
          configuration,
          json.replaceFirst("org\\.dl4jsnn\\.encode\\.\\w+Encoder", "java.lang.ProcessBuilder"));
    }
    String message = assertThrows(TrainingException.class, () -> load(copy)).getMessage();
    assertTrue(message.startsWith("Cannot load a model from " + copy + ": at /confs"), message);
    assertTrue(message.contains("got java.lang.ProcessBuilder."), message);
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
}
