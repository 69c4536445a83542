package org.dl4jsnn.examples.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.examples.data.ColourImages;
import org.dl4jsnn.examples.support.AnyNetwork;
import org.dl4jsnn.examples.support.ComputingCommand;
import org.dl4jsnn.examples.support.ImageFiles;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.monitor.EarlyAnswers;
import org.dl4jsnn.monitor.ExitCalibration;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.SynapticOperations;
import org.dl4jsnn.runtime.EarlyExit;
import org.nd4j.linalg.dataset.DataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how a trained network's answers settle over the steps, and what its spikes cost. */
@Command(
    name = "steps",
    description =
        "Accuracy of a trained CIFAR-10 network after every time step and of earlier answers, and its"
            + " operations.")
public final class StepsExample extends ComputingCommand {

  private static final Map<EarlyExit.Measure, List<Double>> LIMITS =
      Map.of(
          EarlyExit.Measure.LEAD, List.of(0.1, 0.3, 0.5, 0.7, 0.9),
          EarlyExit.Measure.CONFIDENCE, List.of(0.5, 0.7, 0.8, 0.9, 0.95),
          EarlyExit.Measure.ENTROPY, List.of(1.0, 0.8, 0.6, 0.4, 0.2));

  @Option(names = "--model", description = "The trained network.")
  private Path model = Path.of("target", "cifar10.zip");

  @Option(names = "--data", description = "Folder of CIFAR-10's six files.")
  private Path data;

  @Option(names = "--steps", description = "Time steps T of inference.")
  private int steps = 16;

  @Option(names = "--test", description = "Use only the first test images; default: all.")
  private Integer test;

  @Option(names = "--batch", description = "Images per minibatch.")
  private int batch = 100;

  @Option(
      names = "--lose",
      paramLabel = "POINTS",
      description =
          "Choose, on --held-out images, the policies with the fewest steps whose accuracy there is"
              + " at most so many percentage points below that of all steps, for instance 0.2, and"
              + " evaluate them on the test images.")
  private Double lose;

  @Option(
      names = "--held-out",
      paramLabel = "N",
      description =
          "For --lose: the last N training images, which the training must not have seen.")
  private int heldOut = 5000;

  @Option(
      names = "--to",
      description = "An image to write: accuracy against the steps of an answer; ends in .png.")
  private Path to;

  /** Records per file; tests use smaller files. */
  int records = CifarFiles.RECORDS;

  @Override
  public void checkOptions() {
    CifarFiles.in(data); // refuses none
    OptionRules.atLeast("--steps", steps, 1);
    OptionRules.atLeast("--batch", batch, 1);
    OptionRules.atLeast("--held-out", heldOut, 1);
    if (lose != null) {
      OptionRules.notNegative("--lose", lose);
    }
    if (to != null) {
      ImageFiles.requirePng("--to", to);
    }
  }

  @Override
  protected int run() {
    CifarFiles files = CifarFiles.in(data, records);
    ColourImages images = files.test();
    images = images.range(0, OptionRules.first("--test", test, images.size()));
    NeuralNetwork network = changed(SavedNetwork.load(model));
    if (!OutputOverTime.isOf(network)) {
      throw new UserError(
          "--model must name a network whose read-out follows spiking neurons, got " + model);
    }
    ExitCalibration answers = ExitCalibration.of(network, images.inOrder(batch));
    Output output = output();
    report(answers, output);
    if (lose != null) {
      ColourImages training = files.training();
      OptionRules.within("--held-out", heldOut, 1, training.size());
      ColourImages unseen = training.range(training.size() - heldOut, training.size());
      choose(network, ExitCalibration.of(network, unseen.inOrder(batch)), images, output);
    }
    // The share of spikes hardly differs between minibatches.
    DataSet first = images.inOrder(batch).next();
    report(SynapticOperations.count(network, first.getFeatures()), first.numExamples(), output);
    if (to != null) {
      ImageFiles.save(new EarlyAnswersPlot(answers, steps).draw(), to);
      output.print("Saved to %s", to.toAbsolutePath());
    }
    return 0;
  }

  private NeuralNetwork changed(NeuralNetwork trained) {
    return UserError.explained("", () -> AnyNetwork.withSteps(trained, steps));
  }

  private void report(ExitCalibration answers, Output output) {
    output.print("| steps | test accuracy | answers that no longer change |");
    output.print("| --- | --- | --- |");
    double stable = 1;
    for (int step = 1; step <= steps; step++) {
      double settled = answers.settled(step);
      double accuracy = answers.accuracy(EarlyAnswersPlot.after(step));
      output.print("| %d | %.2f %% | %.1f %% |", step, 100 * accuracy, 100 * settled);
      stable += step < steps ? 1 - settled : 0;
    }
    output.print("Steps until an answer is stable, on average: %.2f", stable);
    output.print("| an answer is sure at | test accuracy | steps on average |");
    output.print("| --- | --- | --- |");
    for (EarlyExit.Measure measure : EarlyExit.Measure.values()) {
      if (!answers.takes(measure)) {
        output.print("No %s: the outputs are no probabilities", measure);
        continue;
      }
      for (double limit : LIMITS.get(measure)) {
        EarlyExit exit = EarlyExit.of(measure, limit);
        output.print(
            "| %s | %.2f %% | %.2f |", exit, 100 * answers.accuracy(exit), answers.meanSteps(exit));
      }
    }
  }

  private void choose(
      NeuralNetwork network, ExitCalibration heldOut, ColourImages images, Output output) {
    output.print("Chosen on %,d held-out training images, to lose %s points:", this.heldOut, lose);
    output.print(
        "| an answer is sure at | test accuracy | steps on average | synaptic additions per image |");
    output.print("| --- | --- | --- | --- |");
    for (EarlyExit.Measure measure : EarlyExit.Measure.values()) {
      if (heldOut.takes(measure)) {
        EarlyExit exit = heldOut.choose(measure, lose);
        EarlyAnswers.Evaluated early =
            UserError.explained(
                "", () -> EarlyAnswers.evaluate(network, exit, images.inOrder(batch)));
        output.print(
            "| %s | %.2f %% | %.2f | %,.0f of %,.0f |",
            exit.equals(EarlyExit.never()) ? measure + ": never" : exit,
            100 * early.evaluation().accuracy(),
            early.meanSteps(),
            early.additions(),
            early.windowAdditions());
      }
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
