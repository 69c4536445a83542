package org.dl4jsnn.examples.notebook;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.RunsAtOnce;
import org.dl4jsnn.examples.support.UserError;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializationFeature;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Registers the notebooks' Java kernel with Jupyter. */
@Command(
    name = "notebooks",
    description = "Write the specification of the notebooks' Java kernel for Jupyter.")
public final class NotebooksExample extends ExampleCommand implements RunsAtOnce {

  @Option(
      names = "--kernels",
      description = "Jupyter's folder of kernels; default: this user's own.")
  private Path kernels;

  @Override
  public Integer call() {
    Path folder = kernels == null ? ownKernels(System.getProperty("os.name")) : kernels;
    try {
      Path file = JupyterKernelSpec.ofThisProgram().writeTo(folder.toAbsolutePath());
      output()
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

  /**
   * How to start the notebooks' kernel: rapaio-jupyter-kernel in a separate Java with the class
   * path of this program.
   *
   * @param java the Java program
   * @param kernel the kernel's jar
   * @param start the source file that starts it
   * @param classPath the notebooks' class path, separated as in {@code java.class.path}
   */
  record JupyterKernelSpec(Path java, Path kernel, Path start, String classPath) {

    /** The kernel's name in notebooks. */
    public static final String NAME = "dl4j-snn";

    private static final String CONNECTION_FILE = "{connection_file}";

    /** The kernel next to the classes of this module, where Maven puts it. */
    public static JupyterKernelSpec ofThisProgram() {
      Path kernel;
      try {
        Path classes =
            Path.of(
                JupyterKernelSpec.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        kernel = classes.resolveSibling(Path.of("notebook-kernel", "rapaio-jupyter-kernel.jar"));
      } catch (URISyntaxException e) {
        throw new IllegalStateException("Cannot tell where this program is", e);
      }
      if (!Files.exists(kernel)) {
        throw new IllegalStateException(
            "kernel must be at " + kernel + ", got none. Possible cause: not started with Maven");
      }
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      return new JupyterKernelSpec(
          java,
          kernel,
          kernel.resolveSibling("KernelStart.java"),
          System.getProperty("java.class.path"));
    }

    /** The command that starts a kernel at the ports of a connection file. */
    public List<String> command(String connectionFile) {
      return List.of(
          java.toString(),
          "-Xmx2g",
          "-Djava.awt.headless=true",
          "--add-modules",
          "jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "--class-path",
          kernel.toString(),
          start.toString(),
          connectionFile);
    }

    /** The environment of a kernel, in addition to that of the program that starts it. */
    public Map<String, String> environment() {
      Map<String, String> variables = new LinkedHashMap<>();
      // The kernel uses semicolons as separators on every system.
      variables.put("RJK_CLASSPATH", classPath.replace(File.pathSeparatorChar, ';'));
      variables.put("RJK_TIMEOUT_MILLIS", "-1");
      variables.put("GOMP_SPINCOUNT", "3000");
      variables.put("OPENBLAS_THREAD_TIMEOUT", "4");
      return variables;
    }

    /** Writes the specification into Jupyter's folder of kernels; returns the file. */
    public Path writeTo(Path kernels) {
      Map<String, Object> specification = new LinkedHashMap<>();
      specification.put("argv", command(CONNECTION_FILE));
      specification.put("display_name", "Java (" + NAME + ")");
      specification.put("language", "java");
      specification.put("interrupt_mode", "message");
      specification.put("env", environment());
      Path file = kernels.resolve(NAME).resolve("kernel.json");
      try {
        Files.createDirectories(file.getParent());
        new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .writeValue(file.toFile(), specification);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return file;
    }
  }
}
