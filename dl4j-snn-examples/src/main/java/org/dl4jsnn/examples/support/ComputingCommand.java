package org.dl4jsnn.examples.support;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A command that computes with a number of threads; its help shows the defaults of options. */
@Command(showDefaultValues = true)
public abstract class ComputingCommand extends ExampleCommand {

  @Option(names = "--threads", description = "Threads.")
  protected int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws InterruptedException {
    checkOptions();
    return Threads.run(threads, this::run);
  }

  /** Computes, after the check of the options; returns the exit code. */
  protected abstract int run() throws Exception;
}
