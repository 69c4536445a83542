package org.dl4jsnn.examples;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.layer.SpikeEncodingLayer;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the published VGG7 on CIFAR-10, and saves it after every epoch. */
@Command(
    name = "cifar10",
    description = "Train VGG7 on CIFAR-10 with ASF-BP.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class Cifar10Example implements Callable<Integer> {

  private static final int MAXIMAL_PORT = 65535;

  /** Of each file; tests have smaller ones. */
  int records = CifarFiles.RECORDS;

  @Option(
      names = "--data",
      description =
          "Folder of the six files of CIFAR-10's binary version; without it, where to get"
              + " them is shown.")
  private Path data;

  @Option(names = "--epochs", description = "Passes over the training pictures.")
  private int epochs = 10;

  @Option(names = "--steps", description = "Time steps T.")
  private int steps = 8;

  @Option(names = "--batch", description = "Pictures of a minibatch.")
  private int batch = 100;

  @Option(
      names = "--learning-rate",
      description =
          "Adam's learning rate; a fifth of it in the last fifth of the epochs, and of that in the"
              + " last tenth.")
  private double learningRate = 8.5e-4;

  @Option(names = "--threshold", description = "Threshold of the weighted layers.")
  private double threshold = 1;

  @Option(names = "--encoding", description = "${COMPLETION-CANDIDATES}; published: poisson.")
  private Vgg7Settings.Encoding encoding = Vgg7Settings.Encoding.POISSON;

  @Option(
      names = "--normalize",
      description = "Normalise the input currents of all weighted layers over the minibatch.")
  private boolean normalized;

  @Option(
      names = "--soft-reset",
      description = "A spike takes the threshold from the membrane, instead of emptying it.")
  private boolean subtractive;

  @Option(names = "--loss", description = "${COMPLETION-CANDIDATES}; published: squared_error.")
  private Vgg7Settings.Loss loss = Vgg7Settings.Loss.SQUARED_ERROR;

  @Option(names = "--seed", description = "Seed of weights, spikes, order and augmentation.")
  private long seed = 1;

  @Option(names = "--threads", description = "Threads; default: one a processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--train", description = "Use the first training pictures only; default: all.")
  private Integer train;

  @Option(names = "--test", description = "Use the first test pictures only; default: all.")
  private Integer test;

  @Option(
      names = "--hold-out",
      description =
          "Training pictures (the last ones) to choose the model on instead of training with them;"
              + " it is saved beside --model as …-best.zip. 0: the last epoch's model is the"
              + " result.")
  private int holdOut = 0;

  @Option(
      names = "--no-augmentation",
      description = "Show training pictures as they are, not moved and mirrored at random.")
  private boolean plain;

  @Option(names = "--model", description = "Where to save the model, after every epoch.")
  private Path model = Path.of("target", "cifar10-vgg7.zip");

  @Option(
      names = "--resume",
      description =
          "A model to train on, up to --epochs in all. It keeps its steps, threshold and seed.")
  private Path resume;

  @Option(names = "--ui", description = "Show the training in Deeplearning4j's UI.")
  private boolean ui;

  @Option(names = "--ui-port", description = "Port of the UI.")
  private int uiPort = 9000;

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
    OptionRules.atLeast("--epochs", epochs, 1);
    OptionRules.atLeast("--batch", batch, 1);
    OptionRules.positive("--learning-rate", learningRate);
    OptionRules.within("--ui-port", uiPort, 1, MAXIMAL_PORT);
    return Threads.run(threads, this::run);
  }

  private int run() {
    CifarFiles files = CifarFiles.in(data, records);
    ColourPictures all = first("--train", train, files.training());
    ColourPictures unseen = first("--test", test, files.test());
    OptionRules.within("--hold-out", holdOut, 0, all.size() - 1);
    ColourPictures training = all.take(all.size() - holdOut);
    ColourPictures heldOut = all.range(training.size(), all.size());
    print(
        "Data: %s, %,d training, %,d held out and %,d test pictures",
        files, training.size(), heldOut.size(), unseen.size());

    MultiLayerNetwork network = resume == null ? newNetwork() : resumed();
    TrainingUi trainingUi = ui ? new TrainingUi(network, uiPort) : null;
    if (trainingUi != null) {
      print("UI: %s (it listens on every network interface)", trainingUi.address());
    }
    BestModel best = holdOut == 0 ? null : new BestModel(model, heldOut, batch);
    if (best != null && resume != null) {
      best.offerResumed(network, resume);
    }
    train(network, training, best, unseen);
    print("Saved to %s", model.toAbsolutePath());
    if (best != null) {
      reportBest(best, unseen);
    }
    if (trainingUi != null) {
      print("The UI stays at %s until Ctrl-C", trainingUi.address());
      TrainingUi.waitForInterrupt();
    }
    return 0;
  }

  /** As many of the pictures as an option says, all without it. */
  private static ColourPictures first(String option, Integer count, ColourPictures pictures) {
    if (count == null) {
      return pictures;
    }
    OptionRules.within(option, count, 1, pictures.size());
    return pictures.take(count);
  }

  private MultiLayerNetwork newNetwork() {
    MultiLayerNetwork network;
    try {
      network = new MultiLayerNetwork(Vgg7.cifar10(settings()));
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
    network.init();
    return network;
  }

  private Vgg7Settings settings() {
    return new Vgg7Settings(
        steps,
        threshold,
        learningRates(),
        seed,
        encoding,
        subtractive ? Reset.bySubtraction() : Reset.toZero(),
        normalized ? new CurrentNormalization() : null,
        loss);
  }

  private MultiLayerNetwork resumed() {
    MultiLayerNetwork network = ModelFile.load(resume);
    if (!(network.getLayer(0) instanceof SpikeEncodingLayer encoding)) {
      throw new UserError(
          "--resume must name a model of this example, got one that does not begin with a"
              + " SpikeEncoding: "
              + resume.toAbsolutePath());
    }
    network.setLearningRate(learningRates());
    seed = network.getDefaultConfiguration().getSeed();
    print(
        "Resumed %s after epoch %d of %d (%s, seed %d; options for these are ignored)",
        resume, network.getEpochCount(), epochs, encoding.layerConf().getEncoder(), seed);
    if (network.getEpochCount() >= epochs) {
      print("Nothing left to train; raise --epochs to train on");
    }
    return network;
  }

  private ISchedule learningRates() {
    return DecayingRates.from(learningRate, epochs);
  }

  private void train(
      MultiLayerNetwork network, ColourPictures training, BestModel best, ColourPictures unseen) {
    int first = network.getEpochCount();
    if (first >= epochs) {
      ModelFile.save(network, model);
      print("Test accuracy %.2f %%", 100 * accuracy(network, unseen));
    }
    try (TrainingProgress progress =
        new TrainingProgress((long) Math.max(0, epochs - first) * training.size())) {
      network.addListeners(progress);
      for (int epoch = first; epoch < epochs; epoch++) {
        long start = System.nanoTime();
        network.fit(training.shuffled(batch, seed, epoch, !plain));
        double seconds = (System.nanoTime() - start) / 1e9;
        ModelFile.save(network, model);
        String chosenOn =
            best == null
                ? ""
                : String.format(
                    Locale.ROOT, "held-out accuracy %.2f %%, ", 100 * best.offer(network));
        print(
            "%nEpoch %d of %d: loss %.4f, %stest accuracy %.2f %%, trained in %.1f s",
            epoch + 1, epochs, progress.loss(), chosenOn, 100 * accuracy(network, unseen), seconds);
      }
    }
  }

  private double accuracy(MultiLayerNetwork network, ColourPictures pictures) {
    return network.evaluate(pictures.inOrder(batch)).accuracy();
  }

  private void reportBest(BestModel best, ColourPictures unseen) {
    MultiLayerNetwork network = ModelFile.load(best.file());
    print(
        "Model chosen on the %,d pictures held out (%.2f %% of them): after epoch %d",
        holdOut, 100 * best.accuracy(), network.getEpochCount());
    print(
        "Its test accuracy: %.2f %%; saved as %s",
        100 * accuracy(network, unseen), best.file().toAbsolutePath());
  }

  private void print(String format, Object... values) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
