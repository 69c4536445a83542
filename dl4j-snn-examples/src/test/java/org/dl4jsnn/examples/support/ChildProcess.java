package org.dl4jsnn.examples.support;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.kernel.Kernels;

/** Runs an example in a separate Java with the options of this one. */
public final class ChildProcess {

  /**
   * Options of a Java that computes for moments only: compiling all that C2 compiles would take
   * longer, and vectors are slow without it.
   */
  public static final List<String> SHORT =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-D" + Kernels.PROPERTY + "=plain");

  private ChildProcess() {}

  /** The process, not yet started. */
  public static ProcessBuilder of(Class<?> program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    command.add(program.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }
}
