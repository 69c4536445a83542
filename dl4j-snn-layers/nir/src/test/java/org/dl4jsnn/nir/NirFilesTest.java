package org.dl4jsnn.nir;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dl4jsnn.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NirFilesTest {

  @TempDir private Path folder;

  private static Stream<String> all() throws IOException {
    return Stream.of(NirResources.PAPER, NirResources.ours(), NirResources.exports())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldReadWhatItWroteOfEveryFile(String name) throws IOException {
    NirGraph graph = NirResources.graph(name);
    Path copy = folder.resolve("copy.nir");
    NirFiles.write(graph, copy);
    assertEquals(graph, NirFiles.read(copy));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 9, 20})
  void shouldSayThatAFileIsCutShort(int length) throws IOException {
    byte[] whole = Files.readAllBytes(NirResources.path("paper/lif_norse.nir"));
    Path cut = Files.write(folder.resolve("cut.nir"), Arrays.copyOf(whole, length));
    String message = assertThrows(IOException.class, () -> NirFiles.read(cut)).getMessage();
    assertTrue(
        message.startsWith(cut + " must be an HDF5 file, got another kind of file or a damaged"),
        message);
    assertFalse(message.contains("null"), message);
  }

  @Test
  void shouldNameTheFolderForTemporaryFilesAndNoFileInIt() {
    IOException full = new IOException("No space left on device");
    IOException gone = new NoSuchFileException(folder.resolve("graph123.nir").toString());
    String place = System.getProperty("java.io.tmpdir");
    assertEquals(
        "cannot make the graph in the temporary folder "
            + place
            + ": No space left on device. Make room there, or name another folder with"
            + " -Djava.io.tmpdir",
        GraphWriter.cannotMake(full, full).getMessage());
    assertTrue(
        GraphWriter.cannotMake(gone, gone).getMessage().contains(": there is no such folder. "));
  }

  @Test
  void shouldNameAFolderGivenAsAFile() {
    assertMessage(
        IOException.class,
        folder + ": it is a folder, but a file is needed",
        () -> NirFiles.read(folder));
  }

  @Test
  void shouldReadAnOldFileWithItsDefaults() throws IOException {
    NirGraph graph = NirResources.graph("paper/lif_norse.nir");
    int[] one = {1};
    assertEquals(
        new NirNeurons.LIF(
            NirTensor.full(one, 0.0025f),
            NirTensor.full(one, 1),
            NirTensor.full(one, 0),
            NirTensor.full(one, 0.1f),
            NirTensor.full(one, 0)),
        graph.nodes().get("1"));
    assertTrue(graph.edges().contains(new NirGraph.Edge("1", "output")));
    assertEquals(Map.of(), graph.metadata());
  }

  @Test
  void shouldReadDoublePrecisionAsIs() throws IOException {
    NirGraph graph = NirResources.graph("paper/braille_noDelay_bias_zero.nir");
    NirNeurons.CubaLIF lif = (NirNeurons.CubaLIF) graph.nodes().get("lif1.lif");
    assertEquals(0.0009999997615814777, lif.tauMembrane().getDouble(0));
    assertFalse(lif.tauMembrane().isSingle());
    assertTrue(((NirWeights.Affine) graph.nodes().get("fc1")).weight().isSingle());
  }

  @Test
  void shouldReadEveryNodeAndMetadataOfANewGzippedFile() throws IOException {
    NirGraph graph = NirResources.graph("graphs/all_nodes.nir");
    assertEquals(Map.of("author", "make_vectors.py", "über", "τ"), graph.metadata());
    NirWeights.Conv1d convolution = (NirWeights.Conv1d) graph.nodes().get("conv1d");
    assertEquals(new NirWeights.Axis(1, NirWeights.Axis.SAME, 1), convolution.axis());
    assertEquals(2, convolution.groups());
    assertEquals(6, convolution.inputLength());
    assertEquals(new NirPlumbing.Flatten(new int[] {2, 6}, 0, -1), graph.nodes().get("flat"));
    assertEquals(0.25f, ((NirNeurons.IF) graph.nodes().get("if")).reset().get(3));
    NirGraph inner = (NirGraph) graph.nodes().get("inner");
    assertEquals(3, inner.nodes().size());
    assertEquals(15, graph.nodes().size());
  }

  @Test
  void shouldReadConvolutionsAndPooling() throws IOException {
    NirGraph graph = NirResources.graph("paper/cnn_sinabs.nir");
    NirWeights.Conv2d convolution = (NirWeights.Conv2d) graph.nodes().get("0");
    assertArrayEquals(new int[] {16, 2, 5, 5}, convolution.weight().shape());
    assertEquals(new NirWeights.Axis(2, 1, 1), convolution.rows());
    assertEquals(34, convolution.inputWidth());
    NirPlumbing.Window window = new NirPlumbing.Window(2, 2, 0);
    assertEquals(new NirPlumbing.SumPool2d(window, window), graph.nodes().get("4"));
  }

  @Test
  void shouldTakeASingleNumberForAllNeurons() throws IOException {
    float[] different = {1, 2};
    NirGraph graph = read("CubaLI", "tau_syn", different, "tau_mem", 3.0, "r", 1f, "v_leak", 0L);
    NirNeurons.CubaLI read = (NirNeurons.CubaLI) graph.nodes().get("a");
    assertEquals(NirTensor.ofDoubles(new int[] {2}, 3, 3), read.tauMembrane());
    assertEquals(NirTensor.full(new int[] {2}, 0), read.leak());
    assertEquals(NirTensor.full(new int[] {2}, 1), read.inputWeight());
  }

  @Test
  void shouldTakeARowOfOneNumberForAllNeurons() throws IOException {
    NirGraph graph = read("LI", "r", new float[] {1}, "tau", new float[] {1, 2}, "v_leak", 0f);
    NirNeurons.LI read = (NirNeurons.LI) graph.nodes().get("a");
    assertEquals(NirTensor.full(new int[] {2}, 1), read.r());
    assertEquals(NirTensor.full(new int[] {2}, 0), read.leak());
  }

  @Test
  void shouldRefuseANodeByNameAndReason() {
    assertRefused("type must be a known node type, got Izhikevich", "Izhikevich");
    assertRefused("type must be a text", new int[] {3});
    assertRefused("weight must be there", "Linear");
    assertRefused("bias must have 2", "Affine", "weight", new float[2][3], "bias", new float[3]);
    assertRefused("weight must be numbers", "Linear", "weight", "heavy");
    assertRefused("shape of the layer", "IF", "r", new float[2], "v_threshold", new float[3]);
    assertRefused("kernel size", "SumPool2d", "kernel_size", new long[] {0, 2});
  }

  @Test
  void shouldRefuseOtherFiles() throws IOException {
    Path text = Files.writeString(folder.resolve("text.nir"), "no HDF5 at all");
    NirFileException failure = assertThrows(NirFileException.class, () -> NirFiles.read(text));
    assertEquals(text.toString(), failure.file());
    assertTrue(failure.getMessage().contains("must be an HDF5 file"), failure.getMessage());
    Path other = folder.resolve("other.h5");
    try (WritableHdfFile hdf = HdfFile.write(other)) {
      hdf.putDataset("version", "1.0");
    }
    Messages.assertRefused(
        NirFileException.class, () -> NirFiles.read(other), "node must be there");
  }

  @Test
  void shouldRefuseToWriteWhatTheFormatCannotHold() throws IOException {
    Path file = Files.writeString(folder.resolve("kept.nir"), "old");
    NirNode input = new NirPlumbing.Input(2);
    List<NirGraph.Edge> edges = List.of(new NirGraph.Edge("in", "out"));
    NirGraph unknown = new NirGraph(Map.of("in", input, "out", new NirPlumbing.Output()), edges);
    assertThrows(NirRefusedException.class, () -> NirFiles.write(unknown, file));
    NirGraph alone = new NirGraph(Map.of("in", input), List.of());
    assertThrows(NirRefusedException.class, () -> NirFiles.write(alone, file));
    NirGraph slash =
        new NirGraph(Map.of("in", input, "a/b", input), List.of(new NirGraph.Edge("in", "a/b")));
    assertThrows(NirRefusedException.class, () -> NirFiles.write(slash, file));
    for (boolean rows : new boolean[] {true, false}) {
      NirWeights.Axis same = new NirWeights.Axis(1, NirWeights.Axis.SAME, 1);
      NirWeights.Axis none = new NirWeights.Axis(1, 0, 1);
      NirNode half =
          new NirWeights.Conv2d(
              0,
              0,
              NirTensor.full(new int[] {1, 1, 3, 3}, 1),
              NirTensor.full(new int[] {1}, 0),
              rows ? same : none,
              rows ? none : same,
              1);
      NirGraph graph = new NirGraph(Map.of("in", input, "out", half), edges);
      NirRefusedException refused =
          assertThrows(NirRefusedException.class, () -> NirFiles.write(graph, file));
      assertEquals("out", refused.node());
      assertTrue(refused.getMessage().contains(rows ? "rows" : "columns"), refused.getMessage());
    }
    assertEquals("old", Files.readString(file));
  }

  @Test
  void shouldRefuseMoreNodesThanAFileMayHave() throws IOException {
    Map<String, NirNode> nodes = new LinkedHashMap<>();
    for (int i = 0; i < 3400; i++) {
      nodes.put("n" + i, new NirWeights.Scale(NirTensor.full(new int[] {1}, 1)));
    }
    Path file = folder.resolve("many.nir");
    NirFiles.write(new NirGraph(nodes, List.of(new NirGraph.Edge("n0", "n1"))), file);
    Messages.assertRefused(
        NirFileException.class, () -> NirFiles.read(file), "at most 10000 groups and data sets");
  }

  private void assertRefused(String reason, Object type, Object... dataSets) {
    Messages.assertRefused(NirFileException.class, () -> read(type, dataSets), "node a", reason);
  }

  /** A graph of an input and a node of a type, and of data sets that follow their names. */
  private NirGraph read(Object type, Object... dataSets) throws IOException {
    Path file = folder.resolve("made.nir");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("version", "1.0");
      WritableGroup graph = hdf.putGroup("node");
      graph.putDataset("type", "NIRGraph");
      graph.putDataset("edges", new String[][] {{"in", "a"}});
      WritableGroup nodes = graph.putGroup("nodes");
      WritableGroup input = nodes.putGroup("in");
      input.putDataset("type", "Input");
      input.putDataset("shape", new long[] {2});
      WritableGroup node = nodes.putGroup("a");
      node.putDataset("type", type);
      for (int i = 0; i < dataSets.length; i += 2) {
        node.putDataset((String) dataSets[i], dataSets[i + 1]);
      }
    }
    return NirFiles.read(file);
  }

  /** Edges in gzipped chunks, and unsigned numbers of 64 bits. */
  @Test
  void shouldReadTheFileOfAnotherWriter() throws IOException {
    NirGraph graph = NirResources.graph("graphs/another_writer.nir");
    assertEquals(
        List.of(new NirGraph.Edge("in", "conv"), new NirGraph.Edge("conv", "out")), graph.edges());
    assertArrayEquals(new int[] {2, 5}, ((NirPlumbing.Input) graph.nodes().get("in")).shape());
    assertEquals(
        new NirWeights.Axis(1, 1, 1), ((NirWeights.Conv1d) graph.nodes().get("conv")).axis());
  }
}
