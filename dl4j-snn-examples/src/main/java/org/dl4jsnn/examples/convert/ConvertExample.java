package org.dl4jsnn.examples.convert;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.convert.Scales;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.examples.support.ComputingCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.train.StopRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a non-spiking network, converts it to a spiking one, and fine-tunes that. */
@Command(
    name = "convert",
    description =
        "Train a network of stock layers, convert it to a spiking network, and fine-tune that.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ConvertExample extends ComputingCommand {

  enum Kind {
    LENET,
    VGG;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  enum Choice {
    MAXIMUM(Scales.maximum()),
    PERCENTILE(Scales.percentile(99.9)),
    MEAN_SQUARE(Scales.meanSquare());

    private final Scales scales;

    Choice(Scales scales) {
      this.scales = scales;
    }

    Scales scales() {
      return scales;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Option(
      names = "--network",
      description =
          "${COMPLETION-CANDIDATES}. lenet: digits; vgg: colour images, with batch normalisation"
              + " and maximum pooling.")
  private Kind network = Kind.LENET;

  @Option(
      names = "--data",
      description =
          "lenet: folder of the four MNIST files, default: an embedded subset; vgg: folder of"
              + " CIFAR-10's binary version.")
  private Path data;

  @Option(
      names = "--model",
      description =
          "The trained non-spiking network. If missing, it is trained and saved; a stopped "
              + "training continues. Default: target/convert-<network>.zip")
  private Path model;

  @Option(names = "--epochs", description = "Epochs of the non-spiking training.")
  private int epochs = 4;

  @Option(names = "--learning-rate", description = "Adam's peak learning rate in that training.")
  private double learningRate = 1e-3;

  @Option(names = "--train", description = "Use only the first training images; default: all.")
  private Integer train;

  @Option(names = "--test", description = "Use only the first test images; default: all.")
  private Integer test;

  @Option(names = "--batch", description = "Images per minibatch.")
  private int batch = 64;

  @Option(names = "--calibrate", description = "Training images for choosing scales.")
  private int calibration = 1024;

  @Option(names = "--scales", split = ",", description = "${COMPLETION-CANDIDATES}.")
  private List<Choice> scales = List.of(Choice.values());

  @Option(names = "--steps", split = ",", description = "Numbers of time steps T.")
  private List<Integer> steps = List.of(8, 16, 32, 64, 128, 256);

  @Option(names = "--fine-tune", description = "T of the fine-tuning with ASF-BP. 0: none.")
  private int fineTune = 8;

  @Option(names = "--fine-tune-epochs", description = "Epochs of the fine-tuning.")
  private int fineTuneEpochs = 1;

  @Option(names = "--fine-tune-rate", description = "Adam's peak learning rate.")
  private double fineTuneRate = 2e-4;

  @Option(names = "--seed", description = "Seed of weights and order.")
  private long seed = 1;

  /** Of each file of CIFAR-10; tests have smaller ones. */
  int records = CifarFiles.RECORDS;

  @Override
  public void checkOptions() {
    OptionRules.atLeast("--epochs", epochs, 1);
    OptionRules.atLeast("--batch", batch, 1);
    OptionRules.positive("--learning-rate", learningRate);
    OptionRules.positive("--fine-tune-rate", fineTuneRate);
    OptionRules.atLeast("--fine-tune", fineTune, 0);
    OptionRules.atLeast("--fine-tune-epochs", fineTuneEpochs, 1);
    steps.forEach(number -> OptionRules.atLeast("--steps", number, 1));
  }

  @Override
  protected int run() {
    ConvertedImages.Sizes sizes = new ConvertedImages.Sizes(train, test, calibration, batch);
    ConvertedImages images =
        network == Kind.LENET
            ? ConvertedImages.digits(data, sizes)
            : ConvertedImages.colour(data, records, sizes);
    Path file = model == null ? Path.of("target", "convert-" + network + ".zip") : model;
    Output output = output();
    ConversionRun run = new ConversionRun(images, file, seed, output);
    Optional<MultiLayerNetwork> trained = run.trained(epochs, learningRate);
    if (trained.isEmpty()) {
      return StopRequest.EXIT_CODE;
    }
    run.convert(trained.get(), scales, steps);
    boolean isDone =
        fineTune == 0 || run.fineTune(trained.get(), fineTune, fineTuneEpochs, fineTuneRate);
    return isDone ? 0 : StopRequest.EXIT_CODE;
  }
}
