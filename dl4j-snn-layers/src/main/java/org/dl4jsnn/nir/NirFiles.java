package org.dl4jsnn.nir;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.io.SizedFiles;

/**
 * Files of the Neuromorphic Intermediate Representation: HDF5 with a group {@code node} that is the
 * graph, and a text {@code version}.
 *
 * <p>Old files are read as their programs read them: v_reset that is not there is 0, w_in 1, and
 * metadata none. Numbers may be of single or double precision, whole, or single numbers for all
 * neurons of a layer; data sets may be gzipped, texts of fixed or varying length. A link is not
 * followed, and a graph of more than 512 MiB of numbers is not read.
 */
public final class NirFiles {

  /** Deepest graph in graphs that is read. */
  static final int DEPTH = 16;

  private NirFiles() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its graph
   * @throws NirFileException if it is damaged, has another layout, or a node that is not known
   * @throws IOException if it cannot be read
   */
  public static NirGraph read(Path file) throws IOException {
    byte[] bytes = SizedFiles.data(Require.given("file", file));
    try (HdfFile hdf = open(file, bytes)) {
      Hdf5Group root = new Hdf5Group(file, "the file", hdf, new Hdf5Budget(bytes.length));
      if (!root.has("node")) {
        throw root.failure(
            "node must be there, got "
                + root.names()
                + ". Possible cause: HDF5 of another kind, not a graph");
      }
      return new NodeReader(root.group("node", "node")).graph();
    }
  }

  private static HdfFile open(Path file, byte[] bytes) throws NirFileException {
    try {
      return HdfFile.fromByteBuffer(ByteBuffer.wrap(bytes));
    } catch (RuntimeException | StackOverflowError e) {
      throw new NirFileException(
          file, "must be an HDF5 file, got " + e.getMessage() + ". Possible cause: damage", e);
    }
  }

  /**
   * Writes a file, in place of the one that is there, which stays if this fails. All parameters are
   * in full shape; other programs read it.
   *
   * @param graph the graph
   * @param file where to
   * @throws IllegalArgumentException if the format cannot hold a node, such as an output whose
   *     shape is not known
   * @throws IOException if it cannot be written
   */
  public static void write(NirGraph graph, Path file) throws IOException {
    new GraphWriter(Require.given("graph", graph)).write(Require.given("file", file));
  }
}
