package org.dl4jsnn.examples.plots;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.ImageFiles;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Output.JsonOption;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.examples.support.SureOptions;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.monitor.EarlyAnswers;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.RecordedTrains;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a trained network what an image or a recording shows. */
@Command(
    name = "predict",
    description = "Ask a trained network what an image or a recording shows.",
    showDefaultValues = true)
public final class PredictExample extends ExampleCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "An image or a recording of a digit, or of what --model was trained for; recognised by"
              + " content.")
  private Path file;

  @Option(
      names = "--model",
      description =
          "The trained network; default: the library's LeNet5 for images of digits, the examples'"
              + " network for recordings in N-MNIST's format.")
  private Path model;

  @Option(
      names = "--network",
      description =
          "A network that comes along, instead of --model: ${COMPLETION-CANDIDATES}. lenet5 knows"
              + " digits, the others photographs of the ten kinds of object of CIFAR-10.")
  private PretrainedNetworks pretrained;

  @Mixin private RasterInput input;

  @Option(
      names = "--to",
      description = "An image to write: the spikes of all layers and how the answer builds up.")
  private Path to;

  @Mixin private SureOptions sure = new SureOptions();

  @Mixin private JsonOption json;

  @Override
  public void checkOptions() {
    if (to != null) {
      ImageFiles.requirePng("--to", to);
    }
    sure.check();
    OptionRules.apart("--to", to, sure.isGiven(), "with --until-sure; it draws every step");
    if (file != null) {
      input.add(file);
      file = null;
    }
    input.orFirstDigit();
    input.check();
    if (to != null) {
      input.requireKept("--to", to);
    }
    if (model != null) {
      OptionRules.model(model);
    }
    if (pretrained != null && model != null) {
      throw new UserError(
          "--network must not be given together with --model, got " + pretrained + " and " + model);
    }
    if (pretrained == PretrainedNetworks.LENET5 && input.recording != null) {
      throw new UserError("--network lenet5 must be asked about a digit, got " + input);
    }
    if (pretrained != null && pretrained != PretrainedNetworks.LENET5 && !input.isImage()) {
      throw new UserError(
          "--network " + pretrained + " must be asked about an image, got " + input);
    }
  }

  @Override
  public Integer call() {
    checkOptions();
    NeuralNetwork network = input.network(model == null ? trained() : SavedNetwork.load(model));
    INDArray features = input.features(network);
    if (sure.isGiven()) {
      report(network, input.seenBy(() -> EarlyAnswers.of(network, sure.exit(), features)));
      return 0;
    }
    RecordedTrains trains = input.seenBy(() -> RecordedTrains.of(network, features));
    OutputOverTime outputs = OutputOverTime.of(network, trains);
    Output output = output();
    int steps = outputs.steps();
    int answer = outputs.classes(steps)[0];
    Optional<String> name = RasterInput.nameOf(answer, network);
    double value = value(outputs.after(steps), answer);
    output.print(
        "%s: class %d%s (output %.2f), the answer from step %d of %d on",
        input, answer, name.map(n -> ", " + n).orElse(""), value, outputs.settled()[0], steps);
    Map<String, Object> figures =
        figures(answer, name, value, "settled_step", outputs.settled()[0]);
    figures.put("steps", steps);
    output.json(figures);
    if (to != null) {
      ImageFiles.save(new AnswerImage(input.toString(), name, trains, outputs).draw(), to);
      output.print("Saved to %s", to.toAbsolutePath());
    }
    return 0;
  }

  private void report(NeuralNetwork network, EarlyAnswers answers) {
    int answer = answers.classes()[0];
    Optional<String> name = RasterInput.nameOf(answer, network);
    double value = value(answers.outputs(), answer);
    int steps = answers.steps()[0];
    output()
        .print(
            "%s: class %d%s (output %.2f) after %d steps",
            input, answer, name.map(n -> ", " + n).orElse(""), value, steps);
    output().json(figures(answer, name, value, "answered_step", steps));
  }

  /** The output of a class; a single one stands for both. */
  private static double value(INDArray outputs, int answer) {
    return outputs.getDouble(0, outputs.columns() == 1 ? 0 : answer);
  }

  private Map<String, Object> figures(
      int answer, Optional<String> name, double value, String step, int steps) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("input", input.toString());
    figures.put("class", answer);
    name.ifPresent(n -> figures.put("name", n));
    figures.put("output", value);
    figures.put(step, steps);
    return figures;
  }

  private NeuralNetwork trained() {
    if (pretrained == null && input.recording != null) {
      return PretrainedNetworks.ofRecordedDigits();
    }
    return (pretrained == null ? PretrainedNetworks.LENET5 : pretrained).network();
  }
}
