package org.dl4jsnn.examples.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.dl4jsnn.examples.support.ChildProcess;
import org.dl4jsnn.examples.support.JsonLines;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Threads;
import org.dl4jsnn.examples.ui.StatsFile;
import org.dl4jsnn.examples.ui.TrainingUi;
import org.dl4jsnn.examples.ui.UiOptions;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the same LeNet5 with every gradient rule, and compares the gradients. */
@Command(
    name = "gradients",
    description =
        "The same LeNet5 with three gradient rules: accuracy, time, memory, and how similar the "
            + "gradients are.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class GradientsExample implements Callable<Integer> {

  @Option(
      names = "--steps",
      split = ",",
      description = "Time steps T; each is trained with every rule.")
  private List<Integer> steps = List.of(10, 25, 50, 100);

  @Option(names = "--rules", split = ",", description = "${COMPLETION-CANDIDATES}")
  private List<GradientRule> rules = List.of(GradientRule.values());

  @Option(names = "--to", description = "Folder for the figures (JSON lines) and the plots.")
  private Path folder = Path.of("target", "gradients");

  @Option(
      names = "--from",
      description = "Figures of an earlier run: draw its tables and plots without training.")
  private Path from;

  @Mixin private GradientsSettings settings;
  @Mixin private UiOptions watched;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    steps.forEach(value -> OptionRules.atLeast("--steps", value, 1));
    settings.check();
    watched.check();
    Files.createDirectories(folder);
    if (from == null && watched.ui) {
      announceUi();
    }
    List<Map<?, ?>> lines = from == null ? train() : JsonLines.read(from);
    print("%n%s", GradientTables.accuracies(lines));
    print("%s", GradientTables.costs(lines));
    if (from == null) {
      Threads.run(settings.threads, this::compareGradients);
    }
    GradientPlots.save(lines, folder);
    print("Figures and plots are in %s", folder.toAbsolutePath());
    if (watched.ui) {
      try (TrainingUi ui = TrainingUi.open(watched, Output.of(spec))) {
        ui.stay();
      }
    }
    return 0;
  }

  /** Every training shows its own statistics, one after the other; a file keeps all of them. */
  private void announceUi() {
    OptionRules.atLeast("--ui-port", watched.address.port, 1);
    if (watched.stats == null) {
      watched.stats = folder.resolve("gradients.stats");
      StatsFile.check(watched.stats);
    }
    print(
        "UI: port %d while a training runs. Times and memory include its cost",
        watched.address.port);
  }

  private List<Map<?, ?>> train() throws IOException, InterruptedException {
    Path figures = folder.resolve("gradients.jsonl");
    List<Map<?, ?>> lines = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int t : steps) {
      for (GradientRule rule : rules) {
        String text = train(rule, t);
        print("%s", text);
        texts.add(text);
        lines.add(new ObjectMapper().readValue(text, Map.class));
        Files.write(figures, texts);
      }
    }
    return lines;
  }

  /** In a separate process, so its memory is that of this rule and T only. */
  private String train(GradientRule rule, int t) throws IOException, InterruptedException {
    List<String> arguments = ChildProcess.sibling(spec, "gradients-run");
    arguments.addAll(List.of("--rule=" + rule.name(), "--t=" + t));
    arguments.addAll(settings.options());
    arguments.addAll(watched.options());
    return ChildProcess.lastLine(spec.root().userObject().getClass(), arguments);
  }

  private int compareGradients() {
    for (int t : steps) {
      GradientCosines cosines = new GradientCosines(settings, t);
      print("%s", GradientTables.cosines(t, "before training", cosines.measure()));
      cosines.trainAnEpoch();
      print("%s", GradientTables.cosines(t, "after an epoch under asf", cosines.measure()));
    }
    return 0;
  }

  private void print(String format, Object... values) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
