package org.dl4jsnn.browser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.data.EventSample;
import org.dl4jsnn.examples.cli.Snn;
import org.dl4jsnn.examples.data.EmbeddedDigits;
import org.dl4jsnn.examples.plots.PretrainedNetworks;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Writes the playground into target/playground: the page, the engine with TeaVM's loader, networks
 * and samples. All binary data are text in scripts, since a page that is opened from a file can
 * read nothing else.
 */
public final class PlaygroundFiles {

  /** Where the recordings are, below the module. */
  static final Path SIMULATED = Path.of("target", "recordings");

  /** Enough for each digit to occur among those for testing, with recordings for the test. */
  static final int RECORDINGS = 100;

  private static final int DIGITS = 200;
  private static final int BITS = 8;

  private PlaygroundFiles() {}

  /** Writes all files below the folder of the module. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path module = Path.of(args[0]);
    Path web = module.resolve("src/main/web");
    Path engine = module.resolve("target/webassembly");
    Path playground = module.resolve("target/playground");
    Files.createDirectories(playground);
    try (Stream<Path> files = Files.list(web)) {
      for (Path file : files.toList()) {
        Files.writeString(playground.resolve(file.getFileName()), Files.readString(file));
      }
    }
    String loader = Files.readString(engine.resolve("classes.wasm-runtime.js"));
    String functions =
        Files.readString(web.resolve("snn.js"))
            .replace("@engine@", packed(Files.readAllBytes(engine.resolve("classes.wasm"))));
    Files.writeString(playground.resolve("snn.js"), loader + "\n" + functions);
    Path recordings = module.resolve(SIMULATED);
    if (!Files.exists(recordings)) {
      simulate(recordings);
    }
    Files.writeString(
        playground.resolve("samples.js"),
        "var Samples = { models: {}, digits: ["
            + String.join(",\n", digits())
            + "], recordings: ["
            + String.join(",\n", events(recordings))
            + "] }\n");
    write(playground.resolve("digit.js"), model(SpikingNetworks.lenet5().pretrained()));
    write(playground.resolve("camera.js"), model(PretrainedNetworks.ofRecordedDigits()));
  }

  static byte[] model(MultiLayerNetwork network) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    RuntimeExport.toBits(BITS).write(network, file);
    return file.toByteArray();
  }

  private static void write(Path script, byte[] model) throws IOException {
    String name = script.getFileName().toString().replace(".js", "");
    Files.writeString(script, "Samples.models." + name + " = '" + packed(model) + "'\n");
  }

  /** Two test digits of each class. */
  private static List<String> digits() {
    DataSet digits = EmbeddedDigits.test(DIGITS, DIGITS).next();
    INDArray labels = digits.getLabels().argMax(1);
    int[] seen = new int[10];
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < DIGITS; i++) {
      int label = labels.getInt(i);
      if (seen[label]++ < 2) {
        byte[] pixels = new byte[(int) digits.getFeatures().size(1)];
        for (int k = 0; k < pixels.length; k++) {
          pixels[k] = (byte) Math.round(255 * digits.getFeatures().getDouble(i, k));
        }
        chosen.add("{ label: " + label + ", pixels: '" + text(pixels) + "' }");
      }
    }
    return chosen;
  }

  /** Recordings of digits for testing, made once by the program that users have. */
  private static void simulate(Path folder) throws IOException, InterruptedException {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Snn.class.getName(),
                "events",
                "simulate",
                "--to=" + folder,
                "--first=20",
                "--test-first=" + RECORDINGS,
                "--quiet")
            .inheritIO()
            .start();
    if (program.waitFor() != 0) {
      throw new IOException("simulating recordings ended with " + program.exitValue());
    }
  }

  /** A recording of each digit. */
  private static List<String> events(Path folder) throws IOException {
    List<String> chosen = new ArrayList<>();
    for (EventSample sample : EventDataSet.nMnist(folder).test()) {
      if (sample.label() == chosen.size()) {
        String events = text(Files.readAllBytes(sample.file()));
        chosen.add("{ label: " + sample.label() + ", events: '" + events + "' }");
      }
    }
    return chosen;
  }

  /**
   * For large files: text of compressed bytes, which what sends the scripts can hardly compress.
   */
  private static String packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip =
        new GZIPOutputStream(packed) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      gzip.write(bytes);
    }
    return text(packed.toByteArray());
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
