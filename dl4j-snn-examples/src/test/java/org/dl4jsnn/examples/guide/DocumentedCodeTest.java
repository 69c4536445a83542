package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Documents show only compiled code: every block of Java stands below {@code <!-- code: FILE#NAME
 * -->} and equals the lines of FILE between {@code // begin NAME} and {@code // end NAME}. Below
 * {@code <!-- code: FILE#NAME with imports -->} it begins with the imports of what the lines name.
 * Where these would repeat themselves, the block below {@code <!-- code: imports -->} has those of
 * all other blocks of the page, once. FILE is in the guide's package, or in the Spark example's,
 * which only the profile {@code spark} compiles.
 */
class DocumentedCodeTest {

  private static final Path DOCUMENTS = Path.of("../docs");
  private static final List<Path> SOURCES =
      List.of(
          Path.of("src/main/java/org/dl4jsnn/examples/guide"),
          Path.of("src/test/java/org/dl4jsnn/examples/guide"),
          Path.of("src/spark/java/org/dl4jsnn/examples/spark"));
  // Within an item of a list, mark and block are indented.
  private static final Pattern BLOCK =
      Pattern.compile(
          "^( *)<!-- code: (\\S+)( with imports)? -->\\R\\1```java\\R(.*?\\R)\\1```$",
          Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern JAVA = Pattern.compile("```java");
  private static final Pattern MARK = Pattern.compile("<!-- code: ");
  private static final Pattern PART =
      Pattern.compile(
          "^[ ]*// begin (\\w+)\\R(.*?)^[ ]*// end \\1$", Pattern.DOTALL | Pattern.MULTILINE);

  private static final Pattern IMPORT = Pattern.compile("^import .*?(\\w+);\\R", Pattern.MULTILINE);

  /** The name of the block with the imports of a page. */
  private static final String IMPORTS = "imports";

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path folder : SOURCES) {
      sources.addAll(files(folder, ".java"));
    }
    return sources;
  }

  /** All parts of the sources by FILE#NAME, as documents show them. */
  private static Map<String, String> parts() throws IOException {
    Map<String, String> parts = new TreeMap<>();
    for (Path file : sources()) {
      Matcher part = PART.matcher(Files.readString(file));
      while (part.find()) {
        // The last line break would count as a line without indent.
        String lines = part.group(2).stripTrailing().stripIndent() + "\n";
        parts.put(file.getFileName() + "#" + part.group(1), lines);
      }
    }
    return parts;
  }

  /** The documents, README.md at the top among them. */
  private static List<Path> documents() throws IOException {
    return Stream.concat(
            // The site's packages have documents, too.
            files(DOCUMENTS, ".md").stream().filter(file -> !file.toString().contains(".site")),
            Stream.of(Path.of("../README.md")))
        .toList();
  }

  /** The imports of what a part of a source names outside its comments. */
  private static List<String> imports(String name, String code) throws IOException {
    String file = name.substring(0, name.indexOf('#'));
    Path source = sources().stream().filter(path -> path.endsWith(file)).findFirst().orElseThrow();
    String said = code.replaceAll("//.*", "");
    return IMPORT
        .matcher(Files.readString(source))
        .results()
        .filter(line -> Pattern.compile("\\b" + line.group(1) + "\\b").matcher(said).find())
        .map(MatchResult::group)
        .toList();
  }

  /** The imports of blocks that do not begin with their own. */
  private static String imports(List<MatchResult> blocks, Map<String, String> parts)
      throws IOException {
    Set<String> all = new TreeSet<>();
    for (MatchResult block : blocks) {
      String name = block.group(2);
      if (block.group(3) == null && !name.equals(IMPORTS)) {
        all.addAll(imports(name, parts.get(name)));
      }
    }
    return String.join("", all);
  }

  @Test
  void shouldShowCompiledCodeWordForWord() throws IOException {
    Map<String, String> parts = parts();
    TreeSet<String> shown = new TreeSet<>();
    for (Path document : documents()) {
      String text = Files.readString(document);
      List<MatchResult> blocks = BLOCK.matcher(text).results().toList();
      Set<String> names = new TreeSet<>(blocks.stream().map(block -> block.group(2)).toList());
      boolean hasImports = names.remove(IMPORTS);
      for (String name : names) {
        assertTrue(parts.containsKey(name), document + " shows " + name + ", which is not there");
      }
      String imports = imports(blocks, parts);
      assertTrue(hasImports || imports.isEmpty(), document + " lacks " + imports);
      for (MatchResult block : blocks) {
        String name = block.group(2);
        String code = name.equals(IMPORTS) ? imports : parts.get(name);
        String whole =
            block.group(3) == null ? code : String.join("", imports(name, code)) + "\n" + code;
        String shownCode = block.group(4).indent(-block.group(1).length());
        assertEquals(whole, shownCode, document + " shows another " + name);
      }
      shown.addAll(names);
      assertEquals(
          MARK.matcher(text).results().count(),
          blocks.size(),
          document + " has a mark without code");
    }
    assertEquals(parts.keySet(), shown, "parts of the guide's code that no document shows");
  }

  @Test
  void shouldShowEveryImportOfAPageOnce() throws IOException {
    Pattern line = Pattern.compile("^ *import .*;$", Pattern.MULTILINE);
    for (Path document : documents()) {
      Set<String> shown = new TreeSet<>();
      line.matcher(Files.readString(document))
          .results()
          .map(MatchResult::group)
          .forEach(text -> assertTrue(shown.add(text.strip()), document + " repeats " + text));
    }
  }

  @Test
  void shouldShowNothingButCompiledCode() throws IOException {
    long all = 0;
    for (Path document : documents()) {
      String text = Files.readString(document);
      long blocks = JAVA.matcher(text).results().count();
      long marks = MARK.matcher(text).results().count();
      assertEquals(marks, blocks, document + " has a block of Java without a mark");
      all += blocks;
    }
    assertTrue(all > 70, all + " blocks of Java");
  }

  @Test
  void shouldLinkToWhatIsThere() throws IOException {
    Pattern link = Pattern.compile("\\]\\(([^)#:]*)(#[^)]*)?\\)");
    for (Path document : documents()) {
      Matcher target = link.matcher(Files.readString(document));
      while (target.find()) {
        Path file = target.group(1).isEmpty() ? document : document.resolveSibling(target.group(1));
        assertTrue(Files.exists(file), document + " links to " + file + ", which is not there");
        if (target.group(2) != null && file.toString().endsWith(".md")) {
          assertTrue(
              anchors(file).contains(target.group(2)),
              document + " links to " + file + target.group(2) + ", which is not there");
        }
      }
    }
  }

  /** What headings are linked by: lower case, hyphens for spaces, without other signs. */
  private static Set<String> anchors(Path document) throws IOException {
    return Files.readAllLines(document).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> "#" + line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
