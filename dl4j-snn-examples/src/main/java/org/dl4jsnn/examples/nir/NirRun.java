package org.dl4jsnn.examples.nir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.nir.NirSimulation;
import org.dl4jsnn.nir.NumpyArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a graph like a program. */
@Command(
    name = "run",
    description = "Run a graph on an input, as a program does.",
    footer = {
      "%nExample:",
      "  ${COMMAND-FULL-NAME} network.nir --dialect snntorch --input in.npy --to out.npy"
    },
    mixinStandardHelpOptions = true)
final class NirRun extends ExampleCommand {

  @Mixin private NirDialectOptions options;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "IN.npy",
      description = "A NumPy array: the input, [T, ...input shape].")
  private Path input;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "OUT.npy",
      description = "Where to write the output, [T, ...output shape].")
  private Path output;

  @Override
  public Integer call() {
    OptionRules.target("--to", output, input);
    OptionRules.target("--to", output, options.file());
    NirSimulation simulation = simulation();
    NumpyArray given = given(simulation.inputShape());
    float[] answer = UserError.explained(input + ": ", () -> simulation.run(given.values()));
    int[] shape = inTime(given.shape()[0], simulation.outputShape());
    try {
      NumpyArray.of(shape, answer).write(output);
    } catch (IOException e) {
      throw new UserError("Cannot write " + output + ": " + e, e);
    }
    double sum = IntStream.range(0, answer.length).mapToDouble(i -> answer[i]).sum();
    Output out = output();
    out.print("Dialect  %s", options.dialect());
    out.print("Output   %s, sum %s", Arrays.toString(shape), sum);
    return 0;
  }

  private NirSimulation simulation() {
    return UserError.explained(
        options.file() + ": ", () -> NirSimulation.of(options.graph(), options.dialect()));
  }

  private NumpyArray given(int[] shape) {
    OptionRules.existing(input);
    NumpyArray array =
        UserError.explained("Cannot read " + input + ": ", () -> NumpyArray.read(input));
    int[] given = array.shape();
    int steps = given.length > 0 ? given[0] : 0;
    if (given.length > 0 && steps == 0) {
      throw UserError.of(
          "%s must have at least one step, T on its first axis, got %s. Possible cause: an empty"
              + " recording",
          input, Arrays.toString(given));
    }
    if (given.length == 0 || !Arrays.equals(given, inTime(steps, shape))) {
      throw UserError.of(
          "%s must be of shape [T, %s, got %s. Possible cause: a minibatch, or axes in another"
              + " order",
          input, Arrays.toString(shape).substring(1), Arrays.toString(given));
    }
    return array;
  }

  private static int[] inTime(int steps, int[] shape) {
    return IntStream.concat(IntStream.of(steps), Arrays.stream(shape)).toArray();
  }
}
