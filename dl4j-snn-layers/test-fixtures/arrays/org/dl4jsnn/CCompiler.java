package org.dl4jsnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A C compiler, if there is one. */
public record CCompiler(List<String> command) {

  private static final List<String> STRICT =
      List.of("-std=c99", "-pedantic", "-Wall", "-Wextra", "-Wconversion", "-Werror");

  /** With sanitizers. A test without a compiler ends, and says so. */
  public static CCompiler ofThisMachine() {
    return of("cc", "-O1", "-g", "-fsanitize=undefined,address", "-fno-sanitize-recover=all");
  }

  /** A compiler with options. */
  public static CCompiler of(String name, String... options) {
    assumeThere(name);
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(STRICT);
    command.addAll(Arrays.asList(options));
    return new CCompiler(command);
  }

  /** Ends a test for lack of a program, in a line that Maven prints. */
  public static void assumeThere(String name) {
    boolean isThere = isThere(name);
    if (!isThere) {
      System.out.println("left out: a test of C programs, since there is no " + name);
    }
    assumeTrue(isThere, "there is no " + name);
  }

  private static boolean isThere(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  /** Compiles and links. */
  public Path program(Path target, List<Path> files) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("-o", target.toString(), "-I", target.getParent().toString()));
    files.forEach(file -> all.add(file.toString()));
    run("", all.toArray(new String[0]));
    return target;
  }

  /** Runs a program and returns the lines that it prints; it must end with 0. */
  public static List<String> run(String input, String... command)
      throws IOException, InterruptedException {
    Path given = Files.createTempFile("given", ".txt");
    Path out = Files.createTempFile("printed", ".txt");
    Files.writeString(given, input, StandardCharsets.UTF_8);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(given.toFile())
            .redirectOutput(out.toFile())
            .start();
    int code = process.waitFor();
    List<String> lines = Files.readAllLines(out);
    Files.delete(given);
    Files.delete(out);
    assertEquals(0, code, () -> String.join("\n", lines.subList(0, Math.min(20, lines.size()))));
    return lines;
  }
}
