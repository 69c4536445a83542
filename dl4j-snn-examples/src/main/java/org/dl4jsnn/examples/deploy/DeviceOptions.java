package org.dl4jsnn.examples.deploy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.CExport;
import org.dl4jsnn.deploy.FeatureRange;
import org.dl4jsnn.deploy.IntegerNetwork;
import org.dl4jsnn.deploy.IntegerQuantization;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.runtime.SpikingModel;
import picocli.CommandLine.Option;

/** How a network becomes C99 for a microcontroller. */
final class DeviceOptions {

  private static final int STREAM = 100;

  @Option(
      names = "--to-c",
      required = true,
      paramLabel = "FOLDER",
      description =
          "A folder for C99: weights and simulation in whole numbers. New, empty, or of an earlier "
              + "program of the same --name.")
  private Path folder;

  @Option(names = "--name", description = "Prefix of all names in C. Default: network")
  private String name = "network";

  @Option(
      names = "--membrane-bits",
      description =
          "Bits that membranes of convolutions and pooling must fit into: 8, 16 or 32. Fewer bits make "
              + "weights coarser. Default: 16")
  private int membraneBits = Short.SIZE;

  @Option(
      names = "--feature-bits",
      description =
          "Bits behind the point of features of a direct encoding, from 0 to 12; fewer leave more "
              + "room in the first layer's membranes. Default: 8")
  private int featureBits = 8;

  @Option(names = "--least-feature", description = "The smallest such feature. Default: -1")
  private double least = -1;

  @Option(names = "--most-feature", description = "The largest such feature. Default: 1")
  private double most = 1;

  @Option(
      names = "--steps",
      description = "The longest window. Default: that of the network, or 100")
  private Integer steps;

  @Option(names = "--flash", paramLabel = "BYTES", description = "The most bytes of flash.")
  private Integer flash;

  @Option(names = "--ram", paramLabel = "BYTES", description = "The most bytes of RAM.")
  private Integer ram;

  void check(Path to) {
    if (to != null) {
      throw new UserError("--to and --to-c exclude each other");
    }
    OptionRules.atLeast("--flash", flash, 1);
    OptionRules.atLeast("--ram", ram, 1);
    if (steps != null) {
      OptionRules.atLeast("--steps", steps, 1);
    }
    UserError.explained("", () -> CExport.named(name).features(features()));
  }

  private FeatureRange features() {
    return new FeatureRange(featureBits, least, most);
  }

  /** The steps of a network's windows; 100 if its features bring their own. */
  private static int window(NeuralNetwork network) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    RuntimeExport.inSinglePrecision().write(network, file);
    int window = SpikingModel.load(new ByteArrayInputStream(file.toByteArray())).steps();
    return window > 0 ? window : STREAM;
  }

  /** Writes the program and returns the memory that it needs. */
  String write(NeuralNetwork network, int bits) throws IOException {
    try {
      int window = steps != null ? steps : window(network);
      IntegerQuantization whole =
          IntegerQuantization.toBits(bits).membraneBits(membraneBits, window, features());
      IntegerNetwork<?> chip =
          network instanceof ComputationGraph graph
              ? whole.quantize(graph)
              : whole.quantize((MultiLayerNetwork) network);
      return CExport.named(name)
          .steps(window)
          .features(features())
          .within(flash == null ? Long.MAX_VALUE : flash, ram == null ? Long.MAX_VALUE : ram)
          .write(chip, folder);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    } catch (IOException e) {
      throw new UserError("Cannot write " + folder + ": " + e, e);
    }
  }
}
