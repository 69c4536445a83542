package org.dl4jsnn.examples.train;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.examples.data.ColourPictures;
import org.dl4jsnn.examples.data.PictureData;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Threads;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.picture.PictureAugmentation;
import org.dl4jsnn.train.TrainingData;
import org.dl4jsnn.zoo.PictureEncoding;
import org.dl4jsnn.zoo.ReadOutLoss;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the published VGG7 on CIFAR-10, and saves it after every epoch. */
@Command(
    name = "cifar10",
    description = "Train VGG7 on CIFAR-10 with ASF-BP.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class Cifar10Example implements Callable<Integer> {

  /**
   * What running averages keep from minibatch to minibatch: with hundreds of minibatches an epoch
   * more than the default, so that those of the last ones even out.
   */
  private static final double KEPT = 0.97;

  @Mixin
  private final TrainingOptions options =
      new TrainingOptions(Path.of("target", "cifar10-vgg7.zip"), 10, 100, 5e-4);

  /** Of each file; tests have smaller ones. */
  int records = CifarFiles.RECORDS;

  @Option(
      names = "--data",
      description =
          "Folder of the six files of CIFAR-10's binary version; without it, where to get"
              + " them is shown.")
  private Path data;

  @Option(names = "--steps", description = "Time steps T.")
  private int steps = 100;

  @Option(names = "--threshold", description = "Threshold of the weighted layers.")
  private double threshold = 2;

  @Option(names = "--encoding", description = "${COMPLETION-CANDIDATES}; published: poisson.")
  private PictureEncoding encoding = PictureEncoding.POISSON;

  @Option(
      names = "--normalize",
      description = "Normalise the input currents of all weighted layers over the minibatch.")
  private boolean normalized;

  @Option(
      names = "--soft-reset",
      description = "A spike takes the threshold from the membrane, instead of emptying it.")
  private boolean subtractive;

  @Option(names = "--loss", description = "${COMPLETION-CANDIDATES}; published: squared-error.")
  private ReadOutLoss loss = ReadOutLoss.SQUARED_ERROR;

  @Option(names = "--seed", description = "Seed of weights, spikes, order and augmentation.")
  private long seed = 1;

  @Option(names = "--threads", description = "Threads; default: one a processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--train", description = "Use the first training pictures only; default: all.")
  private Integer train;

  @Option(names = "--test", description = "Use the first test pictures only; default: all.")
  private Integer test;

  @Option(
      names = "--no-augmentation",
      description = "Show training pictures as they are, not moved and mirrored at random.")
  private boolean plain;

  @Option(
      names = "--plain-epochs",
      description = "The same in the last epochs only, so many of them.")
  private int plainEpochs = 0;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (data == null) {
      throw new UserError(
          "--data must name the folder of CIFAR-10, got none. "
              + CifarFiles.HOW_TO_GET
              + ". Then: mvn -q -B compile exec:exec -Dexample=cifar10 -Dheap=4g"
              + " -Dargs=\"--data cifar-10-batches-bin\"");
    }
    options.check();
    OptionRules.within("--plain-epochs", plainEpochs, 0, options.epochs);
    return Threads.run(threads, this::run);
  }

  private int run() {
    CifarFiles files = CifarFiles.in(data, records);
    ColourPictures all = first("--train", train, files.training());
    ColourPictures unseen = first("--test", test, files.test());
    OptionRules.within("--hold-out", options.holdOut, 0, all.size() - 1);
    ColourPictures training = all.take(all.size() - options.holdOut);
    ColourPictures heldOut = all.range(training.size(), all.size());
    Output output = new Output(spec.commandLine().getOut());
    output.print(
        "Data: %s, %,d training, %,d held out and %,d test pictures",
        files, training.size(), heldOut.size(), unseen.size());
    TrainingData pictures =
        new PictureData(
            (order, epoch, first) ->
                training.shuffled(options.batch, order, epoch, augmentation(epoch), first),
            training.size(),
            heldOut,
            unseen,
            options.batch);
    return new TrainingProgram(options, pictures, this::newNetwork, output).run();
  }

  private PictureAugmentation augmentation(int epoch) {
    return plain || epoch >= options.epochs - plainEpochs
        ? PictureAugmentation.none()
        : ColourPictures.CROPS_AND_FLIPS;
  }

  /** As many of the pictures as an option says, all without it. */
  private static ColourPictures first(String option, Integer count, ColourPictures pictures) {
    if (count == null) {
      return pictures;
    }
    OptionRules.within(option, count, 1, pictures.size());
    return pictures.take(count);
  }

  private MultiLayerNetwork newNetwork(ISchedule learningRates) {
    return SpikingNetworks.vgg7()
        .steps(steps)
        .encoding(encoding)
        .threshold(threshold)
        .reset(subtractive ? Reset.bySubtraction() : Reset.toZero())
        .normalization(normalized ? new CurrentNormalization().withDecay(KEPT) : null)
        .loss(loss)
        .updater(new Adam(learningRates))
        .seed(seed)
        .init();
  }
}
