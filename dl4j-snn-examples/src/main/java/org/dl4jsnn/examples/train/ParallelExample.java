package org.dl4jsnn.examples.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.dl4jsnn.data.PrefetchingIterator;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.Median;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Output.JsonOption;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.internal.io.WriteLock;
import org.dl4jsnn.train.LearningRateSchedule;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.train.TrainingFiles;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains LeNet5 on handwritten digits with several workers whose parameters are averaged. */
@Command(
    name = "parallel",
    description = "Train LeNet5 on MNIST with Deeplearning4j's ParallelWrapper.",
    showDefaultValues = true)
public final class ParallelExample extends ExampleCommand {

  private static final int TEST_BATCH = 64;
  private static final double NANOSECONDS = 1e9;

  @Option(names = "--workers", description = "Workers; 1: Deeplearning4j's single trainer.")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(names = "--averaging", description = "Minibatches per worker between averagings.")
  private int averaging = 1;

  @Option(names = "--epochs", description = "Passes over the training images.")
  private int epochs = 5;

  @Option(names = "--batch", description = "Images trained at a time by all workers together.")
  private int batch = 64;

  @Option(names = "--train", description = "Use only the first training images; default: all.")
  private Integer train;

  @Option(names = "--learning-rate", description = "Adam's peak learning rate.")
  private double learningRate = 8.5e-4;

  @Option(names = "--steps", description = "Time steps T.")
  private int steps = 20;

  @Option(names = "--seed", description = "Seed of weights, spikes and order.")
  private long seed = 1;

  @Option(names = "--model", description = "Where to save the trained model.")
  private Path model = Path.of("target", "parallel-lenet5.zip");

  @Option(
      names = "--data",
      description =
          "Folder of the four MNIST (or Fashion-MNIST) files, gzipped or not; default: an embedded"
              + " subset of 12,000 training and 2,000 test digits.")
  private Path data;

  @Mixin private JsonOption json;

  @Override
  @SuppressWarnings("try") // the lock is held, not read
  public Integer call() {
    OptionRules.atLeast("--workers", workers, 1);
    OptionRules.atLeast("--averaging", averaging, 1);
    OptionRules.atLeast("--steps", steps, 1);
    OptionRules.atLeast("--epochs", epochs, 1);
    OptionRules.atLeast("--batch", batch, workers);
    OptionRules.positive("--learning-rate", learningRate);
    TrainingFiles.ofModelAlone("--model", model).check();
    Output output = output();
    // Where nothing can be written, before the training rather than after it.
    try (WriteLock lock =
        WriteLock.of(
            "--model",
            model,
            (file, cause) -> output.warning("Cannot lock %s: %s", file, cause.getMessage()))) {
      train(MnistFiles.in(data));
    } catch (IOException e) {
      throw new UserError(e.getMessage(), e);
    }
    return 0;
  }

  private void train(MnistFiles files) {
    Digits all = files.training();
    OptionRules.within("--train", train, batch, all.size());
    Digits training = train == null ? all : all.range(0, train);
    Digits test = files.test();
    Output output = output();
    output.progress(
        "Data: %s, %,d training and %,d test images", files, training.size(), test.size());
    output.print(
        workers == 1
            ? "One trainer, minibatches of %2$d images"
            : "%d workers, each with minibatches of %d images; averaged after every %d",
        workers,
        batch / workers,
        averaging);
    MultiLayerNetwork network = newNetwork(training.batches(batch));
    List<Double> speeds = new ArrayList<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      DataSetIterator minibatches = training.shuffled(batch / workers, seed, epoch);
      long start = System.nanoTime();
      pass(network, minibatches);
      speeds.add(training.size() * NANOSECONDS / (System.nanoTime() - start));
      output.progress("Epoch %d of %d: %,.0f images/s", epoch + 1, epochs, speeds.get(epoch));
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("workers", workers);
    figures.put("epochs", epochs);
    if (epochs > 1) {
      // Java compiles in the first epoch.
      double median = Median.of(speeds.subList(1, epochs));
      output.print("Median of the epochs after the first: %,.0f images/s", median);
      figures.put("images_per_second", median);
    }
    ModelFile.save(network, model);
    double accuracy = network.evaluate(test.inOrder(TEST_BATCH)).accuracy();
    output.print("Test accuracy: %.2f %%", 100 * accuracy);
    output.print("Saved to %s", model.toAbsolutePath());
    figures.put("test_accuracy", accuracy);
    figures.put("model", model.toAbsolutePath().toString());
    output.json(figures);
  }

  /** One pass over the training images. */
  private void pass(MultiLayerNetwork network, DataSetIterator minibatches) {
    if (workers == 1) {
      try (PrefetchingIterator ahead = new PrefetchingIterator(minibatches, 2)) {
        network.fit(ahead);
      }
      return;
    }
    ParallelWrapper wrapper =
        new ParallelWrapper.Builder<>(network)
            .workers(workers)
            .averagingFrequency(averaging)
            .prefetchBuffer(workers)
            .build();
    wrapper.fit(minibatches);
    // ParallelWrapper does not, and its workers start the next pass with this network's epoch.
    network.incrementEpochCount();
  }

  private MultiLayerNetwork newNetwork(int minibatches) {
    return SpikingNetworks.lenet5()
        .steps(steps)
        .updater(new Adam(LearningRateSchedule.STEP.of(learningRate, epochs, minibatches, 0)))
        .seed(seed)
        .init();
  }
}
