package org.dl4jsnn.examples.plots;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.ImageFiles;
import org.dl4jsnn.examples.support.RunsAtOnce;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.internal.io.RegularFiles;
import org.dl4jsnn.plot.EpochTable;
import org.dl4jsnn.plot.Plots;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plots accuracy and loss of trainings against epochs, from the logs next to their models. */
@Command(
    name = "training-plot",
    description = "Plot accuracy and loss of trainings from their logs.")
public final class TrainingPlot extends ExampleCommand implements RunsAtOnce {

  @Option(
      names = "--log",
      required = true,
      paramLabel = "NAME=FILE",
      description = "A training's name and log; may be given several times.")
  private Map<String, Path> logs = new LinkedHashMap<>();

  @Option(names = "--to", required = true, description = "The image to write; must end in .png.")
  private Path to;

  @Override
  public Integer call() throws IOException {
    ImageFiles.requirePng("--to", to);
    try {
      Map<String, EpochTable> read = new LinkedHashMap<>();
      for (Map.Entry<String, Path> log : logs.entrySet()) {
        read.put(log.getKey(), read(log.getValue()));
      }
      ImageFiles.save(Plots.learningCurves(read), to);
      output().print("Saved to %s", to.toAbsolutePath());
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
    return 0;
  }

  private static EpochTable read(Path log) throws IOException {
    String why = RegularFiles.whyNot(log);
    if (why != null) {
      throw new UserError("Cannot find a log at " + log.toAbsolutePath() + ": " + why);
    }
    return EpochTable.read(log.toAbsolutePath());
  }
}
