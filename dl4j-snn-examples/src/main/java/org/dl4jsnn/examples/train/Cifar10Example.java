package org.dl4jsnn.examples.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.examples.data.ColourImages;
import org.dl4jsnn.examples.support.ComputingCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.image.AutoAugment;
import org.dl4jsnn.image.ImageAugmentation;
import org.dl4jsnn.train.TrainingData;
import org.dl4jsnn.zoo.NetworkNotation;
import org.dl4jsnn.zoo.ResidualJoin;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains the published VGG7, or another network, on CIFAR-10 and saves it after every epoch. */
@Command(
    name = "cifar10",
    description = "Train VGG7, a residual network or another one on CIFAR-10 with ASF-BP.")
public final class Cifar10Example extends ComputingCommand {

  @Mixin
  private final TrainingOptions options =
      new TrainingOptions(Path.of("target", "cifar10.zip"), 10, 100, 5e-4);

  @Mixin private final NetworkOptions network = new NetworkOptions(100, 2);

  @Mixin private final StartOptions start = new StartOptions();

  /** Records per file; tests use smaller files. */
  int records = CifarFiles.RECORDS;

  @Option(
      names = "--network",
      description =
          "vgg7, resnet, or layers in their notation, such as 64C3-AP2-128C3-MP2-1024; with "
              + "residual blocks 32C3-32B3-64B3/2-GAP.")
  String layers = "vgg7";

  @Option(
      names = "--join",
      description =
          "How residual blocks join their shortcut: ${COMPLETION-CANDIDATES}. The first three "
              + "are SEW-ResNet's, of spikes; currents, the default, is MS-ResNet's. With "
              + "--conventional, a ReLU follows the sums of add, and none those of currents.")
  private ResidualJoin join;

  private static final InputType IMAGES =
      InputType.convolutional(ColourImages.SIDE, ColourImages.SIDE, ColourImages.CHANNELS);

  static final class Known extends Recipes {

    private static final String PAPER =
        "--steps 100 --encoding poisson --threshold 2 --loss squared-error --batch 100"
            + " --learning-rate 5e-4 --schedule step --epochs 100";

    private static final String IMAGES =
        FEW_STEPS + "--weight-decay 1e-1 --augmentation crops --cutout 16 --batch 100 ";

    private static final String BEST = IMAGES + "--steps 4 --learning-rate 2e-3 --epochs 36";

    private static final String SPARSE =
        IMAGES + "--steps 2 --price 2e-9 --learning-rate 5e-4 --epochs 12";

    Known() {
      super(Map.of("paper", PAPER, "best", BEST, "sparse", SPARSE));
    }
  }

  @Option(
      names = "--recipe",
      preprocessor = Known.class,
      description =
          "paper: the published settings; best: those of docs/reports/cifar10.md; sparse: fewer"
              + " steps and spikes for a network that best has trained, given by --from. It stands"
              + " for other options; options given explicitly take precedence.")
  private String recipe;

  @Option(
      names = "--data",
      description =
          "Folder of the six files of CIFAR-10's binary version; without it, the program says "
              + "where to get them.")
  private Path data;

  @Option(names = "--seed", description = "Seed of weights, spikes, order and augmentation.")
  private long seed = 1;

  @Option(names = "--train", description = "Use only the first training images; default: all.")
  private Integer train;

  @Option(names = "--test", description = "Use only the first test images; default: all.")
  private Integer test;

  @Option(
      names = "--conventional",
      description =
          "Train the same layers without spikes, with batch normalisation and ReLU, for "
              + "comparison. Options of neurons, steps and loss are then ignored.")
  private boolean conventional;

  @Option(
      names = "--augmentation",
      description =
          "Augmentation of training images: ${COMPLETION-CANDIDATES}. crops: randomly moved and "
              + "mirrored, as published; auto: also AutoAugment's policy.")
  private Augmentation augmentation = Augmentation.CROPS;

  @Option(
      names = "--no-augmentation",
      description = "Do not change training images, whatever --augmentation and --cutout say.")
  private boolean plain;

  @Option(
      names = "--cutout",
      description = "Rows and columns of a grey square in each augmented training image. 0: none.")
  private int cutout = 0;

  @Option(
      names = "--plain-epochs",
      description = "How many of the last epochs leave training images unchanged.")
  private int plainEpochs = 0;

  @Override
  public void checkOptions() {
    if (data == null) {
      throw new UserError(
          "--data must name the folder of CIFAR-10, got none. "
              + CifarFiles.HOW_TO_GET
              + ". Then: snn train cifar10 --data cifar-10-batches-bin");
    }
    options.isSpiking = !conventional;
    options.ofSize = "--hold-out, --train, --batch";
    options.check();
    OptionRules.within("--plain-epochs", plainEpochs, 0, options.epochs);
    OptionRules.within("--cutout", cutout, 0, ColourImages.SIDE);
    // A recipe brings a cutout along, which nobody asked for.
    if (cutout > 0 && augmentation == Augmentation.NONE && recipe == null) {
      throw new UserError(
          "--cutout must be 0 with --augmentation none, which leaves training images unchanged,"
              + " got "
              + cutout);
    }
    boolean isResidual = notation().hasBlocks();
    network.complete(isResidual);
    network.check();
    network.requireTeacherKept(options);
    if (join != null) {
      OptionRules.apart("--join", join, !isResidual, "without residual blocks in --network");
      boolean compares = join == ResidualJoin.AND || join == ResidualJoin.IAND;
      OptionRules.apart(
          "--join", join, conventional && compares, "with --conventional, which has no spikes");
    }
    start.check(options);
    OptionRules.apart(
        "--from", start.from, conventional, "with --conventional, which trains without spikes");
  }

  @Override
  protected int run() {
    CifarFiles files = CifarFiles.in(data, records);
    ColourImages training = files.training();
    ColourImages all = training.range(0, OptionRules.first("--train", train, training.size()));
    ColourImages unseen = files.test();
    unseen = unseen.range(0, OptionRules.first("--test", test, unseen.size()));
    Output output = output();
    TrainingData images = options.split(files, all, unseen, this::augmentation, network, output);
    return new TrainingProgram(options, images, rates -> newNetwork(rates, all), output).run();
  }

  private ImageAugmentation augmentation(int epoch) {
    if (plain || augmentation == Augmentation.NONE || epoch >= options.epochs - plainEpochs) {
      return ImageAugmentation.none();
    }
    List<ImageAugmentation> parts = new ArrayList<>();
    parts.add(ColourImages.CROPS_AND_FLIPS);
    if (augmentation == Augmentation.AUTO) {
      parts.add(AutoAugment.cifar10());
    }
    if (cutout > 0) {
      parts.add(ImageAugmentation.cutout(cutout, ColourImages.MEAN_VALUE));
    }
    return ImageAugmentation.chain(parts.toArray(new ImageAugmentation[0]));
  }

  /** The augmentation of training images. */
  enum Augmentation {
    NONE,
    CROPS,
    AUTO;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private NetworkNotation notation() {
    return switch (layers) {
      case "vgg7" -> SpikingNetworks.vgg7().layers();
      case "resnet" -> SpikingNetworks.sewResNet().layers();
      default -> UserError.explained("--", () -> NetworkNotation.parse(layers));
    };
  }

  private Model newNetwork(ISchedule learningRates, ColourImages all) {
    NetworkNotation notation = notation();
    ResidualJoin joined = join == null ? ResidualJoin.CURRENTS : join;
    if (conventional) {
      return network.conventional(notation, joined, IMAGES, learningRates, seed);
    }
    return start.network(
        () ->
            notation.hasBlocks()
                ? network.spiking(
                    SpikingNetworks.msResNet().layers(notation.text()).join(joined),
                    learningRates,
                    seed)
                : network.spiking(
                    SpikingNetworks.vgg7().layers(notation.text()), learningRates, seed),
        network,
        learningRates,
        options.calibration(all));
  }
}
