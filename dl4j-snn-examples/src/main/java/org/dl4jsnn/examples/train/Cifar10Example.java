package org.dl4jsnn.examples.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.examples.data.ColourImages;
import org.dl4jsnn.examples.support.ComputingCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.image.AutoAugment;
import org.dl4jsnn.image.ImageAugmentation;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.train.TrainingData;
import org.dl4jsnn.train.TrainingFiles;
import org.dl4jsnn.zoo.ImageNetwork;
import org.dl4jsnn.zoo.NetworkNotation;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains the published VGG7 on CIFAR-10 and saves it after every epoch. */
@Command(name = "cifar10", description = "Train VGG7 on CIFAR-10 with ASF-BP.")
public final class Cifar10Example extends ComputingCommand {

  @Mixin
  private final TrainingOptions options =
      new TrainingOptions(Path.of("target", "cifar10-vgg7.zip"), 10, 100, 5e-4);

  @Mixin private final NetworkOptions network = new NetworkOptions(100, 2);

  /** Records per file; tests use smaller files. */
  int records = CifarFiles.RECORDS;

  /** Those of VGG7, unless a test asks for narrower ones. */
  NetworkNotation layers = SpikingNetworks.vgg7().layers();

  private static final InputType IMAGES =
      InputType.convolutional(ColourImages.SIDE, ColourImages.SIDE, ColourImages.CHANNELS);

  static final class Known extends Recipes {

    private static final String PAPER =
        "--steps 100 --encoding poisson --threshold 2 --loss squared-error --batch 100"
            + " --learning-rate 5e-4 --schedule step --epochs 100";

    private static final String BEST =
        "--steps 4 --encoding direct --threshold 2 --normalize --soft-reset --initial-membrane 0.5"
            + " --saturation-gate --loss cross-entropy --label-smoothing 0.1 --l2 0"
            + " --weight-decay 1e-1 --augmentation crops --cutout 16 --batch 100"
            + " --learning-rate 2e-3 --schedule cosine --warm-up 500 --average-weights 0.999"
            + " --epochs 36";

    Known() {
      super(Map.of("paper", PAPER, "best", BEST));
    }
  }

  /** Training images that a network to start from is calibrated with. */
  private static final int CALIBRATION = 1000;

  @Option(
      names = "--recipe",
      preprocessor = Known.class,
      description =
          "paper: the published settings; best: those of the table in docs/results.md. It stands"
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
      names = "--from",
      description =
          "A trained network whose weights training starts with. One with spikes must have the "
              + "layers of the new network, whose neurons are those of the other options; folded "
              + "normalisation is unfolded. One trained with "
              + "--conventional is converted to spikes: it keeps its loss and its seed, and its "
              + "layers get neurons with threshold 1, without leak; --steps and "
              + "--saturation-gate apply, other options of neurons do not.")
  private Path from;

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
    options.from = from;
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
    network.check();
    if (from != null) {
      OptionRules.model(from);
      OptionRules.apart(
          "--from", from, conventional, "with --conventional, which trains without spikes");
      boolean isResumed = options.resume != null;
      OptionRules.apart("--from", from, isResumed, "with --resume, " + TrainingOptions.TRAINED);
      OptionRules.apart(
          "--balance", options.balance, true, "with --from, " + TrainingOptions.TRAINED);
      requireApartFromTheTraining();
    }
  }

  /** The training sets such files aside, and overwrites those set aside before. */
  private void requireApartFromTheTraining() {
    Path model = options.model;
    Path start = from.toAbsolutePath().normalize();
    for (Path own : List.of(model, TrainingFiles.average(model), TrainingFiles.best(model))) {
      Path written = own.toAbsolutePath().normalize();
      if (start.equals(written) || start.equals(Path.of(written + ".old"))) {
        throw new UserError(
            "--from must name a file that the training does not replace, got "
                + from
                + ". Copy it first, or choose another --model");
      }
    }
  }

  @Override
  protected int run() {
    CifarFiles files = CifarFiles.in(data, records);
    ColourImages training = files.training();
    ColourImages all = training.take(OptionRules.first("--train", train, training.size()));
    ColourImages unseen = files.test();
    unseen = unseen.take(OptionRules.first("--test", test, unseen.size()));
    Output output = output();
    TrainingData images = options.split(files, all, unseen, this::augmentation, network, output);
    ColourImages calibration = all.take(Math.min(CALIBRATION, images.trainingSize()));
    return new TrainingProgram(options, images, rates -> newNetwork(rates, calibration), output)
        .run();
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

  private ImageNetwork published() {
    return SpikingNetworks.vgg7().layers(layers.text());
  }

  private MultiLayerNetwork newNetwork(ISchedule learningRates, ColourImages samples) {
    if (from != null) {
      return startFrom(ModelFile.load(from), learningRates, samples.inOrder(options.batch));
    }
    if (conventional) {
      return network.conventional(layers, IMAGES, learningRates, seed);
    }
    return network.applyTo(published(), learningRates, seed).init();
  }

  private MultiLayerNetwork startFrom(
      MultiLayerNetwork trained, ISchedule learningRates, DataSetIterator calibration) {
    if (SpikingStart.isSpiking(trained)) {
      MultiLayerNetwork fresh = network.applyTo(published(), learningRates, seed).init();
      return SpikingStart.of(from, trained, fresh, calibration);
    }
    if (network.dropout > 0) {
      throw new UserError(
          "--dropout must be 0 with --from and a network without spikes, whose layers are kept, got"
              + " "
              + network.dropout);
    }
    return SpikingStart.converted(trained, calibration, network, learningRates);
  }
}
