package org.dl4jsnn.examples.support;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** For the program and all its commands. */
public final class QuietOption {

  static final String NAME = "--quiet";

  @Option(
      names = NAME,
      scope = ScopeType.INHERIT,
      description = "Print only results, warnings and errors, without progress.")
  private boolean quiet;
}
