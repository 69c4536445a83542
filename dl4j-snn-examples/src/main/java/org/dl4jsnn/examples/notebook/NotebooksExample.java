package org.dl4jsnn.examples.notebook;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.RunsAtOnce;
import org.dl4jsnn.examples.support.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Registers the notebooks' Java kernel with Jupyter. */
@Command(
    name = "notebooks",
    description = "Write the specification of the notebooks' Java kernel for Jupyter.",
    mixinStandardHelpOptions = true)
public final class NotebooksExample implements Callable<Integer>, RunsAtOnce {

  @Option(
      names = "--kernels",
      description = "Jupyter's folder of kernels; default: this user's own.")
  private Path kernels;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Path folder = kernels == null ? ownKernels(System.getProperty("os.name")) : kernels;
    try {
      Path file = JupyterKernelSpec.ofThisProgram().writeTo(folder.toAbsolutePath());
      Output.of(spec)
          .print(
              "Kernel %s: %s%nNotebooks: dl4j-snn-examples/notebooks",
              JupyterKernelSpec.NAME, file);
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new UserError("Cannot write a kernel to " + folder + ": " + e.getMessage(), e);
    }
    return 0;
  }

  /** Where Jupyter looks for a user's kernels. */
  static Path ownKernels(String system) {
    return ownData(system, System.getenv(), Path.of(System.getProperty("user.home")))
        .resolve("kernels");
  }

  static Path ownData(String system, Map<String, String> environment, Path home) {
    if (environment.containsKey("JUPYTER_DATA_DIR")) {
      return Path.of(environment.get("JUPYTER_DATA_DIR"));
    }
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return home.resolve(Path.of("Library", "Jupyter"));
    }
    if (name.startsWith("windows")) {
      return Path.of(environment.getOrDefault("APPDATA", home.toString())).resolve("jupyter");
    }
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    return (data.isEmpty() ? home.resolve(Path.of(".local", "share")) : Path.of(data))
        .resolve("jupyter");
  }
}
