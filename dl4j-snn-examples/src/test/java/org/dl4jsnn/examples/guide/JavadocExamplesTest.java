package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The examples of the Javadoc, blocks of code that are {@code pre}, compile ({@link
 * CompiledExamples}), and the classes that users begin with have one.
 */
class JavadocExamplesTest {

  private static final List<Path> MODULES =
      List.of(
          Path.of("../dl4j-snn-layers/engine"),
          Path.of("../dl4j-snn-layers/layers"),
          Path.of("../dl4j-snn-layers/events"),
          Path.of("../dl4j-snn-layers/nir"),
          Path.of("../dl4j-snn-layers/tools"),
          Path.of("../dl4j-asf-bp"),
          Path.of("."));

  private static final List<String> PAGES =
      List.of("cheat-sheet.md", "start.md", "train.md", "deploy.md");

  private static final Pattern BEGIN = Pattern.compile("<pre>\\s*\\{@code");

  private static final Pattern EXAMPLE =
      Pattern.compile(
          "^ *\\* *<pre>\\{@code\\R(.*?)^ *\\* *}</pre>", Pattern.MULTILINE | Pattern.DOTALL);

  /** The comment of a file's type, if that is public. */
  private static final Pattern COMMENT_OF_PUBLIC =
      Pattern.compile(
          "^/\\*\\*.*?\\*/$(?=\\R(@.*\\R)*public )", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern PACKAGE =
      Pattern.compile("^package (org\\.dl4jsnn\\.(?!internal|examples).*);$", Pattern.MULTILINE);

  private static final Pattern NAME = Pattern.compile("\\b[A-Z]\\w+");

  /** The texts of the sources by file. */
  private static final SortedMap<Path, String> SOURCES = new TreeMap<>();

  @BeforeAll
  static void readSources() throws IOException {
    for (Path module : MODULES) {
      try (Stream<Path> all = Files.walk(module.resolve("src/main/java"))) {
        for (Path file : all.filter(path -> path.toString().endsWith(".java")).toList()) {
          SOURCES.put(file, Files.readString(file));
        }
      }
    }
  }

  private static Optional<String> publicPackage(String source) {
    Matcher name = PACKAGE.matcher(source);
    return name.find() ? Optional.of(name.group(1)) : Optional.empty();
  }

  private static List<CompiledExamples.Example> examples(Path file, String text) {
    List<CompiledExamples.Example> examples = new ArrayList<>();
    Matcher block = EXAMPLE.matcher(text);
    while (block.find()) {
      int line = (int) text.substring(0, block.start(1)).lines().count();
      examples.add(
          new CompiledExamples.Example(file, line, block.group(1).replaceAll("(?m)^ *\\* ?", "")));
    }
    return examples;
  }

  @Test
  void shouldCompile() throws IOException {
    Set<String> packages = new TreeSet<>();
    List<CompiledExamples.Example> examples = new ArrayList<>();
    long begun = 0;
    for (Map.Entry<Path, String> source : SOURCES.entrySet()) {
      publicPackage(source.getValue()).ifPresent(packages::add);
      examples.addAll(examples(source.getKey(), source.getValue()));
      begun += BEGIN.matcher(source.getValue()).results().count();
    }
    assertEquals(List.of(), new CompiledExamples(packages, examples).errors());
    assertEquals(begun, examples.size());
    assertTrue(begun > 90, begun + " examples");
  }

  @Test
  void shouldBeThereForEveryClassThatUsersBeginWith() throws IOException {
    Set<String> named = new TreeSet<>();
    for (String page : PAGES) {
      NAME.matcher(Files.readString(Path.of("../docs", page)).replaceAll("(?m)^#.*", ""))
          .results()
          .forEach(name -> named.add(name.group()));
    }
    Set<String> with = new TreeSet<>();
    Set<String> without = new TreeSet<>();
    SOURCES.forEach(
        (file, text) -> {
          String name = file.getFileName().toString().replace(".java", "");
          Matcher comment = COMMENT_OF_PUBLIC.matcher(text);
          if (named.contains(name) && publicPackage(text).isPresent() && comment.find()) {
            boolean has = EXAMPLE.matcher(comment.group()).find();
            (has ? with : without).add(name);
          }
        });
    assertEquals(Set.of(), without);
    assertTrue(with.size() > 50, with.size() + " classes");
  }
}
