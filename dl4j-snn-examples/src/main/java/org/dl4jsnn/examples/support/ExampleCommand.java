package org.dl4jsnn.examples.support;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command, which prints as its options say, and has --help and --version. */
@Command(mixinStandardHelpOptions = true)
public abstract class ExampleCommand implements Callable<Integer> {

  @Spec protected CommandSpec spec;

  /**
   * Checks everything that needs no network or array, before Deeplearning4j is loaded; throws
   * UserErrors. The command repeats the check, so it can also be started without the program.
   */
  public void checkOptions() {}

  protected final Output output() {
    return Output.of(spec);
  }
}
