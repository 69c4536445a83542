package org.dl4jsnn.examples.support;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command, which prints as its options say. */
public abstract class ExampleCommand implements Callable<Integer> {

  @Spec protected CommandSpec spec;

  protected final Output output() {
    return Output.of(spec);
  }
}
