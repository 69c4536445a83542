package org.dl4jsnn.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.model.hostile.Serialised;
import org.dl4jsnn.model.hostile.SideEffects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a file can make Deeplearning4j 1.0.0-M2.1 do when {@code ModelSerializer} loads it. If one
 * of these fails, Deeplearning4j has become safer than docs/untrusted-models.md says.
 */
class StockLoaderTest {

  @TempDir private Path folder;

  @BeforeEach
  void forget() {
    SideEffects.forget();
  }

  @ParameterizedTest
  @EnumSource
  void shouldInitialiseAnyClassThatAConfigurationNames(ClassNamePlace place) throws IOException {
    String usual = ModelZip.multiLayer().configuration();
    for (String name : ClassNamePlace.NAMES) {
      SideEffects.forget();
      FreshClasses.run(
          () -> {
            try {
              MultiLayerConfiguration.fromJson(place.in(usual, name));
            } catch (RuntimeException e) {
              // It is too late.
            }
          });
      assertTrue(SideEffects.ran("static initialiser"), name);
    }
  }

  @Test
  void shouldConstructAnySubtypeOfWhatAFieldHolds() throws IOException {
    ModelSerializer.restoreMultiLayerNetwork(
        ModelZip.multiLayer()
            .configuration(
                json ->
                    json.replaceFirst(
                        "org.nd4j.linalg.activations.impl.ActivationIdentity\"",
                        "org.dl4jsnn.model.hostile.Activation\""))
            .write(folder)
            .toFile());
    assertTrue(SideEffects.ran("constructor"));
  }

  @Test
  void shouldDeserialiseAnyJavaObject() throws IOException {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    new ObjectOutputStream(object).writeObject(new Serialised());
    Path file = ModelZip.multiLayer().with("preprocessor.bin", object.toByteArray()).write(folder);
    assertThrows(
        ClassCastException.class, () -> ModelSerializer.restoreMultiLayerNetwork(file.toFile()));
    assertTrue(SideEffects.ran("readObject"));
  }

  @Test
  void shouldConstructAnyClassForANormalizer() throws IOException {
    ByteArrayOutputStream normalizer = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(normalizer);
    out.writeUTF("NORMALIZER");
    out.writeInt(1);
    out.writeUTF("CUSTOM");
    out.writeUTF("org.dl4jsnn.model.hostile.Anything");
    Path file =
        ModelZip.multiLayer().with("normalizer.bin", normalizer.toByteArray()).write(folder);
    assertThrows(
        IOException.class,
        () -> ModelSerializer.restoreMultiLayerNetworkAndNormalizer(file.toFile(), true));
    assertTrue(SideEffects.ran("constructor of anything"));
  }

  /** Not an exception: nothing that this JVM could catch. */
  @Test
  void shouldEndTheJavaVirtualMachineWhereAHeaderClaimsTooMuch() throws Exception {
    Path file =
        ModelZip.multiLayer()
            .with(ModelZip.PARAMETERS, ModelZip.vector(1L << 50, new float[0]))
            .write(folder);
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LoadsModel.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertNotEquals(0, java.waitFor());
    assertTrue(output.contains(LoadsModel.BEFORE), output);
    assertFalse(output.contains(LoadsModel.AFTER), output);
  }

  @Test
  void shouldUnpackAnyNumberOfBytesIntoMemory() throws IOException {
    byte[] zeros = new byte[64 << 20];
    Path file = ModelZip.multiLayer().with("anything", zeros).write(folder);
    assertTrue(Files.size(file) < zeros.length / 500);
    long before = allocated();
    ModelSerializer.restoreMultiLayerNetwork(file.toFile());
    assertTrue(allocated() - before > zeros.length);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** A program that loads a model with Deeplearning4j's own loader. */
  static final class LoadsModel {

    static final String BEFORE = "loading";
    static final String AFTER = "caught";

    public static void main(String[] args) throws IOException {
      System.out.println(BEFORE);
      try {
        ModelSerializer.restoreMultiLayerNetwork(new File(args[0]));
      } catch (Throwable e) {
        System.out.println(AFTER + " " + e);
      }
    }
  }
}
