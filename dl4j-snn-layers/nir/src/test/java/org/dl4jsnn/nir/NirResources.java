package org.dl4jsnn.nir;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The files of the paper, our own graphs and those of programs, and their answers; see
 * make_vectors.py.
 */
public final class NirResources {

  /** The files of the paper. */
  public static final List<String> PAPER =
      List.of(
          "paper/braille_noDelay_bias_zero.nir",
          "paper/braille_noDelay_noBias_subtract.nir",
          "paper/cnn_sinabs.nir",
          "paper/lif_norse.nir",
          "paper/lif_rockpool.nir",
          "paper/two_lif_neurons.nir");

  /** Read once: tests ask for every array by itself. */
  private static Map<String, NumpyArray> vectors;

  private NirResources() {}

  /** A resource. */
  public static Path path(String name) {
    try {
      return Path.of(NirResources.class.getResource("/nir/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The graph of a file. */
  public static NirGraph graph(String name) throws IOException {
    return NirFiles.read(path(name));
  }

  /** Our own graphs. */
  static List<String> ours() throws IOException {
    return in("graphs");
  }

  /** What programs exported. */
  static List<String> exports() throws IOException {
    return in("exports");
  }

  private static List<String> in(String folder) throws IOException {
    try (Stream<Path> files = Files.list(path(folder))) {
      return files.map(file -> folder + "/" + file.getFileName()).sorted().toList();
    }
  }

  /** The arrays of vectors.npz by name. */
  static synchronized Map<String, NumpyArray> vectors() throws IOException {
    if (vectors == null) {
      vectors = Map.copyOf(readVectors());
    }
    return vectors;
  }

  private static Map<String, NumpyArray> readVectors() throws IOException {
    Map<String, NumpyArray> arrays = new HashMap<>();
    try (InputStream in = Files.newInputStream(path("vectors.npz"));
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        arrays.put(entry.getName().replace(".npy", ""), NumpyArray.of(zip.readAllBytes()));
      }
    }
    return arrays;
  }
}
