package org.dl4jsnn.model;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.Messages.assertSays;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.model.hostile.Serialised;
import org.dl4jsnn.model.hostile.SideEffects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Files that try to make a loader use too much memory, run foreign code, or read foreign memory.
 */
class HostileArchivesTest {

  /** Of 4 x 6 weights, 6 x 2 weights and 2 biases. */
  private static final int PARAMETERS = 38;

  private final SafeModels models = SafeModels.defaults();

  @TempDir private Path folder;

  @BeforeEach
  void forget() {
    SideEffects.forget();
  }

  private String refusal(ModelZip model) throws IOException {
    return refusal(models, model.write(folder));
  }

  private static String refusal(SafeModels models, Path file) {
    String message =
        assertThrows(ModelRefusedException.class, () -> models.multiLayerNetwork(file))
            .getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    return message;
  }

  @ParameterizedTest
  @ValueSource(strings = {"preprocessor.bin", "objects/settings"})
  void shouldRefuseJavaSerialisedObjectsUnread(String name) throws IOException {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    new ObjectOutputStream(object).writeObject(new Serialised());
    assertSays(
        refusal(ModelZip.multiLayer().with(name, object.toByteArray())), name, "Java-serialised");
    assertFalse(SideEffects.ran("readObject"));
  }

  static Stream<byte[]> headers() {
    float[] few = new float[PARAMETERS];
    long n = PARAMETERS;
    long type = ModelZip.FLOAT;
    return Stream.of(
        // Lengths that do not agree: memory beyond the array would be read.
        ModelZip.array(new long[] {1, 1L << 40, 1, type, 1, 'c'}, n, "FLOAT", few),
        ModelZip.array(new long[] {2, 1L << 40, n, n, 1, type, 1, 'c'}, n, "FLOAT", few),
        // Strides, options and orders of others.
        ModelZip.array(new long[] {1, n, 1L << 40, type, 1, 'c'}, n, "FLOAT", few),
        ModelZip.array(new long[] {2, 1, n, 1L << 40, 1, type, 1, 'c'}, n, "FLOAT", few),
        ModelZip.array(new long[] {1, n, 1, type | 4, 1, 'c'}, n, "FLOAT", few),
        ModelZip.array(new long[] {1, n, 1, type, 1, 'x'}, n, "FLOAT", few),
        // Ranks that the shape's length cannot have, and none.
        ModelZip.array(new long[] {32, n, 1, type, 1, 'c'}, n, "FLOAT", few),
        ModelZip.array(new long[0], n, "FLOAT", few),
        // Types that take another way through ND4J.
        ModelZip.array(new long[] {1, n, 1, type, 1, 'c'}, n, "COMPRESSED", few),
        ModelZip.array(new long[] {1, n, 1, type, 1, 'c'}, n, "DOUBLE", few),
        ModelZip.array(new long[] {1, n, 1, type, 1, 'c'}, n, "UTF8", few),
        new byte[] {1, 2, 3},
        new byte[0]);
  }

  @ParameterizedTest
  @MethodSource("headers")
  void shouldRefuseAnArrayWhoseHeaderIsNotThatOfAVector(byte[] array) throws IOException {
    assertSays(
        refusal(ModelZip.multiLayer().with(ModelZip.PARAMETERS, array)), ModelZip.PARAMETERS);
  }

  @Test
  void shouldRefuseAnArrayThatIsLongerOrShorterThanTheNetworkNeeds() throws IOException {
    byte[] more = ModelZip.vector(PARAMETERS + 1, new float[PARAMETERS + 1]);
    assertSays(
        refusal(ModelZip.multiLayer().with(ModelZip.PARAMETERS, more)), "38 numbers", "got 39");
    byte[] huge = ModelZip.vector(1L << 50, new float[0]);
    assertSays(
        refusal(ModelZip.multiLayer().with(ModelZip.PARAMETERS, huge)),
        "38 numbers",
        "got " + (1L << 50));
    assertSays(
        refusal(ModelZip.multiLayer().with(ModelZip.UPDATER, huge)),
        "76 numbers",
        "got " + (1L << 50));
  }

  @Test
  void shouldRefuseNumbersThatAreMissingOrLeftOver() throws IOException {
    byte[] fewer = ModelZip.vector(PARAMETERS, new float[PARAMETERS - 1]);
    assertSays(
        refusal(ModelZip.multiLayer().with(ModelZip.PARAMETERS, fewer)),
        "as long as its header claims");
    byte[] more = ModelZip.vector(PARAMETERS, new float[PARAMETERS + 1]);
    assertSays(
        refusal(ModelZip.multiLayer().with(ModelZip.PARAMETERS, more)),
        "as long as its header claims");
    assertSays(
        refusal(ModelZip.multiLayer().without(ModelZip.PARAMETERS)),
        ModelZip.PARAMETERS,
        "got none");
  }

  @Test
  void shouldRefuseAConfigurationThatClaimsMoreThanTheFileHolds() throws IOException {
    long neurons = 300_000_000L;
    ModelZip model =
        ModelZip.multiLayer()
            .configuration(json -> json.replace("\"nin\" : 4", "\"nin\" : " + neurons));
    assertSays(refusal(model), ModelZip.PARAMETERS, "got 38");
    ModelZip empty =
        ModelZip.multiLayer()
            .configuration(json -> json.replace("\"nin\" : 4", "\"nin\" : " + neurons))
            .with(ModelZip.PARAMETERS, new byte[0])
            .with("noParams.marker", new byte[0]);
    assertSays(refusal(empty), ModelZip.PARAMETERS);
  }

  /** 2^62 x 4 weights, which overflow to 0 in 64 bits, and 10 others. */
  @ParameterizedTest
  @ValueSource(strings = {"4611686018427387904", "\"4611686018427387904\"", "4.611686018427388E18"})
  void shouldRefuseSizesWhoseProductOverflows(String size) throws IOException {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder().updater(new Sgd(0.1)),
            new EmbeddingLayer.Builder().nIn(5).nOut(4).hasBias(true).build(),
            new OutputLayer.Builder().nIn(4).nOut(2).build());
    ModelZip model =
        ModelZip.of(network)
            .configuration(json -> json.replace("\"nin\" : 5", "\"nin\" : " + size))
            .with(ModelZip.PARAMETERS, ModelZip.vector(14, new float[14]));
    String rule = size.startsWith("4611") ? "integers must be between" : "overflow";
    assertSays(refusal(model), rule);
    // Where there are no parameters whose number could give it away.
    String json = model.configuration();
    assertRefused(ModelRefusedException.class, () -> models.multiLayerFromJson(json), rule);
  }

  @Test
  void shouldTakeAnySeed() throws IOException {
    ModelZip model =
        ModelZip.multiLayer()
            .configuration(json -> json.replace("\"seed\" : 1", "\"seed\" : " + Long.MIN_VALUE));
    models.multiLayerNetwork(model.write(folder));
  }

  @Test
  void shouldRefuseADirectoryThatIsLargerThanAnyModels() throws IOException {
    Path file = folder.resolve("sparse.zip");
    int directory = 300_000_000;
    int begin = 10_000_000;
    for (int entries : new int[] {3, 101, 0xffff}) {
      for (int size : new int[] {directory, -1}) {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
          out.setLength(begin + directory);
          out.seek(begin + directory);
          out.write(
              ByteBuffer.allocate(22)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .put(new byte[] {'P', 'K', 5, 6})
                  .putInt(0)
                  .putShort((short) entries)
                  .putShort((short) entries)
                  .putInt(size)
                  .putInt(begin)
                  .array());
        }
        assertSays(refusal(models, file), entries == 3 ? "directory" : "at most 100 entries");
      }
    }
  }

  @Test
  void shouldRefuseZip64AndCommentsThatHideAnEnd() throws IOException {
    byte[] bytes = Files.readAllBytes(ModelZip.multiLayer().write(folder));
    Path file = folder.resolve("other.zip");
    int end = bytes.length - 22;
    ByteBuffer locator = ByteBuffer.allocate(bytes.length + 20).order(ByteOrder.LITTLE_ENDIAN);
    locator.put(bytes, 0, end).put(new byte[] {'P', 'K', 6, 7}).position(end + 20);
    Files.write(file, locator.put(bytes, end, 22).array());
    assertSays(refusal(models, file), "zip64");
    byte[] more = java.util.Arrays.copyOf(bytes, bytes.length + 22);
    System.arraycopy(bytes, end, more, bytes.length, 22);
    more[end + 20] = 22;
    more[bytes.length + 20] = 1;
    Files.write(file, more);
    assertSays(refusal(models, file), "end");
  }

  @Test
  void shouldTakeAnArchiveWithAComment() throws IOException {
    byte[] bytes = Files.readAllBytes(ModelZip.multiLayer().write(folder));
    Path file = folder.resolve("comment.zip");
    byte[] more = java.util.Arrays.copyOf(bytes, bytes.length + 0xffff);
    more[bytes.length - 2] = -1;
    more[bytes.length - 1] = -1;
    Files.write(file, more);
    models.multiLayerNetwork(file);
  }

  @Test
  void shouldRefuseSizesBeyondTheLimitsAndNameTheLimit() throws IOException {
    Path file = ModelZip.multiLayer().write(folder);
    SafeModels small = models.within(ModelLimits.defaults().bytes(1000));
    assertSays(refusal(small, file), "1000 bytes", "got " + Files.size(file), "ModelLimits.bytes");
    SafeModels shortOnes = models.within(ModelLimits.defaults().configuration(100));
    assertSays(
        refusal(shortOnes, file), "configuration.json", "100 bytes", "ModelLimits.configuration");
  }

  @Test
  void shouldNotUnpackABomb() throws IOException {
    byte[] zeros = new byte[32 << 20];
    SafeModels small = models.within(ModelLimits.defaults().bytes(1 << 20));
    assertSays(
        refusal(small, ModelZip.multiLayer().with(ModelZip.PARAMETERS, zeros).write(folder)),
        ModelZip.PARAMETERS,
        "1048576 bytes");
    assertSays(
        refusal(ModelZip.multiLayer().with(ModelZip.CONFIGURATION, zeros)), "configuration.json");
    // Not loaded, so not unpacked.
    small.multiLayerNetwork(ModelZip.multiLayer().with("anything", zeros).write(folder));
  }

  @Test
  void shouldRefuseMoreEntriesThanAModelCanHave() throws IOException {
    ModelZip model = ModelZip.multiLayer();
    for (int i = 0; i < 100; i++) {
      model.with("entry" + i, new byte[0]);
    }
    assertSays(refusal(model), "at most 100 entries", "got 103");
  }

  @Test
  void shouldNotTrustSizesThatTheArchiveClaims() throws IOException {
    Path file = ModelZip.multiLayer().write(folder);
    byte[] bytes = Files.readAllBytes(file);
    int claims = 0;
    for (int size : new int[] {1, 100_000_000, Integer.MAX_VALUE, -1}) {
      for (int entry : centralEntries(bytes)) {
        byte[] changed = bytes.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(entry + 24, size);
        Files.write(file, changed);
        refusal(models, file);
        claims++;
      }
    }
    assertTrue(claims == 12, "claims: " + claims);
  }

  private static List<Integer> centralEntries(byte[] zip) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < zip.length - 3; i++) {
      if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
        places.add(i);
      }
    }
    return places;
  }

  @Test
  void shouldRefuseAFileThatIsTruncatedAnywhere() throws IOException {
    byte[] bytes = Files.readAllBytes(ModelZip.multiLayer().write(folder));
    Path file = folder.resolve("truncated.zip");
    for (int length = 0; length < bytes.length; length += 211) {
      Files.write(file, java.util.Arrays.copyOf(bytes, length));
      refusal(models, file);
    }
  }

  @Test
  void shouldLoadOrRefuseAFileThatIsDamagedAnywhere() throws IOException {
    byte[] bytes = Files.readAllBytes(ModelZip.multiLayer().write(folder));
    Path file = folder.resolve("damaged.zip");
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      Files.write(file, damaged);
      try {
        models.multiLayerNetwork(file);
      } catch (ModelRefusedException e) {
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
      }
    }
  }

  @Test
  void shouldRefuseConfigurationsThatNothingWrites() throws IOException {
    String deep = "[".repeat(1000) + "]".repeat(1000);
    for (String json :
        new String[] {
          "",
          "null",
          "[]",
          "{",
          "{} {}",
          "{\"confs\" : null}",
          "{\"confs\" : []}",
          "{\"confs\" : " + deep + "}",
          "{\"a\" : " + "9".repeat(1000) + "}",
          "{\"a\" : 1, \"a\" : 2}"
        }) {
      refusal(
          ModelZip.multiLayer()
              .with(ModelZip.CONFIGURATION, json.getBytes(StandardCharsets.UTF_8)));
    }
    refusal(
        ModelZip.multiLayer().with(ModelZip.CONFIGURATION, "{}".getBytes(StandardCharsets.UTF_16)));
  }

  @Test
  void shouldKeepMessagesShortAndOnOneLine() throws IOException {
    assertFalse(
        refusal(ModelZip.multiLayer().with("objects/a\n\033[2J", new byte[1]))
            .matches("(?s).*\\p{Cntrl}.*"));
    String name = "x".repeat(1 << 20);
    ModelZip model =
        ModelZip.multiLayer().configuration(json -> json.replace("SpikeEncoding", name));
    assertTrue(refusal(model).length() < 1000);
    model.configuration(json -> json.replace(name, "SpikeEncoding").replace("OutputLayer", name));
    assertTrue(refusal(model).length() < 1000);
  }

  @Test
  void shouldRefuseWhatIsNotAFile() throws IOException {
    assertSays(refusal(models, folder), "must be a file");
    assertSays(refusal(models, folder.resolve("none.zip")), "must be a file");
    assertSays(refusal(models, Files.writeString(folder.resolve("a.zip"), "text")), "zip archive");
  }
}
