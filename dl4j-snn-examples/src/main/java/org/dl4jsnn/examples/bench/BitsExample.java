package org.dl4jsnn.examples.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.deploy.WeightQuantization;
import org.dl4jsnn.examples.support.AnyNetwork;
import org.dl4jsnn.examples.support.ComputingCommand;
import org.dl4jsnn.examples.support.Median;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.examples.support.UserError;
import org.nd4j.linalg.dataset.DataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a trained network loses and gains with weights of few bits. */
@Command(
    name = "bits",
    description = "Accuracy and speed of a trained network with weights of few bits.")
public final class BitsExample extends ComputingCommand {

  private static final double NANO = 1e-9;
  private static final int WARM_UP = 20;

  @Option(names = "--model", required = true, description = "The trained network.")
  private Path model;

  @Mixin private TestImages images = new TestImages();

  @Option(names = "--bits", split = ",", description = "Bits per weight, each from 2 to 16.")
  private List<Integer> bits = List.of(16, 8, 6, 5, 4, 3);

  /** A network's answers to all test images. */
  private record Answers(int[] classes, double accuracy, double samplesPerSecond) {}

  @Override
  public void checkOptions() {
    bits.forEach(value -> OptionRules.within("--bits", value, 2, 16));
  }

  @Override
  protected int run() {
    List<DataSet> minibatches = minibatches();
    NeuralNetwork trained = SavedNetwork.load(model);
    Output output = output();
    output.print("| bits per weight | test accuracy | changed answers | inference, samples/s |");
    output.print("| --- | --- | --- | --- |");
    // The first ones are slow, because Java compiles code that runs often.
    answers(trained, minibatches.subList(0, Math.min(minibatches.size(), WARM_UP)));
    Answers whole = answers(trained, minibatches);
    report("32, as trained", whole, whole, output);
    for (int of : bits) {
      NeuralNetwork rounded =
          UserError.explained("", () -> AnyNetwork.rounded(trained, WeightQuantization.toBits(of)));
      report(String.valueOf(of), answers(rounded, minibatches), whole, output);
      ((Model) rounded).close();
    }
    return 0;
  }

  private List<DataSet> minibatches() {
    List<DataSet> minibatches = new ArrayList<>();
    images.inOrder().forEachRemaining(minibatches::add);
    return minibatches;
  }

  private Answers answers(NeuralNetwork network, List<DataSet> minibatches) {
    List<Integer> classes = new ArrayList<>();
    List<Double> samplesPerSecond = new ArrayList<>();
    int right = 0;
    for (DataSet minibatch : minibatches) {
      long start = System.nanoTime();
      int[] answered =
          AnyNetwork.output((Model) network, minibatch.getFeatures()).argMax(1).toIntVector();
      samplesPerSecond.add(answered.length / (NANO * (System.nanoTime() - start)));
      int[] labels = minibatch.getLabels().argMax(1).toIntVector();
      for (int i = 0; i < labels.length; i++) {
        right += answered[i] == labels[i] ? 1 : 0;
        classes.add(answered[i]);
      }
    }
    return new Answers(
        classes.stream().mapToInt(Integer::intValue).toArray(),
        (double) right / classes.size(),
        Median.of(samplesPerSecond));
  }

  private static void report(String name, Answers answers, Answers whole, Output output) {
    long others = 0;
    for (int i = 0; i < whole.classes().length; i++) {
      others += answers.classes()[i] == whole.classes()[i] ? 0 : 1;
    }
    output.print(
        "| %s | %.2f %% | %.2f %% | %,.0f |",
        name,
        100 * answers.accuracy(),
        100.0 * others / whole.classes().length,
        answers.samplesPerSecond());
  }
}
