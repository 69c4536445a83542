package org.dl4jsnn.examples.train;

import java.nio.file.Path;
import java.util.Map;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.support.ComputingCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.image.ImageAugmentation;
import org.dl4jsnn.train.TrainingData;
import org.dl4jsnn.zoo.SpikingNetworks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains the published LeNet5 on handwritten digits, saves it and loads it again. */
@Command(name = "mnist", description = "Train LeNet5 on MNIST with ASF-BP.")
public final class MnistExample extends ComputingCommand {

  @Mixin
  private final TrainingOptions options =
      new TrainingOptions(Path.of("target", "mnist-lenet5.zip"), 5, 64, 8.5e-4);

  @Mixin private final NetworkOptions network = new NetworkOptions(20, 1);

  @Mixin private final StartOptions start = new StartOptions();

  /** As published by Simard et al.; {@link ImageAugmentation#elastic}. */
  private static final double ELASTIC_SMOOTHNESS = 4;

  static final class Known extends Recipes {

    private static final String PAPER =
        "--steps 400 --encoding poisson --threshold 1 --loss squared-error --batch 64"
            + " --learning-rate 8.5e-4 --schedule step --epochs 125";

    private static final String DIGITS =
        FEW_STEPS
            + "--weight-decay 5e-2 --rotate 15 --scale 0.15 --shear 0.2 --shift 2 --batch 64 ";

    private static final String BEST = DIGITS + "--steps 12 --learning-rate 3e-3 --epochs 40";

    private static final String SPARSE =
        DIGITS + "--steps 2 --price 2e-7 --learning-rate 1e-3 --epochs 10";

    Known() {
      super(Map.of("paper", PAPER, "best", BEST, "sparse", SPARSE));
    }
  }

  @Option(
      names = "--recipe",
      preprocessor = Known.class,
      description =
          "paper: the published settings; best: those of docs/reports/mnist.md; sparse: fewer steps"
              + " and spikes for a network that best has trained, given by --from. It stands for"
              + " other options; options given explicitly take precedence.")
  private String recipe;

  @Option(names = "--seed", description = "Seed of weights, spikes and order.")
  private long seed = 1;

  @Option(
      names = "--data",
      description =
          "Folder of the four MNIST (or Fashion-MNIST) files, gzipped or not; default: an embedded"
              + " subset of 12,000 training and 2,000 test digits.")
  private Path data;

  @Option(
      names = "--shift",
      description = "Move training images randomly by at most this many pixels along each axis.")
  private int shift = 0;

  @Option(
      names = "--rotate",
      description = "Rotate training digits by at most this many degrees either way.")
  private double degrees = 0;

  @Option(
      names = "--scale",
      description = "Scale training digits up or down by at most this share.")
  private double scale = 0;

  @Option(
      names = "--shear",
      description = "Shear training digits by at most this many columns per row.")
  private double shear = 0;

  @Option(
      names = "--elastic",
      description =
          "Distort training digits elastically; standard deviation of a pixel's displacement along"
              + " each axis, in pixels.")
  private double elastic = 0;

  @Override
  public void checkOptions() {
    options.check();
    network.complete(false);
    network.check();
    network.requireTeacherKept(options);
    start.check(options);
    OptionRules.notNegative("--elastic", elastic);
    OptionRules.within("--shift", shift, 0, Digits.SIDE - 1);
    augmentation(); // refuses values out of range before any file is moved
    OptionRules.atLeast("--threads", threads, 1);
    if (data != null) {
      MnistFiles.in(data).requireAll();
    }
  }

  @Override
  protected int run() {
    MnistFiles files = MnistFiles.in(data);
    Output output = output();
    Digits all = files.training();
    TrainingData images =
        options.split(files, all, files.test(), epoch -> augmentation(), network, output);
    return new TrainingProgram(
            options,
            images,
            rates ->
                start.network(
                    () -> network.spiking(SpikingNetworks.lenet5(), rates, seed),
                    network,
                    rates,
                    options.calibration(all)),
            output)
        .run();
  }

  private ImageAugmentation augmentation() {
    return elastic == 0
        ? affine()
        : ImageAugmentation.chain(
            ImageAugmentation.elastic(elastic, ELASTIC_SMOOTHNESS, 0), affine());
  }

  private ImageAugmentation affine() {
    if (degrees == 0 && scale == 0 && shear == 0) {
      return shift == 0 ? ImageAugmentation.none() : ImageAugmentation.shift(shift, 0);
    }
    return UserError.explained(
        "--rotate, --scale, --shear: ",
        () -> ImageAugmentation.affine(degrees, scale, shear, shift, 0));
  }
}
