package org.dl4jsnn.examples.convert;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.convert.ConvertedNetwork;
import org.dl4jsnn.convert.Scales;
import org.dl4jsnn.convert.SpikingConversion;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.examples.support.ComputingCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.train.LearningRateSchedule;
import org.dl4jsnn.train.StopRequest;
import org.dl4jsnn.train.Training;
import org.dl4jsnn.train.TrainingException;
import org.dl4jsnn.train.TrainingFiles;
import org.dl4jsnn.train.TrainingObserver;
import org.dl4jsnn.train.TrainingResult;
import org.dl4jsnn.train.TrainingSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a non-spiking network, converts it to a spiking one, and fine-tunes that. */
@Command(
    name = "convert",
    description =
        "Train a network of stock layers, convert it to a spiking network, and fine-tune that.")
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

    final Scales scales;

    Choice(Scales scales) {
      this.scales = scales;
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

  /** The steps of the example and their output. */
  record ConversionRun(ConvertedImages images, Path model, long seed, Output output) {
    private static final double PERCENT = 100;
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMinutes(2);

    /**
     * The non-spiking network, trained unless its file is already complete; empty if it was
     * stopped.
     */
    Optional<MultiLayerNetwork> trained(int epochs, double learningRate) {
      MultiLayerNetwork network = new MultiLayerNetwork(images.network().of(learningRate, seed));
      network.init();
      Optional<MultiLayerNetwork> trained = train(network, model, epochs, learningRate, true);
      trained.ifPresent(
          done -> output.print("Without spikes: test accuracy %.2f %%", PERCENT * accuracy(done)));
      return trained;
    }

    /** Empty if it was stopped. */
    private Optional<MultiLayerNetwork> train(
        MultiLayerNetwork network, Path file, int epochs, double learningRate, boolean resumes) {
      int minibatches =
          (images.training().trainingSize() + images.training().batch() - 1)
              / images.training().batch();
      TrainingSettings settings =
          TrainingSettings.savingTo(TrainingFiles.of("--model", file))
              .epochs(epochs)
              .learningRates(LearningRateSchedule.COSINE.of(learningRate, epochs, minibatches, 0))
              .checkpointEvery(BETWEEN_CHECKPOINTS);
      try (StopRequest stop = StopRequest.onSignal(this::printStop);
          Training training =
              Training.open(
                  settings, images.training(), new SameMinibatches(minibatches, epochs))) {
        TrainingResult<MultiLayerNetwork> result =
            resumes ? training.beginOrResume(network, stop) : training.begin(network, stop);
        MultiLayerNetwork trained = result.network();
        if (stop.isRequested()) {
          output.print(
              resumes
                  ? "Stopped. To continue, run the same command again"
                  : "Stopped. The same command fine-tunes from the beginning");
          return Optional.empty();
        }
        return Optional.of(trained);
      } catch (TrainingException e) {
        throw new UserError(e.getMessage(), e);
      }
    }

    private void printStop() {
      output.progress(
          "%nStopping after this minibatch; press Ctrl-C again to stop at once without saving");
    }

    /** The learning rate follows a cosine over the minibatches of all epochs. */
    private record SameMinibatches(int ofAnEpoch, int allEpochs) implements TrainingObserver {

      @Override
      public void resumed(Path file, Model network, int epochs, int minibatches) {
        int done = ((MultiLayerNetwork) network).getIterationCount();
        long now = (long) epochs * ofAnEpoch + minibatches;
        if (epochs < allEpochs && done != now) {
          throw UserError.of(
              "--batch and --train must be those that %s was trained with: it has done %,d"
                  + " minibatches, which would be %,d now",
              file, done, now);
        }
      }
    }

    private double accuracy(MultiLayerNetwork network) {
      return network.evaluate(images.training().test()).accuracy();
    }

    /** Prints the accuracy by T for each choice of scales, and the report of one conversion. */
    void convert(
        MultiLayerNetwork trained, List<ConvertExample.Choice> choices, List<Integer> steps) {
      SpikingConversion<MultiLayerNetwork> calibrated =
          SpikingConversion.of(trained).calibrate(images.calibration());
      output.print(
          "| scales | %s |",
          steps.stream().map(number -> "T = " + number).collect(Collectors.joining(" | ")));
      output.print("| --- |%s", " --- |".repeat(steps.size()));
      int[] numbers = steps.stream().mapToInt(Integer::intValue).toArray();
      for (ConvertExample.Choice choice : choices) {
        ConvertedNetwork<MultiLayerNetwork> converted =
            calibrated.scales(choice.scales).steps(numbers[0]).convert();
        List<String> cells = new ArrayList<>();
        for (int number : numbers) {
          double accuracy = converted.accuracyByT(images.training().test(), number).get(number);
          cells.add(String.format(Locale.ROOT, "%.2f", PERCENT * accuracy));
        }
        output.print("| %s | %s |", choice, String.join(" | ", cells));
      }
      output.print("Layers at T = %d, by mean square, over the calibration images:", numbers[0]);
      output.print(
          "%s",
          calibrated
              .scales(Scales.meanSquare())
              .steps(numbers[0])
              .convert()
              .report(images.calibration()));
    }

    /**
     * Trains the converted network further at few steps, anew each time, since an earlier
     * fine-tuning may have started from another network; returns whether it was not stopped.
     */
    boolean fineTune(MultiLayerNetwork trained, int steps, int epochs, double learningRate) {
      MultiLayerNetwork converted =
          SpikingConversion.of(trained)
              .calibrate(images.calibration())
              .scales(Scales.meanSquare())
              .steps(steps)
              .convert()
              .network();
      double before = accuracy(converted);
      MultiLayerNetwork learning = BackpropRules.swap(converted, new AsfBackprop());
      Optional<MultiLayerNetwork> tuned =
          train(
              learning,
              TrainingFiles.beside(model, "-spiking-T" + steps + ".zip"),
              epochs,
              learningRate,
              false);
      tuned.ifPresent(
          done ->
              output.print(
                  "At T = %d, by mean square: converted %.2f %%, fine-tuned with ASF-BP for %d epochs"
                      + " %.2f %%",
                  steps, PERCENT * before, epochs, PERCENT * accuracy(done)));
      return tuned.isPresent();
    }
  }
}
