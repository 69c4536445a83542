package org.dl4jsnn.examples.support;

import picocli.CommandLine.Option;

/** For commands with machine-readable results. */
public final class JsonOption {

  static final String NAME = "--json";

  @Option(
      names = NAME,
      description = "Print the result as one JSON object on one line, and nothing else.")
  private boolean json;
}
