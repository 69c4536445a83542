package org.dl4jsnn.examples.spark;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.support.AddedExample;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.train.LearningRateSchedule;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.train.TrainingFiles;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the published LeNet5 on handwritten digits on Spark. */
@Command(
    name = "spark",
    description = "Train LeNet5 on MNIST with ASF-BP on a Spark cluster.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class SparkExample implements AddedExample {

  private static final double NANO = 1e-9;

  @Option(
      names = "--master",
      description = "Spark's master, spark://HOST:PORT; default: workers in this process.")
  private String master;

  @Option(names = "--workers", description = "Workers with one core each.")
  private int workers = 2;

  @Option(names = "--averaging", description = "Minibatches per worker between averagings.")
  private int averaging = 5;

  @Option(names = "--epochs", description = "Passes over the training images.")
  private int epochs = 5;

  @Option(names = "--batch", description = "Images per minibatch of a worker.")
  private int batch = 64;

  @Option(names = "--learning-rate", description = "Adam's peak learning rate.")
  private double learningRate = 8.5e-4;

  @Option(names = "--layers", description = "Layers, in the notation of papers.")
  private String layers = "20C5-AP2-50C5-AP2-200";

  @Option(names = "--steps", description = "Time steps T.")
  private int steps = 20;

  @Option(names = "--seed", description = "Seed of weights, spikes and order.")
  private long seed = 1;

  @Option(
      names = "--data",
      description =
          "Folder of the four MNIST (or Fashion-MNIST) files, gzipped or not; default: an embedded"
              + " subset of 12,000 training and 2,000 test digits.")
  private Path data;

  @Option(names = "--train", description = "Number of first training images; default: all.")
  private Integer train;

  @Option(names = "--test", description = "Number of first test images; default: all.")
  private Integer test;

  @Option(names = "--model", description = "Where to save the model.")
  private Path model = Path.of("target", "spark-lenet5.zip");

  @Option(
      names = "--conf",
      description = "A setting of Spark, KEY=VALUE, such as spark.driver.host=HOST.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    SparkContexts.requireJava(Runtime.version().feature());
    OptionRules.atLeast("--workers", workers, 1);
    OptionRules.atLeast("--epochs", epochs, 1);
    OptionRules.atLeast("--batch", batch, 1);
    OptionRules.positive("--learning-rate", learningRate);
    TrainingFiles.ofModelAlone("--model", model).check();
    MnistFiles files = data == null ? MnistFiles.embedded() : MnistFiles.in(data);
    Output output = Output.of(spec);
    SparkTraffic traffic = new SparkTraffic();
    SparkRun run;
    try (JavaSparkContext spark = SparkContexts.open(master, workers, settings)) {
      spark.sc().addSparkListener(traffic);
      Digits training = first("--train", train, files.training());
      Digits others = first("--test", test, files.test());
      run = run(spark, training, others, output);
    }
    report(run, traffic, output);
    return 0;
  }

  /** A finished training, and the broadcasts before and after its rounds. */
  private record SparkRun(SparkTraining training, long before, long after) {}

  private SparkRun run(JavaSparkContext spark, Digits training, Digits others, Output output) {
    Broadcast<Digits> images = spark.broadcast(training);
    SparkTraining run =
        new SparkTraining(spark, newNetwork(), images, workers, averaging, batch, seed);
    output.print(
        "%,d training and %,d test images; %d workers at %s, averaged after %d minibatches each",
        training.size(), others.size(), workers, spark.master(), averaging);
    int used = training.size() / batch / (workers * averaging) * workers * averaging * batch;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      long start = System.nanoTime();
      run.epoch();
      double seconds = (System.nanoTime() - start) * NANO;
      output.print("Epoch %d of %d: %.1f s, %.0f images/s", epoch, epochs, seconds, used / seconds);
    }
    Broadcast<Digits> test = spark.broadcast(others);
    Evaluation evaluation = run.evaluate(test);
    output.print("%s", evaluation.confusionMatrix());
    output.print("Test accuracy, found on Spark: %.2f %%", 100 * evaluation.accuracy());
    ModelFile.save(run.network(), model);
    output.print("Saved to %s", model.toAbsolutePath());
    return new SparkRun(run, images.id(), test.id());
  }

  private void report(SparkRun run, SparkTraffic traffic, Output output) {
    SparkRounds rounds = SparkRounds.of(run.training().times());
    MultiLayerNetwork network = run.training().network();
    long updater = network.getUpdater().getStateViewArray().length();
    output.print(
        "%d rounds of %d minibatches per worker: %.3f s each; a minibatch: %.3f s; an empty job: "
            + "%.3f s (medians)",
        rounds.rounds(),
        averaging,
        rounds.seconds(),
        rounds.minibatchSeconds(),
        rounds.countSeconds());
    output.print(
        "A round moves %,d bytes out of the driver's memory, %,d to executors and %,d back;"
            + " %,d bytes calculated per worker each way",
        traffic.sent(run.before(), run.after()) / rounds.rounds(),
        traffic.received(run.before(), run.after()) / rounds.rounds(),
        traffic.returned() / rounds.rounds(),
        Float.BYTES * (network.numParams() + updater));
  }

  private static Digits first(String option, Integer count, Digits digits) {
    if (count == null) {
      return digits;
    }
    OptionRules.within(option, count, 1, digits.size());
    return digits.range(0, count);
  }

  private MultiLayerNetwork newNetwork() {
    try {
      return SpikingNetworks.lenet5()
          .layers(layers)
          .steps(steps)
          .updater(new Adam(LearningRateSchedule.STEP.of(learningRate, epochs, 0, 0)))
          .seed(seed)
          .init();
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }
}
