package org.dl4jsnn.examples.support;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** For the program, and with it for all of its commands. */
public final class QuietOption {

  static final String NAME = "--quiet";

  @Option(
      names = NAME,
      scope = ScopeType.INHERIT,
      description = "Print results, warnings and errors only: no progress.")
  private boolean quiet;
}
