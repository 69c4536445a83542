package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.dl4jsnn.examples.support.ChildProcess;

/** The program snn as package leaves it, but with this test's class path for its jars. */
final class InstalledProgram {

  private static final long POLL_MILLIS = 100;

  /** The environment of a command that computes for moments in the second Java. */
  static final Map<String, String> SHORT = Map.of("SNN_OPTS", String.join(" ", ChildProcess.SHORT));

  private static final Path SCRIPT = Path.of("src", "main", "snn", "bin", "snn");

  private final Path script;
  private final Path folder;

  /** What a run ended with. */
  record Run(int exit, String output, String errors) {

    void assertPrinted(String part) {
      assertTrue(output.contains(part), output + errors);
    }

    void assertComplained(String part) {
      assertTrue(errors.contains(part), errors);
    }
  }

  private InstalledProgram(Path script, Path folder) {
    this.script = script;
    this.folder = folder;
  }

  /** The program in target, with its own jars, as package leaves it. */
  static InstalledProgram packaged(Path script, Path folder) {
    return new InstalledProgram(script, folder);
  }

  /** Installs it in a folder whose name has a blank, behind a symbolic link. */
  static InstalledProgram in(Path folder) throws IOException {
    Path home = folder.resolve("the program");
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    Path script = home.resolve("bin").resolve("snn");
    Files.writeString(
        script, Files.readString(SCRIPT).replace("@project.build.finalName@", "program"));
    if (!script.toFile().setExecutable(true)) {
      throw new IOException("Cannot make " + script + " executable");
    }
    writeJar(home.resolve("lib").resolve("program.jar"));
    Path link = Files.createSymbolicLink(folder.resolve("snn"), Path.of("the program/bin/snn"));
    return new InstalledProgram(link, folder);
  }

  private static void writeJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, Snn.class.getName());
    main.put(
        Attributes.Name.CLASS_PATH,
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" ")));
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
  }

  /** A run, not yet started, with its output in the files output.txt and errors.txt. */
  ProcessBuilder builder(Map<String, String> environment, String command, Object... values) {
    List<String> words = new ArrayList<>(List.of(CommandLineRun.words(command, values)));
    words.add(0, script.toString());
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JAVA_OPTS", "SNN_OPTS"));
    builder.environment().putAll(environment);
    builder.directory(folder.toFile());
    builder.redirectOutput(folder.resolve("output.txt").toFile());
    builder.redirectError(folder.resolve("errors.txt").toFile());
    return builder;
  }

  Run run(Map<String, String> environment, String command, Object... values)
      throws IOException, InterruptedException {
    return end(builder(environment, command, values).start());
  }

  /** Waits for a run's end. */
  Run end(Process process) throws IOException, InterruptedException {
    int exit = process.waitFor();
    return new Run(exit, read("output.txt"), read("errors.txt"));
  }

  /** What a run has printed once it prints a line; fails if it ends before. */
  String outputWith(String line, Process process) throws IOException, InterruptedException {
    while (read("output.txt").lines().noneMatch(line::equals)) {
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("It ended before '" + line + "': " + read("errors.txt"));
      }
    }
    return read("output.txt");
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
  }
}
