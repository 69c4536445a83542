package org.dl4jsnn.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;

/** A model's file that is tampered with. */
final class ModelZip {

  static final String CONFIGURATION = "configuration.json";
  static final String PARAMETERS = "coefficients.bin";
  static final String UPDATER = "updaterState.bin";
  static final long FLOAT = 8192;
  private static final String MODE = "MIXED_DATA_TYPES";

  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  static ModelZip of(Model network) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, bytes, true);
    ModelZip model = new ModelZip();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        model.entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return model;
  }

  ModelZip with(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  ModelZip without(String name) {
    entries.remove(name);
    return this;
  }

  ModelZip changed(String name, UnaryOperator<byte[]> change) {
    return with(name, change.apply(entries.get(name)));
  }

  ModelZip configuration(UnaryOperator<String> change) {
    return changed(
        CONFIGURATION, json -> utf8(change.apply(new String(json, StandardCharsets.UTF_8))));
  }

  String configuration() {
    return new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8);
  }

  byte[] entry(String name) {
    return entries.get(name);
  }

  Path write(Path folder) throws IOException {
    Path file = folder.resolve("model.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return file;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A network that learned a little, with a linear read-out. */
  static ModelZip multiLayer() throws IOException {
    return of(TestNetworks.multiLayer());
  }

  /** A vector that claims a length. */
  static byte[] vector(long length, float[] numbers) {
    return array(new long[] {1, length, 1, FLOAT, 1, 'c'}, length, "FLOAT", numbers);
  }

  static byte[] array(long[] shape, long length, String type, float[] numbers) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(MODE);
      out.writeLong(shape.length);
      out.writeUTF("LONG");
      for (long number : shape) {
        out.writeLong(number);
      }
      out.writeUTF(MODE);
      out.writeLong(length);
      out.writeUTF(type);
      for (float number : numbers) {
        out.writeFloat(number);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
