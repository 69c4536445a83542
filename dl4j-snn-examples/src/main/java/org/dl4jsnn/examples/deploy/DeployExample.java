package org.dl4jsnn.examples.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.deploy.WeightQuantization;
import org.dl4jsnn.examples.support.AnyNetwork;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.zoo.SpikingNetworks;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Writes a trained network as a compact model file for the runtime, or as C for a device. */
@Command(
    name = "deploy",
    description =
        "Write a trained network as a model file that runs without Deeplearning4j, or as C99 for a "
            + "microcontroller.",
    showDefaultValues = true,
    subcommands = StartupCommand.class)
public final class DeployExample extends ExampleCommand {

  private static final int SINGLE_PRECISION = 32;
  private static final int MOST_BITS = 16;
  private static final int DEVICE_BITS = 8;

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL.zip",
      description = "The trained network; default: the library's LeNet5 for digits.")
  private Path model;

  @Option(
      names = "--bits",
      description = "Bits per weight, from 2 to 16; 32: single precision. Default: 32, of C 8.",
      showDefaultValue = Visibility.NEVER)
  private Integer givenBits;

  private int bits;

  @Option(
      names = "--to",
      description =
          "The model file to write, for the runtime; or FILE.zip for the library, a network with "
              + "rounded weights.")
  private Path to;

  @ArgGroup(exclusive = false, heading = "C99 for a microcontroller:%n")
  private DeviceOptions device;

  @Override
  public void checkOptions() {
    if (to == null && device == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--to=<to>' or '--to-c=<folder>'");
    }
    bits = givenBits != null ? givenBits : device != null ? DEVICE_BITS : SINGLE_PRECISION;
    if (device != null) {
      OptionRules.within("--bits", bits, 2, MOST_BITS);
      device.check(to);
      if (model != null) {
        OptionRules.model(model);
      }
      return;
    }
    OptionRules.target("--to", to, model);
    if (bits != SINGLE_PRECISION && (bits < 2 || bits > MOST_BITS)) {
      throw new UserError("--bits must be from 2 to 16, or 32, got " + bits);
    }
    if (bits == SINGLE_PRECISION && isForLibrary()) {
      throw new UserError(
          "--bits must be from 2 to 16 for "
              + to
              + ", got 32. A model in single precision is a zip already");
    }
    if (model != null) {
      OptionRules.model(model);
    }
  }

  private boolean isForLibrary() {
    return to.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  @Override
  public Integer call() throws IOException {
    checkOptions();
    NeuralNetwork network = network();
    if (device != null) {
      output().print("%s", device.write(network, bits));
      return 0;
    }
    if (isForLibrary()) {
      return round(network);
    }
    RuntimeExport export =
        bits == SINGLE_PRECISION ? RuntimeExport.inSinglePrecision() : RuntimeExport.toBits(bits);
    try {
      export.write(network, to);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    } catch (IOException e) {
      throw new UserError("Cannot write " + to + ": " + e, e);
    }
    SpikingModel written = SpikingModel.load(to);
    output().print("%s, %,d bytes: %s", to.toAbsolutePath(), Files.size(to), written);
    return 0;
  }

  private int round(NeuralNetwork network) throws IOException {
    WeightQuantization rounding = WeightQuantization.toBits(bits);
    Model rounded = (Model) UserError.explained("", () -> AnyNetwork.rounded(network, rounding));
    ModelFile.save(rounded, to);
    output().print("%s, %,d bytes: weights of %d bits", to.toAbsolutePath(), Files.size(to), bits);
    return 0;
  }

  private NeuralNetwork network() {
    if (model == null) {
      return SpikingNetworks.lenet5().pretrained();
    }
    return SavedNetwork.load(model);
  }
}
