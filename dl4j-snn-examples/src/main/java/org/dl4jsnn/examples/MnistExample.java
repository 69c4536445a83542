package org.dl4jsnn.examples;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.layer.SpikeEncodingLayer;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the published LeNet5 on handwritten digits, saves it, and loads it again. */
@Command(
    name = "mnist",
    description = "Train LeNet5 on MNIST with ASF-BP.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class MnistExample implements Callable<Integer> {

  private static final int MAXIMAL_PORT = 65535;

  @Option(names = "--epochs", description = "Passes over the training digits.")
  private int epochs = 5;

  @Option(names = "--steps", description = "Time steps T.")
  private int steps = 20;

  @Option(names = "--batch", description = "Digits of a minibatch.")
  private int batch = 64;

  @Option(
      names = "--learning-rate",
      description =
          "Adam's learning rate; a fifth of it in the last fifth of the epochs, and of that in the"
              + " last tenth.")
  private double learningRate = 8.5e-4;

  @Option(names = "--threshold", description = "Threshold of the weighted layers.")
  private double threshold = 1;

  @Option(names = "--leak", description = "Share of the membrane kept from step to step; 1: IF.")
  private double leak = 1;

  @Option(names = "--seed", description = "Seed of weights, spikes and order.")
  private long seed = 1;

  @Option(names = "--threads", description = "Threads; default: one a processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--data",
      description =
          "Folder of the four MNIST (or Fashion-MNIST) files, gzipped or not; default: an embedded"
              + " subset of 12,000 training and 2,000 test digits.")
  private Path data;

  @Option(
      names = "--hold-out",
      description =
          "Training pictures (the last ones) to choose the model on instead of training with them;"
              + " it is saved beside --model as …-best.zip. 0: the last epoch's model is the"
              + " result.")
  private int holdOut = 0;

  @Option(
      names = "--shift",
      description =
          "Move training pictures at random, by at most this many pixels along each axis.")
  private int shift = 0;

  @Option(names = "--model", description = "Where to save the model, after every epoch.")
  private Path model = Path.of("target", "mnist-lenet5.zip");

  @Option(
      names = "--resume",
      description =
          "A model to train on, up to --epochs in all. It keeps its steps, threshold, leak and"
              + " seed.")
  private Path resume;

  @Option(names = "--ui", description = "Show the training in Deeplearning4j's UI.")
  private boolean ui;

  @Option(names = "--ui-port", description = "Port of the UI.")
  private int uiPort = 9000;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    OptionRules.atLeast("--epochs", epochs, 1);
    OptionRules.atLeast("--batch", batch, 1);
    OptionRules.positive("--learning-rate", learningRate);
    OptionRules.within("--ui-port", uiPort, 1, MAXIMAL_PORT);
    OptionRules.within("--shift", shift, 0, Digits.SIDE - 1);
    return Threads.run(threads, this::run);
  }

  private int run() {
    MnistFiles files = data == null ? MnistFiles.embedded() : MnistFiles.in(data);
    Digits all = files.training();
    Digits test = files.test();
    OptionRules.within("--hold-out", holdOut, 0, all.size() - 1);
    Digits training = all.range(0, all.size() - holdOut);
    Digits heldOut = all.range(training.size(), all.size());
    print(
        "Data: %s, %,d training, %,d held out and %,d test pictures",
        files, training.size(), heldOut.size(), test.size());

    MultiLayerNetwork network = resume == null ? newNetwork() : resumed();
    TrainingUi trainingUi = ui ? new TrainingUi(network, uiPort) : null;
    if (trainingUi != null) {
      print("UI: %s (it listens on every network interface)", trainingUi.address());
    }
    BestModel best = holdOut == 0 ? null : new BestModel(model, heldOut, batch);
    if (best != null && resume != null) {
      best.offerResumed(network, resume);
    }
    Evaluation evaluation = train(network, training, best, test);
    if (evaluation == null) {
      ModelFile.save(network, model);
      evaluation = network.evaluate(test.inOrder(batch));
    }
    report(network, test, evaluation);
    if (best != null) {
      reportBest(best, test);
    }
    if (trainingUi != null) {
      print("The UI stays at %s until Ctrl-C", trainingUi.address());
      TrainingUi.waitForInterrupt();
    }
    return 0;
  }

  private MultiLayerNetwork newNetwork() {
    MultiLayerNetwork network;
    try {
      network =
          new MultiLayerNetwork(
              LeNet5.configuration(steps, threshold, leak, learningRates(), seed));
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
    network.init();
    return network;
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

  /** Trains; returns the evaluation after the last epoch, or null where none was left. */
  private Evaluation train(
      MultiLayerNetwork network, Digits training, BestModel best, Digits test) {
    int first = network.getEpochCount();
    Evaluation evaluation = null;
    try (TrainingProgress progress =
        new TrainingProgress((long) Math.max(0, epochs - first) * training.size())) {
      network.addListeners(progress);
      for (int epoch = first; epoch < epochs; epoch++) {
        network.fit(training.shuffled(batch, seed, epoch, shift));
        ModelFile.save(network, model);
        String chosenOn =
            best == null
                ? ""
                : String.format(
                    Locale.ROOT, "held-out accuracy %.2f %%, ", 100 * best.offer(network));
        evaluation = network.evaluate(test.inOrder(batch));
        print(
            "%nEpoch %d of %d: loss %.4f, %stest accuracy %.2f %%",
            epoch + 1, epochs, progress.loss(), chosenOn, 100 * evaluation.accuracy());
      }
    }
    return evaluation;
  }

  private void report(MultiLayerNetwork network, Digits test, Evaluation evaluation) {
    print("%s", evaluation.confusionMatrix());
    print("Test accuracy: %.2f %%", 100 * evaluation.accuracy());
    print("Saved to %s", model.toAbsolutePath());

    MultiLayerNetwork reloaded = ModelFile.load(model);
    DataSetIterator pictures = test.inOrder(batch);
    boolean same = true;
    while (pictures.hasNext()) {
      INDArray features = pictures.next().getFeatures();
      same &= network.output(features).equalsWithEps(reloaded.output(features), 0);
    }
    if (!same) {
      throw new IllegalStateException("The reloaded model must predict the same, and does not");
    }
    print("Reloaded: predicts exactly the same for all %,d test pictures", test.size());
  }

  private void reportBest(BestModel best, Digits test) {
    MultiLayerNetwork network = ModelFile.load(best.file());
    print(
        "Model chosen on the %,d pictures held out (%.2f %% of them): after epoch %d",
        holdOut, 100 * best.accuracy(), network.getEpochCount());
    print(
        "Its test accuracy: %.2f %%; saved as %s",
        100 * network.evaluate(test.inOrder(batch)).accuracy(), best.file().toAbsolutePath());
  }

  private void print(String format, Object... values) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
