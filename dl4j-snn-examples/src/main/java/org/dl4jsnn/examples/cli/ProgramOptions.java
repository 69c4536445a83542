package org.dl4jsnn.examples.cli;

import org.dl4jsnn.examples.support.Output.QuietOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command has. */
final class ProgramOptions {

  static final String TRACE = "--trace";

  @Mixin private QuietOption quiet;

  @Option(
      names = TRACE,
      scope = ScopeType.INHERIT,
      description = "Show the whole stack trace of an error.")
  private boolean trace;
}
