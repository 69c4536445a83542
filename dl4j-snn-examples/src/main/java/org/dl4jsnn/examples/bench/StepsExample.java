package org.dl4jsnn.examples.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.examples.data.ColourImages;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Threads;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.SynapticOperations;
import org.dl4jsnn.train.ModelFile;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows how a trained network's answers settle over the steps, and what its spikes cost. */
@Command(
    name = "steps",
    description =
        "Accuracy of a trained CIFAR-10 network after every time step, and its operations.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class StepsExample implements Callable<Integer> {

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

  @Option(names = "--threads", description = "Threads.")
  private int threads = Runtime.getRuntime().availableProcessors();

  /** Records per file; tests use smaller files. */
  int records = CifarFiles.RECORDS;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (data == null) {
      throw new UserError(
          "--data must name the folder of CIFAR-10, got none. " + CifarFiles.HOW_TO_GET);
    }
    OptionRules.atLeast("--steps", steps, 1);
    OptionRules.atLeast("--batch", batch, 1);
    return Threads.run(threads, this::run);
  }

  private int run() {
    ColourImages images = CifarFiles.in(data, records).test();
    if (test != null) {
      OptionRules.within("--test", test, 1, images.size());
      images = images.take(test);
    }
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
    Output output = Output.of(spec);
    report(answers, output);
    report(operations, counted, output);
    return 0;
  }

  private MultiLayerNetwork changed(MultiLayerNetwork trained) {
    try {
      return TimeSteps.change(trained, steps);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
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
}
