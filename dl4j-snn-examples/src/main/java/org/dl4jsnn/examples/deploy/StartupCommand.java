package org.dl4jsnn.examples.deploy;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.Median;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.RunsAtOnce;
import org.dl4jsnn.examples.support.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Times programs that load a model, answer once and exit. */
@Command(
    name = "startup",
    description = "The median time from the start of a program to its first answer.",
    footer = {"%nExample:", "  ${COMMAND-FULL-NAME} digits.snn --runtime runtime.jar"},
    showDefaultValues = true)
final class StartupCommand extends ExampleCommand implements RunsAtOnce {

  private static final double NANOSECONDS = 1e6;

  @Parameters(paramLabel = "MODEL.snn", description = "A model file.")
  private Path model;

  @Option(
      names = "--runtime",
      required = true,
      paramLabel = "JAR",
      description = "dl4j-snn-engine-VERSION.jar, which \"mvn package\" makes.")
  private Path runtime;

  @Option(names = "--starts", description = "Starts with each kind of kernels.")
  private int starts = 10;

  @Option(
      names = "--java",
      paramLabel = "HOME",
      description = "Home of the Java to run; default: the current Java.")
  private Path home = Path.of(System.getProperty("java.home"));

  @Override
  public Integer call() throws IOException {
    OptionRules.atLeast("--starts", starts, 1);
    OptionRules.existing(model);
    OptionRules.existing(runtime);
    Output out = output();
    out.print("| kernels | from `main`, ms | of it loading the file | whole process, ms |");
    out.print("| --- | --- | --- | --- |");
    row(out, "plain", List.of());
    row(out, "vector", List.of("--add-modules", "jdk.incubator.vector"));
    return 0;
  }

  private void row(Output out, String kernels, List<String> options) throws IOException {
    List<Double> loading = new ArrayList<>();
    List<Double> answer = new ArrayList<>();
    List<Double> process = new ArrayList<>();
    for (int i = 0; i < starts; i++) {
      long start = System.nanoTime();
      String[] times = run(options).split(" ");
      process.add((System.nanoTime() - start) / NANOSECONDS);
      loading.add(Double.parseDouble(times[0]));
      answer.add(Double.parseDouble(times[1]));
    }
    out.print(
        "| %s | %.0f | %.0f | %.0f |",
        kernels, Median.of(answer), Median.of(loading), Median.of(process));
  }

  /** The last line that the program prints; warnings of Java come before it. */
  private String run(List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp",
            runtime + File.pathSeparator + place(FirstAnswer.class),
            FirstAnswer.class.getName(),
            model.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new UserError(String.join(" ", command) + " failed: " + text);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new UserError("Interrupted while a program was timed", e);
    }
    return text.substring(text.lastIndexOf('\n') + 1);
  }

  private static String place(Class<?> type) {
    try {
      // Its path would have a blank as %20.
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
