package org.dl4jsnn.examples.nir;

import java.io.IOException;
import java.nio.file.Path;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirFileException;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.NirGraph;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of commands that read a graph as a program's. */
final class NirDialectOptions {

  private enum ResetOption {
    ZERO,
    SUBTRACT
  }

  @Parameters(paramLabel = "FILE", description = "A NIR file.")
  Path file;

  @Option(
      names = "--dialect",
      required = true,
      description = "The program to follow: snntorch, norse, sinabs, spikingjelly or exact.")
  private String dialect;

  @Option(
      names = "--dt",
      paramLabel = "SECONDS",
      description = "Time step, instead of the program's.")
  private Double timeStep;

  @Option(
      names = "--reset",
      description =
          "Reset, instead of the program's: ${COMPLETION-CANDIDATES}. ZERO sets the membrane to "
              + "zero or v_reset, as the program does.")
  private ResetOption reset;

  @Option(
      names = "--late-reset",
      description = "snntorch: resets one step late, the default of its neurons.")
  private boolean lateReset;

  NirDialect dialect() {
    NirDialect named = UserError.explained("--", () -> NirDialect.named(dialect));
    OptionRules.positive("--dt", timeStep);
    NirDialect timed = timeStep == null ? named : named.withTimeStep(timeStep);
    NirDialect chosen = timed;
    if (reset != null) {
      chosen =
          reset == ResetOption.SUBTRACT ? timed.withResetBySubtraction() : timed.withResetToValue();
    }
    return lateReset ? UserError.explained("--late-reset: ", chosen::withLateReset) : chosen;
  }

  NirGraph graph() {
    return graph(file);
  }

  static NirGraph graph(Path file) {
    try {
      return NirFiles.read(OptionRules.existing(file));
    } catch (NirFileException e) {
      throw new UserError(e.getMessage(), e);
    } catch (IOException e) {
      throw new UserError("Cannot read " + file + ": " + e, e);
    }
  }
}
