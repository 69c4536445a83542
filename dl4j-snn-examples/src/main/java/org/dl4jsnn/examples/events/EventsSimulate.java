package org.dl4jsnn.examples.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a data set of event-camera recordings from images, without a camera. */
@Command(
    name = "simulate",
    description = "Record images with a simulated event camera.",
    footer = {"%nExample:", "  ${COMMAND-FULL-NAME} --to recordings --first 1000"})
final class EventsSimulate extends ExampleCommand {

  private static final String MNIST = "mnist";

  @Option(
      names = "--images",
      defaultValue = MNIST,
      paramLabel = "mnist|FOLDER",
      description = "The MNIST subset of the examples, or the folder of CIFAR-10's binary files.")
  private String images;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FOLDER",
      description = "Target folder of the set; must be new or empty.")
  private Path to;

  @Option(
      names = "--camera",
      description =
          "The data set whose camera, format and folders to imitate: ${COMPLETION-CANDIDATES}; "
              + "default: n-mnist for MNIST, cifar10-dvs for CIFAR-10.")
  private SimulatedSet set;

  @Option(
      names = "--first",
      paramLabel = "N",
      description = "Only the first N training images; default: all.")
  private Integer first;

  @Option(
      names = "--per-class",
      paramLabel = "N",
      description = "Only the first N training images of each class.")
  private Integer perClass;

  @Option(
      names = "--test-first",
      paramLabel = "N",
      description = "Only the first N test images; default: all. n-mnist only.")
  private Integer testFirst;

  @Option(
      names = "--incomplete",
      description =
          "Make a set for viewing even if classes are missing; dvs and others refuse to read it.")
  private boolean incomplete;

  @Option(names = "--seed", description = "Seed of the camera's thresholds and of noise.")
  private long seed = 1;

  @Option(
      names = "--threads",
      description = "Images recorded at a time; default: the number of " + "CPUs.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws InterruptedException {
    boolean digits = images.equals(MNIST);
    if (set == null) {
      set = digits ? SimulatedSet.N_MNIST : SimulatedSet.CIFAR10_DVS;
    }
    if (testFirst != null && !set.hasTestPart) {
      throw UserError.of(
          "--test-first must not be given with --camera %s, got %s: that set has no test part; use"
              + " --first for the number of recordings",
          set, testFirst);
    }
    requireNewOrEmpty(to);
    OptionRules.atLeast("--per-class", perClass, 1);
    List<CameraRun.Part> parts = new ArrayList<>();
    parts.add(part("Train", digits, false));
    if (set.hasTestPart) {
      parts.add(part("Test", digits, true));
    }
    Output output = output();
    return new CameraRun(set, parts, to, seed, output).run(threads, to);
  }

  private CameraRun.Part part(String name, boolean digits, boolean test) {
    SourceImages all = digits ? digits(test) : colours(test);
    String option = test ? "--test-first" : "--first";
    Integer asked = test ? testFirst : first;
    int count = OptionRules.first(option, asked, all.size());
    int most = test || perClass == null ? Integer.MAX_VALUE : perClass;
    if (!incomplete) {
      set.requireComplete(option, all, count, most);
    }
    return CameraRun.Part.of(name, all, count, most);
  }

  private SourceImages digits(boolean test) {
    MnistFiles files = MnistFiles.embedded();
    return SourceImages.of(test ? files.test() : files.training());
  }

  private SourceImages colours(boolean test) {
    CifarFiles files = CifarFiles.in(Path.of(images));
    return SourceImages.of(test ? files.test() : files.training());
  }

  private static void requireNewOrEmpty(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      inside
          .findAny()
          .ifPresent(
              file -> {
                throw UserError.of(
                    "--to must be a folder that is new or empty, got %s with %s in it. Possible"
                        + " cause: it contains another set",
                    folder, file.getFileName());
              });
    } catch (IOException e) {
      throw new UserError("--to must be a folder that is new or empty, got " + folder, e);
    }
  }
}
