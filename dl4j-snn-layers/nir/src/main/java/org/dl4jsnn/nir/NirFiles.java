package org.dl4jsnn.nir;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.event.DamagedHdf5;
import org.dl4jsnn.internal.io.SizedFiles;

/**
 * Files of the Neuromorphic Intermediate Representation: HDF5 with a group {@code node} that is the
 * graph, and a text {@code version}.
 *
 * <pre>{@code
 * NirGraph graph = NirFiles.read(file);
 * NirFiles.write(graph, Path.of("copy.nir"));
 * }</pre>
 *
 * <p>Old files are read as their programs read them: a missing v_reset is 0, a missing w_in is 1,
 * and missing metadata is empty. Numbers may have single or double precision or be integers, and
 * one number may apply to all neurons of a layer; data sets may be gzipped, texts of fixed or
 * varying length. Links are not followed, and a graph with more than 512 MiB of numbers is refused.
 */
public final class NirFiles {

  /** The deepest nesting of graphs. */
  static final int DEPTH = 16;

  private NirFiles() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its graph
   * @throws NirFileException if it is damaged, has another layout, or has an unknown node
   * @throws IOException if it cannot be read
   */
  public static NirGraph read(Path file) throws IOException {
    byte[] bytes = SizedFiles.data(Require.given("file", file));
    try (HdfFile hdf = open(file, bytes)) {
      Hdf5Group root = new Hdf5Group(file, "the file", hdf, new Hdf5Group.Hdf5Budget(bytes.length));
      if (!root.has("node")) {
        throw root.failure(
            "node must be there, got "
                + root.names()
                + ". Possible cause: an HDF5 file without a graph");
      }
      return new NodeReader(root.group("node", "node")).graph();
    }
  }

  private static HdfFile open(Path file, byte[] bytes) throws NirFileException {
    try {
      return HdfFile.fromByteBuffer(ByteBuffer.wrap(bytes));
    } catch (RuntimeException | StackOverflowError e) {
      throw new NirFileException(
          file,
          " must be an HDF5 file, got another kind of file or a damaged one: "
              + DamagedHdf5.reason(e),
          e);
    }
  }

  /**
   * Writes a file that other programs can read. An existing file is replaced, or kept if writing
   * fails. All parameters have full shape.
   *
   * @param graph the graph
   * @param file the file to write
   * @throws IllegalArgumentException if the format cannot hold a node, such as an output of unknown
   *     shape
   * @throws IOException if it cannot be written
   */
  public static void write(NirGraph graph, Path file) throws IOException {
    new GraphWriter(Require.given("graph", graph)).write(Require.given("file", file));
  }
}
