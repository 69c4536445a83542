package org.dl4jsnn.model;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.internal.compact.CompactWriter;
import org.dl4jsnn.internal.io.RegularFiles;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model's file, a zip archive. No entry is read before its size is known to be possible and
 * within the limits, and each is read only once.
 */
final class ModelArchive implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(ModelArchive.class);

  /** DEFLATE expands one byte to at most 1032. */
  private static final int LARGEST_RATIO = 1032;

  private final Path file;
  private final ModelLimits limits;
  private final ZipFile zip;
  private final long size;

  ModelArchive(Path file, ModelLimits limits) throws IOException {
    this.file = file;
    this.limits = limits;
    String why = RegularFiles.whyNot(file);
    if (why != null) {
      throw refused("it must be a file: " + why);
    }
    size = Files.size(file);
    checkSize("it", size);
    checkDirectory();
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new ModelRefusedException(
          file.toString(),
          "it must be a zip archive, got: "
              + e.getMessage()
              + ". Possible cause: a different or truncated file",
          e);
    }
    try {
      checkEntries();
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private void checkDirectory() throws ModelRefusedException {
    try {
      if (isCompact()) {
        throw refused(
            "it must be a network's zip archive, got a compact model, which SpikingModel.load reads."
                + " Possible cause: the network's own file is meant");
      }
      ZipEnd.check(file);
    } catch (ModelRefusedException e) {
      throw e;
    } catch (IOException e) {
      throw new ModelRefusedException(
          file.toString(), e.getMessage() + ". Possible cause: a different or truncated file", e);
    }
  }

  /** Whether it begins like a model of the runtime, as RuntimeExport writes it. */
  private boolean isCompact() throws IOException {
    byte[] magic = ByteBuffer.allocate(Long.BYTES).putLong(CompactWriter.MAGIC).array();
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(magic.length), magic);
    }
  }

  private void checkEntries() throws IOException {
    if (zip.size() > ZipEnd.MOST_ENTRIES) {
      throw refused("it must have at most " + ZipEnd.MOST_ENTRIES + " entries, got " + zip.size());
    }
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      if (name.equals(ModelSerializer.PREPROCESSOR_BIN) || name.startsWith("objects/")) {
        throw refused(
            "it must have no Java-serialised objects, which run code when they are read, got "
                + ModelRefusedException.shown(name)
                + ". Ask for the model without it");
      }
      if (name.equals(ModelSerializer.NORMALIZER_BIN)) {
        LOG.warn(
            "{}: {} is not loaded. Features must be normalised like those that the network was"
                + " trained on",
            file,
            name);
      }
    }
  }

  /** Whether the entry exists and is not empty. */
  boolean has(String name) {
    ZipEntry entry = zip.getEntry(name);
    return entry != null && entry.getSize() != 0;
  }

  String configuration() throws IOException {
    String name = ModelSerializer.CONFIGURATION_JSON;
    ZipEntry entry = entry(name);
    if (entry.getSize() > limits.configuration()) {
      throw refused(
          ("%s must have at most %s bytes, got %s. If intended, raise the limit with"
                  + " ModelLimits.configuration")
              .formatted(name, limits.configuration(), entry.getSize()));
    }
    try (CheckedInputStream in = open(entry)) {
      byte[] bytes = in.readNBytes((int) entry.getSize());
      checkEnd(entry, in, in);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ModelRefusedException(file.toString(), name + " must be in UTF-8", e);
    } catch (ZipException | EOFException e) {
      throw damaged(name, e);
    }
  }

  /** An array with a known number of values; messages say what has that many. */
  INDArray array(String name, long expected, String use) throws IOException {
    ZipEntry entry = entry(name);
    checkSize(name, entry.getSize());
    try (CheckedInputStream checked = open(entry);
        InputStream in = new BufferedInputStream(checked)) {
      ArrayEntry array = begin(name, in);
      if (array.length() != expected) {
        throw refused(
            ("%s must have %s numbers as %s has, got %s. Possible cause: it belongs to another"
                    + " configuration")
                .formatted(name, expected, use, array.length()));
      }
      if (array.bytes() != entry.getSize()) {
        throw refused(
            "%s must be as long as its header claims, %s bytes, got %s"
                .formatted(name, array.bytes(), entry.getSize()));
      }
      INDArray numbers = array.read();
      checkEnd(entry, in, checked);
      return numbers;
    } catch (ZipException | EOFException | RuntimeException e) {
      throw damaged(name, e);
    }
  }

  private ArrayEntry begin(String name, InputStream in) throws IOException {
    try {
      return ArrayEntry.begin(in);
    } catch (ZipException e) {
      throw damaged(name, e);
    } catch (IOException e) {
      throw new ModelRefusedException(
          file.toString(),
          name
              + ": "
              + e.getMessage()
              + ". Possible cause: a damaged file, or one of an earlier Deeplearning4j; if you"
              + " trust it, load it there and save it again",
          e);
    }
  }

  /** An entry whose claimed size is possible for the file. */
  private ZipEntry entry(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw refused(
          "it must have an entry " + name + ", got none. Possible cause: another archive");
    }
    long packed = entry.getCompressedSize();
    if (packed > size || entry.getSize() / LARGEST_RATIO > packed) {
      throw refused(
          "%s must have a size that %s bytes can hold, got a claim of %s from %s"
              .formatted(name, size, entry.getSize(), packed));
    }
    return entry;
  }

  private void checkSize(String what, long bytes) throws ModelRefusedException {
    if (bytes > limits.bytes()) {
      throw refused(
          ("%s must have at most %s bytes, got %s. If intended, raise the limit with"
                  + " ModelLimits.bytes")
              .formatted(what, limits.bytes(), bytes));
    }
  }

  private CheckedInputStream open(ZipEntry entry) throws IOException {
    return new CheckedInputStream(zip.getInputStream(entry), new CRC32());
  }

  private void checkEnd(ZipEntry entry, InputStream in, CheckedInputStream checked)
      throws IOException {
    // The archive's size of an entry is also only a claim.
    if (in.read() >= 0 || checked.getChecksum().getValue() != entry.getCrc()) {
      throw refused(
          entry.getName()
              + " must have the size and the checksum that the archive claims, got others. Possible"
              + " cause: a damaged file");
    }
  }

  private ModelRefusedException damaged(String name, Exception cause) {
    return new ModelRefusedException(
        file.toString(),
        name
            + " must be complete, got: "
            + ModelRefusedException.shown(cause.getMessage())
            + ". Possible cause: a truncated or damaged file",
        cause);
  }

  private ModelRefusedException refused(String problem) {
    return new ModelRefusedException(file.toString(), problem);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
