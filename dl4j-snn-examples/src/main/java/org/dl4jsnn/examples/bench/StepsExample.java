package org.dl4jsnn.examples.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.examples.data.ColourImages;
import org.dl4jsnn.examples.support.ComputingCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.SynapticOperations;
import org.dl4jsnn.train.ModelFile;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how a trained network's answers settle over the steps, and what its spikes cost. */
@Command(
    name = "steps",
    description =
        "Accuracy of a trained CIFAR-10 network after every time step, and its operations.")
public final class StepsExample extends ComputingCommand {

  private static final int TENTHS = 10;

  @Option(names = "--model", description = "The trained network.")
  private Path model = Path.of("target", "cifar10-vgg7.zip");

  @Option(names = "--data", description = "Folder of CIFAR-10's six files.")
  private Path data;

  @Option(names = "--steps", description = "Time steps T of inference.")
  private int steps = 16;

  @Option(names = "--test", description = "Use only the first test images; default: all.")
  private Integer test;

  @Option(names = "--batch", description = "Images per minibatch.")
  private int batch = 100;

  /** Records per file; tests use smaller files. */
  int records = CifarFiles.RECORDS;

  @Override
  public void checkOptions() {
    CifarFiles.in(data); // refuses none
    OptionRules.atLeast("--steps", steps, 1);
    OptionRules.atLeast("--batch", batch, 1);
  }

  @Override
  protected int run() {
    ColourImages images = CifarFiles.in(data, records).test();
    images = images.take(OptionRules.first("--test", test, images.size()));
    MultiLayerNetwork network = changed(ModelFile.load(model));
    if (!OutputOverTime.isOf(network)) {
      throw new UserError(
          "--model must name a network whose read-out follows spiking neurons, got " + model);
    }
    SettledAnswers answers = new SettledAnswers(steps);
    DataSetIterator minibatches = images.inOrder(batch);
    List<SynapticOperations.OfLayer> operations = new ArrayList<>();
    int counted = 0;
    while (minibatches.hasNext()) {
      DataSet minibatch = minibatches.next();
      answers.add(
          OutputOverTime.of(network, minibatch.getFeatures()),
          minibatch.getLabels().argMax(1).toIntVector());
      // The share of spikes hardly differs between minibatches.
      if (operations.isEmpty()) {
        operations = SynapticOperations.count(network, minibatch.getFeatures());
        counted = minibatch.numExamples();
      }
    }
    Output output = output();
    report(answers, output);
    report(operations, counted, output);
    return 0;
  }

  private MultiLayerNetwork changed(MultiLayerNetwork trained) {
    return UserError.explained("", () -> TimeSteps.change(trained, steps));
  }

  private void report(SettledAnswers answers, Output output) {
    output.print("| steps | test accuracy | answers that no longer change |");
    output.print("| --- | --- | --- |");
    for (int step = 1; step <= steps; step++) {
      output.print(
          "| %d | %.2f %% | %.1f %% |",
          step, 100 * answers.accuracy(step), 100 * answers.settled(step));
    }
    output.print("Steps until an answer is stable, on average: %.2f", answers.meanSettled());
    for (int tenths = 1; tenths < TENTHS; tenths += 2) {
      double margin = (double) tenths / TENTHS;
      output.print(
          "Stopping when the largest output leads by %.1f: %.2f %% after %.2f steps on average",
          margin, 100 * answers.earlyAccuracy(margin), answers.earlySteps(margin));
    }
  }

  private void report(List<SynapticOperations.OfLayer> operations, int counted, Output output) {
    output.print(
        "Operations of the spiking layers with weights, mean over the first %d images:", counted);
    output.print("| layer | synaptic additions per image | multiply-adds without spikes |");
    output.print("| --- | --- | --- |");
    double additions = 0;
    double multiplyAdds = 0;
    double constant = 0;
    for (SynapticOperations.OfLayer layer : operations) {
      output.print(
          "| %s | %s | %,.0f |",
          layer.layer(),
          layer.constantInput()
              ? "none; its multiply-adds, once"
              : String.format(Locale.ROOT, "%,.0f", layer.additions()),
          layer.multiplyAdds());
      additions += layer.additions();
      multiplyAdds += layer.multiplyAdds();
      constant += layer.constantMultiplyAdds();
    }
    output.print(
        "| all, %d steps | %,.0f and %,.0f multiply-adds | %,.0f |",
        steps, additions, constant, multiplyAdds);
  }

  /** How accurate and how final a network's answers are after every step. */
  static final class SettledAnswers {

    private final int steps;
    private final List<Image> images = new ArrayList<>();

    SettledAnswers(int steps) {
      this.steps = steps;
    }

    /** An image: for every step whether the answer was right and its lead, and when it settled. */
    private record Image(boolean[] right, double[] lead, int settled) {

      /** The first step with such a lead, or the last step. */
      int stop(double margin) {
        for (int step = 1; step < lead.length; step++) {
          if (lead[step - 1] >= margin) {
            return step;
          }
        }
        return lead.length;
      }
    }

    void add(OutputOverTime outputs, int[] labels) {
      int[] settled = outputs.settled();
      boolean[][] right = new boolean[labels.length][steps];
      double[][] lead = new double[labels.length][steps];
      for (int step = 1; step <= steps; step++) {
        int[] classes = outputs.classes(step);
        INDArray after = outputs.after(step);
        for (int i = 0; i < labels.length; i++) {
          right[i][step - 1] = classes[i] == labels[i];
          lead[i][step - 1] = lead(after.getRow(i).toDoubleVector(), classes[i]);
        }
      }
      for (int i = 0; i < labels.length; i++) {
        images.add(new Image(right[i], lead[i], settled[i]));
      }
    }

    private static double lead(double[] outputs, int largest) {
      double second = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < outputs.length; i++) {
        second = i == largest ? second : Math.max(second, outputs[i]);
      }
      return outputs[largest] - second;
    }

    /** The share of right answers after some steps. */
    double accuracy(int step) {
      return mean(image -> image.right[step - 1] ? 1 : 0);
    }

    /** The share of answers that do not change after some steps. */
    double settled(int step) {
      return mean(image -> image.settled <= step ? 1 : 0);
    }

    double meanSettled() {
      return mean(Image::settled);
    }

    /** The share of right answers if each image stops at a lead. */
    double earlyAccuracy(double margin) {
      return mean(image -> image.right[image.stop(margin) - 1] ? 1 : 0);
    }

    /** The average number of steps if each image stops at a lead. */
    double earlySteps(double margin) {
      return mean(image -> image.stop(margin));
    }

    private double mean(ToDoubleFunction<Image> value) {
      return images.stream().mapToDouble(value).average().orElse(Double.NaN);
    }
  }
}
